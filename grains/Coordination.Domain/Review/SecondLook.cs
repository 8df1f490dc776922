using Coordination.Domain.Posts;

namespace Coordination.Domain.Review;

/// <summary>The look at a post when its time has come: rules may have become stricter since it was confirmed.</summary>
public static class SecondLook
{
    /// <summary>What it finds that nobody has settled: then the post does not go out, and a person decides. What was published now when it was written is not held to the quiet hours.</summary>
    /// <param name="post">The post.</param>
    /// <param name="look">The rules in force, and what they found in its text.</param>
    public static IReadOnlyList<ContentFound> Unsettled(Post post, ContentLook look) => Unsettled(post.About, look.At(post.DueAt, post.About, post.CreatedAt));

    /// <summary>The same for what is said of a post.</summary>
    /// <param name="about">What is said of it, with what was settled.</param>
    /// <param name="look">The rules in force, and all that they found.</param>
    public static IReadOnlyList<ContentFound> Unsettled(PostAbout? about, ContentLook look) =>
        [.. look.Found.Where(f => !f.Deliberate && look.Rules.ActOf(f) is var act && act > ContentAct.Warn && act > (about?.Settled.GetValueOrDefault(f.Rule) ?? ContentAct.Warn))];

    /// <summary>Why the post does not go out, for people.</summary>
    public static string Words(IReadOnlyList<ContentFound> unsettled) =>
        $"Looked at again when its time had come: {string.Join("; ", unsettled.Select(f => f.Title))}. Nobody has answered for that, so it did not go out. Comms decides ({string.Join("; ", unsettled.Select(f => f.Paragraph).Distinct(StringComparer.Ordinal))}).";
}
