using System.Globalization;
using System.Text;

namespace Coordination.Domain.Platforms;

/// <summary>Counts a text as its platform does and says whether the platform takes it.</summary>
public static class TextLimits
{
    /// <summary>How long a text is on a platform. Where a platform has two limits, the one that is nearer or broken.</summary>
    public static TextCount Count(Platform platform, string text)
    {
        var limits = PlatformLimits.Of(platform);
        var count = limits.Unit switch
        {
            TextUnit.Characters => text.Length,
            TextUnit.WeightedCharacters => XText.WeightOf(text),
            TextUnit.Graphemes => MastodonOrPlain(limits, text),
            TextUnit.Bytes => Encoding.UTF8.GetByteCount(text),
            TextUnit.CharactersAndEmojiBytes => ThreadsText.LengthOf(text),
            _ => throw new InvalidOperationException($"Nothing counts {limits.Unit}."),
        };
        var length = new TextCount(count, limits.MaxText, limits.Unit);
        if (limits.MaxBytes is { } most && Encoding.UTF8.GetByteCount(text) is var bytes && bytes > most && length.Left >= 0)
        {
            return new TextCount(bytes, most, TextUnit.Bytes);
        }

        return length;
    }

    /// <summary>Checks a text against a platform's limit.</summary>
    public static TextCheck Check(Platform platform, string text)
    {
        var length = Count(platform, text);
        if (Unsendable(platform, text) is { } reason)
        {
            return new TextCheck.Unsendable(length, reason);
        }

        return IsBlank(text) ? new TextCheck.Empty(length)
            : length.Left >= 0 ? new TextCheck.Fits(length)
            : new TextCheck.TooLong(length, string.Create(
                CultureInfo.InvariantCulture, $"Too long for {platform.Name}: {length} {Words(length.Unit)}, {-length.Left} too many."));
    }

    private static int MastodonOrPlain(PlatformLimits limits, string text) =>
        limits.UrlLength is { } url ? MastodonText.LengthOf(text, url) : new StringInfo(text).LengthInTextElements;

    private static string Words(TextUnit unit) => unit switch
    {
        TextUnit.WeightedCharacters => "characters (a link counts 23, an emoji 2)",
        TextUnit.Bytes => "bytes",
        TextUnit.CharactersAndEmojiBytes => "characters (an emoji counts 3 or more)",
        _ => "characters",
    };

    internal static bool IsBlank(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (!Rune.IsWhiteSpace(rune) && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Format or UnicodeCategory.Control))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Half characters and control characters break on the way; X refuses the noncharacters (twitter-text, "invalid characters").</summary>
    private static string? Unsendable(Platform platform, string text)
    {
        var rest = text.AsSpan();
        while (!rest.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(rest, out var rune, out var used) != System.Buffers.OperationStatus.Done)
            {
                return "The text holds half of a character, as a cut-off emoji leaves behind. Type that place again.";
            }

            if (Rune.IsControl(rune) && rune.Value is not ('\n' or '\r' or '\t'))
            {
                return string.Create(CultureInfo.InvariantCulture, $"The text holds an invisible control character (U+{rune.Value:X4}). Type that place again.");
            }

            if (platform == Platform.X && rune.Value is (0xFFFE or 0xFFFF or 0xFEFF))
            {
                return string.Create(CultureInfo.InvariantCulture, $"X does not take the character U+{rune.Value:X4}. Type that place again.");
            }

            rest = rest[used..];
        }

        return null;
    }
}
