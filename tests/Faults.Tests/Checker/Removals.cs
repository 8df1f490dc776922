namespace Coordination.FaultTests.Checker;

/// <summary>What was removed is off the platform, and nothing was taken off it that nobody had asked for.</summary>
internal static class Removals
{
    public static IEnumerable<string> Find(Facts facts)
    {
        var deleted = facts.Run.Arrivals.Where(a => a.Kind is "delete" && a.Post is not null).Select(a => a.Post!.Value).ToHashSet();
        var asked = facts.Run.Journal.Where(e => e.Event is "post-removal-asked").Select(e => facts.Payloads[e]["postId"]!.GetValue<Guid>()).ToHashSet();
        foreach (var post in facts.Run.Posts.Where(p => p.State is "removed" && !deleted.Contains(facts.ChangedBy(p.Id) ?? p.Id)))
        {
            yield return $"The outside: post {post.Id} is 'removed' and the platform was never asked to.";
        }

        foreach (var post in deleted.Except(asked))
        {
            yield return $"The outside: post {post} was taken off the platform and nobody had asked for it.";
        }
    }
}
