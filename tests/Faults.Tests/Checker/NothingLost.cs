using Coordination.FaultTests.Clients;

namespace Coordination.FaultTests.Checker;

/// <summary>G2: every post has exactly one end, or one state in which it waits where a person sees it.</summary>
internal static class NothingLost
{
    private static readonly HashSet<string> Rests = new(StringComparer.Ordinal)
    {
        "published", "cancelled", "rejected", "failed", "removed", "held", "missed", "unknown", "returned",
    };

    public static IEnumerable<string> Find(Facts facts) => [.. Lost(facts), .. Restless(facts), .. Torn(facts)];

    private static IEnumerable<string> Lost(Facts facts)
    {
        // What a release or an edit may have changed the words to, by the post.
        var changed = facts.Run.Calls.Where(c => c.Kind is "release" or "edit" && c.Body?["text"] is not null)
            .ToLookup(c => Guid.Parse(c.Path.Split('/')[3]), c => c.Body!["text"]!.GetValue<string>());
        return from call in facts.Run.Calls
               where call.Kind is "schedule" && call.Told == Told.Took
               let id = call.Answer!["id"]!.GetValue<Guid>()
               where !facts.Posts.TryGetValue(id, out var post) || !changed[id].Prepend(call.Body!["text"]!.GetValue<string>()).Contains(post.Text, StringComparer.Ordinal)
               select $"G2: post {id} was taken ({call}) and is not there as it was written.";
    }

    private static IEnumerable<string> Restless(Facts facts) =>
        from post in facts.Run.Posts
        where !Rests.Contains(post.State)
        select $"G2: post {post.Id} on {post.Account}, due {post.DueAt:O}, ended the run as '{post.State}'.";

    // The account's own state and the read model say the same of each post that the state still carries.
    private static IEnumerable<string> Torn(Facts facts) =>
        from state in facts.Run.States
        from post in JsonNode.Parse(state.Value)!["posts"]?.AsArray() ?? []
        let row = facts.Posts.GetValueOrDefault(post["id"]!.GetValue<Guid>())
        where row is null
            || !string.Equals(row.State, post["state"]!.GetValue<string>(), StringComparison.Ordinal)
            || row.Revision != (post["revision"]?.GetValue<int>() ?? 1)
        select $"G2: post {post["id"]} is '{post["state"]}' in the state of {state.Key} and '{row?.State}' in the read model.";
}
