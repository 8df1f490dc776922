namespace Coordination.Dashboard.Components.Compose;

/// <summary>How much of a platform's limit a text uses, counted as the platform counts.</summary>
/// <param name="Used">Used so far, in the platform's own unit.</param>
/// <param name="Most">The limit; null when the platform has none.</param>
public sealed record TextUse(int Used, int? Most)
{
    /// <summary>Whether the text does not fit.</summary>
    public bool Over => Used > Most;
}

/// <summary>The one place where pages ask how long a text is.</summary>
public static class TextCounter
{
    /// <summary>Counts a text; null for a platform whose counting is not known here.</summary>
    public static TextUse? Count(string platformId, string text) => null;
}
