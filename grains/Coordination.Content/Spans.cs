using System.Text.RegularExpressions;

namespace Coordination.Content;

/// <summary>Matches as places.</summary>
internal static class Spans
{
    /// <summary>Where an expression matches, and the match is wanted.</summary>
    public static IEnumerable<TextSpan> In(this Regex expression, string text, Func<Match, bool>? wanted = null) =>
        expression.Matches(text).Where(m => wanted?.Invoke(m) ?? true).Select(m => new TextSpan(m.Index, m.Length));

    /// <summary>An expression that finds any of some phrases as whole words, in any case. Its time grows with the text alone.</summary>
    /// <param name="phrases">Phrases; each may be a small expression, without groups that capture.</param>
    public static Regex Any(params IEnumerable<string> phrases) =>
        new($@"\b(?:{string.Join('|', phrases)})\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, TimeSpan.FromSeconds(1));
}
