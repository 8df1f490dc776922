namespace Coordination.FaultTests.Checker;

/// <summary>G3: the platform made at most one post of each of ours.</summary>
internal static class AtMostOnce
{
    public static IEnumerable<string> Find(Facts facts) =>
        from post in facts.Accepted
        where post.Count() > 1
        select $"G3: post {post.Key} was accepted {post.Count()} times, at {string.Join(" and ", post.Select(a => a.At.ToString("O")))}.";
}
