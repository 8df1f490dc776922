using Coordination.Dashboard.Components.Kit;
using Coordination.Storage.ReadModel;

namespace Coordination.Dashboard.Components.Posts;

/// <summary>A post's public figures in words.</summary>
public static class FigureWords
{
    /// <summary>Those that its platform tells: <c>3 likes · 1 repost · 0 replies</c>.</summary>
    public static string Of(PostFigures figures) => string.Join(" · ", new[]
    {
        Count(figures.Likes, "like", "likes"), Count(figures.Reposts, "repost", "reposts"), Count(figures.Replies, "reply", "replies"), Count(figures.Quotes, "quote", "quotes"),
    }.OfType<string>());

    private static string? Count(long? number, string one, string many) => number is { } n ? Names.Count((int)Math.Min(n, int.MaxValue), one, many) : null;
}
