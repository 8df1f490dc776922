using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Coordination.Domain.Platforms;

namespace Coordination.Connectors.X;

/// <summary>Turns what X shows back into the text it was made of, as far as two texts can be compared by it.</summary>
/// <remarks>X escapes <c>&amp;</c>, <c>&lt;</c> and <c>&gt;</c>, shows a short address in the place of each link, and puts one after the text for its images.</remarks>
internal static partial class XPostText
{
    /// <summary>The text of a post.</summary>
    public static string Of(XPostJson post)
    {
        var text = post.NotePost?.Text ?? post.Text ?? "";
        foreach (var url in (post.NotePost?.Entities ?? post.Entities)?.Urls?.OfType<XUrlJson>() ?? [])
        {
            if (url.Url is { Length: > 0 } shown)
            {
                var own = url.MediaKey is null && url.ExpandedUrl is { } whole && !IsOfMedia(whole);
                text = text.Replace(shown, own ? url.ExpandedUrl : "", StringComparison.Ordinal);
            }
        }

        return WebUtility.HtmlDecode(text).Trim();
    }

    /// <summary>Whether a post could be what this text became.</summary>
    public static bool Same(string text, XPostJson post) => string.Equals(Comparable(text), Comparable(Of(post)), StringComparison.Ordinal);

    private static bool IsOfMedia(string url) => MediaAddress().IsMatch(url);

    // Links in one form: X adds a scheme to one that has none, and a slash to one that ends with its host.
    private static string Comparable(string text)
    {
        var composed = text.Normalize(NormalizationForm.FormC);
        var same = new StringBuilder();
        var from = 0;
        foreach (var (start, length) in XLinks.Find(composed))
        {
            same.Append(composed, from, start - from).Append(Scheme().Replace(composed.Substring(start, length), "").TrimEnd('/'));
            from = start + length;
        }

        return Blanks().Replace(same.Append(composed, from, composed.Length - from).ToString(), " ").Trim();
    }

    [GeneratedRegex(@"\Ahttps?://(www\.)?(x|twitter)\.com/[^/]+/status/\d+/(photo|video)/\d+\z", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex MediaAddress();

    [GeneratedRegex(@"\Ahttps?://", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Scheme();

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Blanks();
}
