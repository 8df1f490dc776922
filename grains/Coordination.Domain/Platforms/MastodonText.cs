using System.Globalization;
using System.Text.RegularExpressions;

namespace Coordination.Domain.Platforms;

/// <summary>Counts as Mastodon does: user-perceived characters, a link as 23, of a mention of another server's account only the name.</summary>
internal static partial class MastodonText
{
    public static int LengthOf(string text, int urlLength)
    {
        var counted = Link().Replace(text, new string('x', urlLength));
        counted = Mention().Replace(counted, "${name}");
        return new StringInfo(counted).LengthInTextElements;
    }

    // Sentence punctuation after a link is not part of it: leaving it out counts it, which errs towards refusing.
    [GeneratedRegex(@"(?<![\p{L}\p{N}/])https?://[^\s<>""]*[^\s<>"".,;:!?')]", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Link();

    [GeneratedRegex(@"(?<![\w/])(?<name>@\w+([\w.-]*\w)?)@[\w.-]*\w", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Mention();
}
