using Coordination.Domain.Platforms;

namespace Coordination.Dashboard.Components.Compose;

/// <summary>How much of a platform's limit a text uses, counted as the platform counts.</summary>
/// <param name="Used">Used so far, in the platform's own unit.</param>
/// <param name="Most">The limit.</param>
/// <param name="Problem">Why the platform does not take it; null when it does, and for an empty text.</param>
public sealed record TextUse(int Used, int Most, string? Problem)
{
    /// <summary>Whether the platform refuses the text.</summary>
    public bool Refused => Problem is not null;
}

/// <summary>The one place where pages ask how long a text is.</summary>
public static class TextCounter
{
    /// <summary>Counts a text; null for a platform that is not known.</summary>
    public static TextUse? Count(string platformId, string text)
    {
        if (!Platform.TryFind(platformId, out var platform))
        {
            return null;
        }

        var count = TextLimits.Count(platform, text);
        return new TextUse(count.Count, count.Limit, TextLimits.Check(platform, text) switch
        {
            TextCheck.TooLong tooLong => tooLong.Reason,
            TextCheck.Unsendable unsendable => unsendable.Reason,
            _ => null,
        });
    }
}
