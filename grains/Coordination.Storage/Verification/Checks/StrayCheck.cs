namespace Coordination.Storage.Verification.Checks;

/// <summary>Rows that hang on no entry of the journal: going by the journal alone would never meet them.</summary>
internal sealed class StrayCheck(AllFindings findings)
{
    private const int Most = VerificationCheck.Kept;

    private static readonly (CheckKind Kind, string Words, string Sql)[] Searches =
    [
        (CheckKind.States, "There is a stored state, and the journal has nothing of the account.",
            "select grain_key, null::bigint, '' from grain_state s where service_id = 'coordination' and state_name = 'account' and payload is not null and not exists (select from journal j where j.stream = s.grain_key)"),
        (CheckKind.Accounts, "The read model has an account, and the journal has nothing of it.",
            "select 'account/' || key, null::bigint, '' from account a where not exists (select from journal j where j.stream = 'account/' || a.key)"),
        (CheckKind.Labels, "The history of labels has an account, and the journal has nothing of it.",
            "select 'account/' || account, seq, '' from label_history l where not exists (select from journal j where j.stream = 'account/' || l.account)"),
        (CheckKind.Posts, "The read model has the post {0}, and the journal has nothing of its account.",
            "select 'account/' || account, null::bigint, id::text from post p where not exists (select from journal j where j.stream = 'account/' || p.account)"),
        (CheckKind.Posts, "The post {0} is listed as stopped by a hold, and there is no such post.",
            "select 'account/' || account, null::bigint, post_id::text from hold_post h where not exists (select from post p where p.id = h.post_id)"),
        (CheckKind.PermitEntries, "There is a permit for the post {0}, and there is no such post on the account.",
            "select 'account/' || account, seq, post_id::text from permit q where not exists (select from post p where p.id = q.post_id and p.account = q.account)"),
        (CheckKind.Receipts, "There is a receipt of {0}, and the journal has nothing of the account.",
            "select 'account/' || account, null::bigint, hold_id from hold_receipt r where not exists (select from journal j where j.stream = 'account/' || r.account)"),
    ];

    public async Task LookAsync(Snapshot snapshot, CancellationToken cancellationToken)
    {
        foreach (var (kind, words, sql) in Searches)
        {
            var rows = await snapshot.ListAsync(
                FormattableString.Invariant($"{sql} limit {Most}"),
                r => (Stream: r.GetString(0), Sequence: r.IsDBNull(1) ? (long?)null : r.GetInt64(1), Id: r.GetString(2)),
                cancellationToken);
            foreach (var row in rows)
            {
                findings[kind].Differs(row.Stream, words.Replace("{0}", row.Id, StringComparison.Ordinal), sequence: row.Sequence);
            }
        }
    }
}
