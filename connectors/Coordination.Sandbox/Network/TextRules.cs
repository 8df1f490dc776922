using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Coordination.Sandbox.Network;

/// <summary>Counts a text as Mastodon counts it, and makes the HTML that Mastodon makes of it.</summary>
internal static partial class TextRules
{
    /// <summary>What a link counts, however long it is.</summary>
    public const int CharactersPerUrl = 23;

    private const int ShownOfUrl = 30;

    /// <summary>User-perceived characters; a link counts 23, of a mention only the name before the server.</summary>
    public static int Count(string text)
    {
        var counted = Link().Replace(text, new string('x', CharactersPerUrl));
        counted = Mention().Replace(counted, "${name}");
        return new StringInfo(counted).LengthInTextElements;
    }

    /// <summary>Paragraphs and line ends as elements, links as Mastodon shows them: scheme and a long rest hidden but there.</summary>
    public static string ToHtml(string text)
    {
        var html = new StringBuilder("<p>");
        foreach (var (index, paragraph) in ParagraphEnd().Split(text.Trim().ReplaceLineEndings("\n")).Index())
        {
            html.Append(index == 0 ? "" : "</p><p>").Append(Links(paragraph).Replace("\n", "<br />", StringComparison.Ordinal));
        }

        return html.Append("</p>").ToString();
    }

    private static string Links(string text)
    {
        var html = new StringBuilder();
        var end = 0;
        foreach (Match match in Link().Matches(text))
        {
            html.Append(WebUtility.HtmlEncode(text[end..match.Index])).Append(Anchor(match.Value));
            end = match.Index + match.Length;
        }

        return html.Append(WebUtility.HtmlEncode(text[end..])).ToString();
    }

    private static string Anchor(string url)
    {
        var scheme = url.IndexOf("://", StringComparison.Ordinal) + 3;
        var rest = url[scheme..];
        var shown = rest.Length > ShownOfUrl ? rest[..ShownOfUrl] : rest;
        var kind = rest.Length > ShownOfUrl ? "ellipsis" : "";
        return $"""<a href="{WebUtility.HtmlEncode(url)}" rel="nofollow noopener" target="_blank"><span class="invisible">{url[..scheme]}</span><span class="{kind}">{WebUtility.HtmlEncode(shown)}</span><span class="invisible">{WebUtility.HtmlEncode(rest[shown.Length..])}</span></a>""";
    }

    [GeneratedRegex(@"\n{2,}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex ParagraphEnd();

    [GeneratedRegex(@"(?<![\p{L}\p{N}/])https?://[^\s<>""]*[^\s<>"".,;:!?')]", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Link();

    [GeneratedRegex(@"(?<![\w/])(?<name>@\w+([\w.-]*\w)?)@[\w.-]*\w", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Mention();
}
