namespace Coordination.Storage.Verification.Checks;

/// <summary>The database's own view of permits inside holds, which goes by its tables, says the same as the journal.</summary>
internal sealed class ViewCheck(Findings findings)
{
    private const string Sql = "select permit_seq, hold_id, account from permit_inside_hold order by permit_seq limit $1";

    public async Task LookAsync(Snapshot snapshot, PermitCheck permits, CancellationToken cancellationToken)
    {
        var rows = await snapshot.TryListAsync(
            Sql, r => (Permit: r.GetInt64(0), Hold: r.GetString(1), Account: r.GetString(2)), cancellationToken, PermitCheck.Remembered);
        if (rows is null)
        {
            findings.Note("The database could not work its view permit_inside_hold out, or not in time; it was not compared.");
            return;
        }

        findings.Looked(rows.Count);
        foreach (var row in rows.Where(r => !permits.Inside.Contains((r.Permit, r.Hold))))
        {
            findings.Differs(AccountFile.Prefix + row.Account, $"The database's tables have this permit inside {row.Hold}; by the journal it is not.", sequence: row.Permit);
        }

        if (rows.Count == PermitCheck.Remembered || permits.Inside.Count == PermitCheck.Remembered)
        {
            return;
        }

        var theirs = rows.Select(r => (r.Permit, r.Hold)).ToHashSet();
        foreach (var (permit, hold) in permits.Inside.Where(p => !theirs.Contains(p)).Order())
        {
            findings.Differs("", $"By the journal the permit of sequence {permit} lies inside {hold}; by the database's tables it does not.", sequence: permit);
        }
    }
}
