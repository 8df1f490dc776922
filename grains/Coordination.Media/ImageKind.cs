using System.Text;

namespace Coordination.Media;

/// <summary>What a file is by its first bytes; its name and what the sender calls it do not count.</summary>
internal static class ImageKind
{
    private const int Looked = 1024;

    /// <summary>Why a file that no decoder here reads is none that can be taken, in words that help whoever chose it.</summary>
    public static string WhyNot(ReadOnlySpan<byte> file)
    {
        var head = file[..Math.Min(file.Length, Looked)];
        if (head.Length >= 12 && head[4..8].SequenceEqual("ftyp"u8))
        {
            return head[8..12].SequenceEqual("heic"u8) || head[8..12].SequenceEqual("heix"u8) || head[8..12].SequenceEqual("mif1"u8)
                ? "It is a HEIC photo, which platforms do not take. On an iPhone choose Settings, Camera, Formats, Most Compatible, or send it to yourself as JPEG."
                : "It is a film or an AVIF picture. Choose a JPEG, PNG or WebP.";
        }

        var text = Encoding.Latin1.GetString(head).TrimStart('\u00EF', '\u00BB', '\u00BF', ' ', '\t', '\r', '\n');
        if (text.StartsWith("<?xml", StringComparison.OrdinalIgnoreCase) || text.Contains("<svg", StringComparison.OrdinalIgnoreCase))
        {
            return "It is an SVG drawing, which can hold programs; platforms do not take it. Export it as PNG.";
        }

        return text.StartsWith("%PDF", StringComparison.Ordinal)
            ? "It is a PDF. Export the page as PNG or JPEG."
            : "It is no picture that can be read, whatever its name says. Choose a JPEG, PNG or WebP.";
    }
}
