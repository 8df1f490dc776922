using System.Text;
using System.Text.RegularExpressions;

namespace Coordination.Connectors.Bluesky;

/// <summary>Finds the links in a text: Bluesky shows only those as links that the record names by UTF-8 byte offsets (app.bsky.richtext.facet).</summary>
internal static partial class Facets
{
    /// <summary>The links of a text; null when there are none.</summary>
    public static IReadOnlyList<FacetJson>? Of(string text)
    {
        List<FacetJson>? facets = null;
        foreach (var match in Link().EnumerateMatches(text))
        {
            var link = TrimEnd(text.AsSpan(match.Index, match.Length));
            if (!Uri.TryCreate(link.ToString(), UriKind.Absolute, out _))
            {
                continue;
            }

            var start = Encoding.UTF8.GetByteCount(text.AsSpan(0, match.Index));
            var end = start + Encoding.UTF8.GetByteCount(link);
            (facets ??= []).Add(new FacetJson(new ByteSliceJson(start, end), [new LinkJson(link.ToString())]));
        }

        return facets;
    }

    /// <summary>Punctuation after a link belongs to the sentence; so does a closing bracket that the link did not open.</summary>
    private static ReadOnlySpan<char> TrimEnd(ReadOnlySpan<char> link)
    {
        while (link.Length > 0)
        {
            var last = link[^1];
            if (!".,;:!?'\"’”".Contains(last, StringComparison.Ordinal) && !(last == ')' && link.Count(')') > link.Count('(')))
            {
                break;
            }

            link = link[..^1];
        }

        return link;
    }

    [GeneratedRegex(@"(?<![\p{L}\p{N}/])https?://[^\s<>""]+", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Link();
}
