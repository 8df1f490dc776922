using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Coordination.Connectors.Mastodon;

/// <summary>Turns a status's HTML back into the text it was made of, as far as two texts can be compared by it.</summary>
/// <remarks>
/// Mastodon wraps paragraphs in <c>p</c>, line ends in <c>br</c>, hides parts of a link in spans without dropping them, and shows
/// a mention without its server (docs.joinmastodon.org, "Text formatting").
/// </remarks>
internal static partial class StatusText
{
    /// <summary>The text of a status, line ends kept.</summary>
    public static string FromHtml(string html)
    {
        var text = ParagraphEnd().Replace(html, "\n\n");
        text = LineEnd().Replace(text, "\n");
        text = Tag().Replace(text, "");
        return WebUtility.HtmlDecode(text).Trim();
    }

    /// <summary>Whether a status could be what this text became.</summary>
    public static bool Same(string text, string html) =>
        string.Equals(Comparable(text), Comparable(FromHtml(html)), StringComparison.Ordinal);

    private static string Comparable(string text)
    {
        var local = MentionServer().Replace(text.Normalize(NormalizationForm.FormC), "${local}");
        return Blanks().Replace(local, " ").Trim();
    }

    [GeneratedRegex(@"</p\s*>\s*<p[^<>]*>", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex ParagraphEnd();

    [GeneratedRegex(@"<br\s*/?>", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex LineEnd();

    [GeneratedRegex("<[^<>]*>", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Tag();

    [GeneratedRegex(@"(?<![\w/])(?<local>@\w+([\w.-]*\w)?)@[\w.-]*\w", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex MentionServer();

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Blanks();
}
