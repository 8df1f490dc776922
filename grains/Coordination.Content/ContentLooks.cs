using Coordination.Domain.Review;

namespace Coordination.Content;

/// <summary>What was found in a text, as the rules about who reads a post first take it.</summary>
public static class ContentLooks
{
    /// <summary>Looks a text through.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="facts">What the brigade knows of itself.</param>
    public static IReadOnlyList<ContentFound> Of(string text, ContentFacts facts) => ContentCheck.Look(text, facts).ToFound();

    /// <summary>Each rule that found something, once, and each that could not be asked: nothing is known of what it looks for, so somebody should look.</summary>
    public static IReadOnlyList<ContentFound> ToFound(this ContentReading reading) =>
        [.. reading.Findings.Select(f => f.Rule).Concat(reading.NotLooked).Distinct().Select(r => new ContentFound(r.Id, r.Title, r.Asks, r.Usual))];
}
