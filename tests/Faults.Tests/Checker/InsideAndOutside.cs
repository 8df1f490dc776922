using Coordination.FaultTests.World;

namespace Coordination.FaultTests.Checker;

/// <summary>The outside and the inside agree about what is out, and in which words.</summary>
internal static class InsideAndOutside
{
    private static readonly HashSet<string> NeverOut = new(StringComparer.Ordinal) { "scheduled", "submitted", "returned", "held", "missed", "cancelled", "failed", "rejected" };

    public static IEnumerable<string> Find(Facts facts)
    {
        foreach (var post in facts.Run.Posts)
        {
            var accepted = facts.Accepted[post.Id].ToArray();
            if (post.State is "published" or "removed" && accepted.Length == 0)
            {
                yield return $"The outside: post {post.Id} is '{post.State}' and the platform never took it.";
            }

            if (NeverOut.Contains(post.State) && accepted.Length > 0)
            {
                yield return $"The outside: post {post.Id} is '{post.State}' and the platform took it at {accepted[0].At:O}.";
            }

            foreach (var arrival in accepted.Where(a => Permitted(facts, a) is { } text && !string.Equals(a.Text, text, StringComparison.Ordinal)))
            {
                yield return $"The outside: post {post.Id} arrived at {arrival.At:O} in other words than were permitted.";
            }

            foreach (var arrival in accepted.Where(a => !string.Equals(a.Account, Platform.NameOf(Domain.Accounts.AccountKey.Parse(post.Account)), StringComparison.Ordinal)))
            {
                yield return $"The outside: post {post.Id} of {post.Account} arrived on {arrival.Account}.";
            }
        }

        foreach (var arrival in facts.Accepted.Where(a => !facts.Posts.ContainsKey(a.Key)))
        {
            yield return $"The outside: post {arrival.Key} arrived and nobody here knows it.";
        }
    }

    // A permit is for the words of its time; a person may have changed them before, on the hand-back list.
    private static string? Permitted(Facts facts, Arrival arrival) =>
        facts.Permits[arrival.Post!.Value].LastOrDefault(p => p.IssuedAt <= arrival.At) is { } permit ? facts.TextAt(permit.PostId, permit.Seq) : null;
}
