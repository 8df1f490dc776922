using System.Text.RegularExpressions;

namespace Coordination.Content;

/// <summary>Looks a text through by all rules.</summary>
public static class ContentCheck
{
    /// <summary>The longest text that is looked through, in UTF-16 units: more than any platform takes.</summary>
    public const int LongestText = 65_000;

    /// <summary>The rules, as they are shown.</summary>
    public static IReadOnlyList<ContentRule> Rules { get; } = ContentRules.All;

    /// <summary>Looks a text through. Never throws for what a text holds.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="facts">What the brigade knows of itself.</param>
    public static ContentReading Look(string text, ContentFacts facts)
    {
        // Typed apostrophes as the rules write them; every place stays where it was.
        var plain = text.Replace('’', '\'').Replace('‘', '\'');
        var (findings, notLooked) = (new List<ContentFinding>(), new List<ContentRule>());
        foreach (var rule in Rules)
        {
            try
            {
                findings.AddRange([.. Widest(rule.Find(plain, facts)).Select(span => new ContentFinding(rule, span, text.Substring(span.Start, span.Length)))]);
            }
            catch (RegexMatchTimeoutException)
            {
                // A machine that stood still for a second, at the worst.
                notLooked.Add(rule);
            }
        }

        return new ContentReading([.. findings.OrderBy(f => f.Span.Start).ThenByDescending(f => f.Span.Length)], notLooked);
    }

    // What lies within a wider finding of the same rule says nothing new.
    private static IEnumerable<TextSpan> Widest(IEnumerable<TextSpan> spans)
    {
        var end = 0;
        foreach (var span in spans.OrderBy(s => s.Start).ThenByDescending(s => s.Length))
        {
            if (span.Start + span.Length > end)
            {
                end = span.Start + span.Length;
                yield return span;
            }
        }
    }
}
