using Coordination.Dashboard.Desks;
using Coordination.Domain;
using Coordination.Domain.Posts;

namespace Coordination.Dashboard.Api;

/// <summary>Reads a decision about many posts. What is wrong with it is said before anything is decided.</summary>
internal static class HandBackReading
{
    /// <summary>Reads it.</summary>
    /// <returns>Null when it may be carried out.</returns>
    public static Refusal? Read(HandBackRequest request, Guid operationId, out HandBackAct act, out IReadOnlyList<HandBackItem> items)
    {
        items = [];
        if (!TryAct(request.Act, out act))
        {
            return new Refusal("act-unknown", "'act' is 'release' or 'discard'. Nothing was decided.");
        }

        if (PostRules.CheckReason(request.Reason, "A decision about posts needs a reason. Nothing was decided. Say why in a few words; it stands in each post's record.") is { } unfit)
        {
            return unfit;
        }

        return Times(request, act, out var dueAt, out var spacing) ?? Posts(request.Posts, i => new HandBackItem(
            i.Post, DerivedIds.Of(operationId, "handback/" + i.Post), dueAt + (i.Index * spacing)), out items);
    }

    private static bool TryAct(string? text, out HandBackAct act)
    {
        act = text is "release" ? HandBackAct.Release : HandBackAct.Discard;
        return text is "release" or "discard";
    }

    private static Refusal? Times(HandBackRequest request, HandBackAct act, out DateTimeOffset? dueAt, out TimeSpan spacing)
    {
        spacing = TimeSpan.FromSeconds(request.SpacingSeconds ?? 0);
        if (InputTime.Read(request.DueAt, "dueAt", out dueAt) is { } unread)
        {
            return unread;
        }

        if (act == HandBackAct.Discard && (dueAt is not null || request.SpacingSeconds is not null))
        {
            return new Refusal("time-not-wanted", "A discarded post has no time: leave 'dueAt' and 'spacingSeconds' out. Nothing was decided.");
        }

        // Without a time of its own a repeat would space the posts from another "now".
        return spacing < TimeSpan.Zero || spacing > HandBackDesk.WidestSpacing || (spacing > TimeSpan.Zero && dueAt is null)
            ? new Refusal("spacing-out-of-range", "'spacingSeconds' is 0 to 86400 and needs 'dueAt', the time of the first post. Nothing was decided.")
            : null;
    }

    private static Refusal? Posts(IReadOnlyList<string?>? ids, Func<(int Index, PostId Post), HandBackItem> make, out IReadOnlyList<HandBackItem> items)
    {
        items = [];
        if (ids is null or { Count: 0 })
        {
            return new Refusal("posts-missing", "The decision names no posts. Nothing was decided. 'posts' is a list of post ids.");
        }

        if (ids.Count > HandBackDesk.MostPosts)
        {
            return new Refusal("posts-too-many", $"The decision names {ids.Count} posts; {HandBackDesk.MostPosts} fit. Nothing was decided. Decide in parts.");
        }

        var read = new List<HandBackItem>(ids.Count);
        var seen = new HashSet<PostId>();
        foreach (var text in ids)
        {
            if (!PostId.TryParse(text, out var post))
            {
                return Unknown.Post(text ?? "null") with { Kind = RefusalKind.Invalid };
            }

            if (!seen.Add(post))
            {
                return new Refusal("post-twice", $"The decision names the post {post} twice. Nothing was decided.");
            }

            read.Add(make((read.Count, post)));
        }

        items = read;
        return null;
    }
}
