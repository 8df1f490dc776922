namespace Coordination.Storage.Verification.Checks;

/// <summary>Each permit has its entry and each entry its permit, and what became of the calls is what the entries say (G4).</summary>
internal sealed class PermitEntryCheck(Findings findings)
{
    public void Look(PostFile file, IReadOnlyList<StoredPermit> rows)
    {
        findings.Looked(rows.Count);
        if (file.Account.Gap is not null)
        {
            return;
        }

        var entries = file.Permits.ToDictionary(p => p.Sequence);
        foreach (var row in rows)
        {
            if (!entries.Remove(row.Sequence, out var entry))
            {
                findings.Differs(file.Account.Stream, $"The permit {row.Id} of the post {row.PostId} has no entry in the journal.", sequence: row.Sequence);
            }
            else if (Wrong(file, entry, row) is { } what)
            {
                findings.Differs(file.Account.Stream, $"The permit of sequence {row.Sequence} of the post {row.PostId} has another {what} than its entry.", entry.Number);
            }
        }

        foreach (var row in rows.Where(r => file.Post is { } post && !string.Equals(r.Action, post.Action, StringComparison.Ordinal)))
        {
            findings.Differs(file.Account.Stream, $"The permit of sequence {row.Sequence} allowed the post {row.PostId} '{row.Action}', and it was to {file.Post!.Action}.", sequence: row.Sequence);
        }

        foreach (var entry in entries.Values)
        {
            findings.Differs(file.Account.Stream, $"The permit {entry.What.PermitId} of the post {file.Id} is in the journal and nowhere else.", entry.Number);
        }

        LookAtOutcomes(file, rows);
    }

    private static string? Wrong(PostFile file, PermitEntry entry, StoredPermit row) => entry.What switch
    {
        var what when what.PermitId != row.Id => "id",
        _ when !string.Equals(row.Account, file.Account.Key.Value, StringComparison.Ordinal) => "account",
        var what when what.Part != row.Part => "part",
        var what when !string.Equals(what.Action, row.Action, StringComparison.Ordinal) => "action",
        var what when what.Attempt != row.Attempt => "attempt",
        var what when what.Revision != row.Revision => "revision",
        var what when !string.Equals(what.PosterId, row.PosterId, StringComparison.Ordinal) => "poster",
        _ => null,
    };

    // An entry names its post, not its permit: one outcome may close several permits that stand for one call under one key.
    private void LookAtOutcomes(PostFile file, IReadOnlyList<StoredPermit> rows)
    {
        var (notSent, unknown) = (Count(rows, "not-sent"), Count(rows, "unknown"));
        var (refused, failed, doubted) = (Count(file, OutcomeKind.NotSent), Count(file, OutcomeKind.Failed), Count(file, OutcomeKind.Unknown));
        var sent = rows.Where(r => string.Equals(r.Outcome, "sent", StringComparison.Ordinal)).Select(r => r.Part).ToHashSet();
        var published = file.Outcomes.Where(o => o.Kind == OutcomeKind.Sent).Select(o => o.Part).ToHashSet();
        if (!sent.SetEquals(published))
        {
            Say(file, rows, sent.IsSubsetOf(published) ? "was published, and none of its permits was sent" : "has a permit that was sent, and no entry says that it was published");
        }

        if (notSent < refused || notSent > refused + failed)
        {
            Say(file, rows, FormattableString.Invariant($"has {notSent} permits that were not sent, and {refused + failed} entries that say so"));
        }

        if (unknown > 0 && doubted == 0)
        {
            Say(file, rows, "has a permit whose outcome is unknown, and no entry says so");
        }
    }

    private void Say(PostFile file, IReadOnlyList<StoredPermit> rows, string what) =>
        findings.Differs(file.Account.Stream, $"The post {file.Id} {what}.", file.Outcomes.Count > 0 ? file.Outcomes[^1].Number : null, rows.Count > 0 ? rows[^1].Sequence : null);

    private static int Count(IReadOnlyList<StoredPermit> rows, string outcome) => rows.Count(r => string.Equals(r.Outcome, outcome, StringComparison.Ordinal));

    private static int Count(PostFile file, OutcomeKind kind) => file.Outcomes.Count(o => o.Kind == kind);
}
