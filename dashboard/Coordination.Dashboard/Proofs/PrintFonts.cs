using SkiaSharp;

namespace Coordination.Dashboard.Proofs;

/// <summary>The fonts of one print, and what fits into how much room.</summary>
internal sealed class PrintFonts : IDisposable
{
    private readonly Dictionary<PrintStyle, SKFont> _fonts;

    public PrintFonts(ProofFaces faces) => _fonts = new Dictionary<PrintStyle, SKFont>
    {
        [PrintStyle.Title] = new SKFont(faces.Bold, 17),
        [PrintStyle.Heading] = new SKFont(faces.Bold, 11),
        [PrintStyle.Columns] = new SKFont(faces.Bold, 8),
        [PrintStyle.Text] = new SKFont(faces.Regular, 8),
        [PrintStyle.Small] = new SKFont(faces.Regular, 7),
    };

    public SKPaint Ink { get; } = new() { Color = SKColors.Black, StrokeWidth = 0.5f };

    // Between two cells; what is broken keeps it too, so that no part of it is cut.
    private const float Gap = 4;

    public SKFont Of(PrintStyle style) => _fonts[style];

    /// <summary>The text, cut with an ellipsis where it is wider than its room.</summary>
    public string Fit(string text, PrintStyle style, float width)
    {
        var font = Of(style);
        if (font.MeasureText(text) <= width - Gap || text.Length == 0)
        {
            return text;
        }

        var most = Math.Max(1, font.BreakText(text, width - Gap - font.MeasureText("…")));
        return text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)] + "…";
    }

    /// <summary>The text in lines, broken at spaces where it can.</summary>
    public IEnumerable<string> Break(string text, PrintStyle style, float width)
    {
        var font = Of(style);
        width -= Gap;
        var rest = text.ReplaceLineEndings(" ");
        while (rest.Length > 0 && font.MeasureText(rest) > width)
        {
            var most = Math.Max(1, font.BreakText(rest, width));
            var space = rest.LastIndexOf(' ', most - 1);
            var end = space > most / 2 ? space : most > 1 && char.IsHighSurrogate(rest[most - 1]) ? most - 1 : most;
            yield return rest[..end];
            rest = rest[end..].TrimStart();
        }

        yield return rest;
    }

    public void Dispose()
    {
        foreach (var font in _fonts.Values)
        {
            font.Dispose();
        }

        Ink.Dispose();
    }
}
