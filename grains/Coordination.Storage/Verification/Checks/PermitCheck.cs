using Coordination.Domain.Accounts;

namespace Coordination.Storage.Verification.Checks;

/// <summary>
/// No permit lies inside a hold that covered its account and did not let it through, and nothing that fell due under a hold went
/// out after the lift without a person (G1). Holds, labels, posters and times are the journal's, never the permit's word.
/// </summary>
internal sealed class PermitCheck(Findings findings, HoldTimeline holds)
{
    /// <summary>Most that are remembered to be compared with the database's own list.</summary>
    public const int Remembered = 10_000;

    private readonly HashSet<(long Permit, string Hold)> _inside = [];

    /// <summary>The permits that lie inside a hold.</summary>
    public IReadOnlySet<(long Permit, string Hold)> Inside => _inside;

    /// <summary>Judges all permits of a post, those without an entry too.</summary>
    public void Look(PostFile file, IReadOnlyList<StoredPermit> rows, LabelTimeline labels)
    {
        if (file.Account.Gap is { } gap)
        {
            if (rows.Count > 0)
            {
                findings.Note($"Permits of the post {file.Id} on {file.Account.Key.Value} were not judged: {gap}.");
            }

            return;
        }

        var revisions = new Dictionary<long, int>();
        foreach (var (sequence, revision) in file.Permits.Select(p => (p.Sequence, p.What.Revision)).Concat(rows.Select(r => (r.Sequence, r.Revision))))
        {
            revisions.TryAdd(sequence, revision);
        }

        foreach (var (sequence, revision) in revisions)
        {
            findings.Looked();
            Judge(file, sequence, revision, labels);
        }
    }

    private void Judge(PostFile file, long sequence, int revision, LabelTimeline labels)
    {
        var (key, stream) = (file.Account.Key, file.Account.Stream);
        if (file.ConfirmedBefore(sequence) is not { } confirmed || labels.At(sequence) is not { } now)
        {
            findings.Differs(stream, $"The permit of the post {file.Id} was issued before anybody confirmed the post.", sequence: sequence);
            return;
        }

        var approved = file.ApprovedBefore(sequence, revision);
        foreach (var hold in holds.CoveringAt(sequence, key, now).Where(h => !h.LetsThrough(confirmed, approved, sequence)))
        {
            if (_inside.Count < Remembered)
            {
                _inside.Add((sequence, hold.Id));
            }

            findings.Differs(
                stream,
                $"The permit of the post {file.Id} lies inside {hold.Id} (sequence {hold.PlacedSequence} to {Same.Show(hold.LiftedSequence ?? (object)"now")}), which covered the account and did not let {confirmed.Poster} through.",
                sequence: sequence);
        }

        foreach (var hold in holds.LiftedBetween(confirmed.Sequence, sequence))
        {
            if (hold.LiftedAt > confirmed.DueAt && CoveredAtLift(hold, key, labels) && !hold.LetsThrough(confirmed, approved, sequence))
            {
                findings.Differs(
                    stream,
                    $"The post {file.Id} fell due under {hold.Id}, and its permit was issued after the lift (sequence {hold.LiftedSequence}) although nobody confirmed it since.",
                    sequence: sequence);
            }
        }
    }

    private static bool CoveredAtLift(HoldRecord hold, AccountKey key, LabelTimeline labels) =>
        labels.At(hold.LiftedSequence!.Value) is { } then && hold.What!.Covers.Covers(key, then);
}
