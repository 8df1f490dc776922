namespace Coordination.FaultTests.Checker;

/// <summary>What somebody else was to read first went out only in a revision that somebody else approved.</summary>
internal static class ReadFirst
{
    public static IEnumerable<string> Find(Facts facts)
    {
        foreach (var permit in facts.Run.Permits)
        {
            if (facts.MadeBy(permit.PostId, permit.Revision) is not { } made)
            {
                yield return $"Review: permit {permit.Seq} is for revision {permit.Revision} of post {permit.PostId}, which nobody made.";
            }
            else if (made.Event is "post-submitted")
            {
                var approval = facts.ApprovalOf(permit.PostId, permit.Revision, permit.Seq);
                if (approval is null)
                {
                    yield return $"Review: permit {permit.Seq} is for revision {permit.Revision} of post {permit.PostId}, which was submitted and which nobody had approved.";
                }
                else if (string.Equals(approval.ActorId, facts.WriterOf(permit.PostId, permit.Revision), StringComparison.Ordinal))
                {
                    yield return $"Review: {approval.ActorId} approved their own post {permit.PostId} (permit {permit.Seq}).";
                }
            }
        }
    }
}
