namespace Coordination.Storage.Verification.Checks;

/// <summary>No post went out twice by itself (G3): one sent permit for each post, part and action.</summary>
/// <remarks>
/// A call that was never answered may be repeated under the same idempotency key once its permit is over, and only while nothing
/// is known of it; the platform shows such a post once, and what is learnt closes both permits. Two sent permits are therefore
/// right when no outcome was recorded between them and the first was over when the second was issued.
/// </remarks>
internal sealed class SentOnceCheck(Findings findings)
{
    private long _repeated;

    public void Look(PostFile file, IReadOnlyList<StoredPermit> rows)
    {
        findings.Looked();
        foreach (var part in rows.GroupBy(r => (r.Part, r.Action)))
        {
            var sent = part.Where(r => string.Equals(r.Outcome, "sent", StringComparison.Ordinal)).OrderBy(r => r.Sequence).ToArray();
            for (var i = 1; i < sent.Length; i++)
            {
                if (IsRepeat(file, sent[i - 1], sent[i]))
                {
                    _repeated++;
                }
                else
                {
                    findings.Differs(
                        file.Account.Stream,
                        $"The post {file.Id} was sent twice: by the permits of sequence {sent[i - 1].Sequence} (attempt {sent[i - 1].Attempt}) and {sent[i].Sequence} (attempt {sent[i].Attempt}).",
                        sequence: sent[i].Sequence);
                }
            }
        }

        foreach (var said in file.Outcomes.Where(o => o.Kind is OutcomeKind.Sent or OutcomeKind.Whole).GroupBy(o => (o.Kind, o.Part)).Where(g => g.Count() > 1))
        {
            findings.Differs(file.Account.Stream, $"The journal says more than once that the post {file.Id} was published{(said.Key.Part > 0 ? $", part {said.Key.Part + 1} of it" : "")}.", said.Last().Number);
        }
    }

    public void End()
    {
        if (_repeated > 0)
        {
            findings.Note($"{_repeated} calls that were never answered were repeated under the same key; the platform shows such a post once.");
        }
    }

    private static bool IsRepeat(PostFile file, StoredPermit first, StoredPermit second) =>
        file.Permits.FirstOrDefault(p => p.Sequence == first.Sequence) is { } one
        && file.Permits.FirstOrDefault(p => p.Sequence == second.Sequence) is { } other
        && first.ExpiresAt <= second.IssuedAt
        && !file.Outcomes.Any(o => o.Number > one.Number && o.Number < other.Number);
}
