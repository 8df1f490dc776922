using SkiaSharp;

namespace Coordination.Dashboard.Proofs;

/// <summary>What stands at the foot of each page of a print.</summary>
/// <param name="Title">The document's title, for programs.</param>
/// <param name="About">What the pages are about; the page's number follows it.</param>
/// <param name="Hash">The line below: what the print can be held against.</param>
internal sealed record PrintFoot(string Title, string About, string Hash);

/// <summary>Lines on pages of A4.</summary>
internal static class PrintPages
{
    private const float Width = 595, Height = 842, Margin = 42, Foot = 46;

    /// <summary>Prints them.</summary>
    /// <param name="lines">The lines, each as long as it likes.</param>
    /// <param name="foot">The foot of each page.</param>
    /// <param name="at">When it is printed (UTC).</param>
    /// <param name="faces">The font.</param>
    public static byte[] Print(IEnumerable<PrintLine> lines, PrintFoot foot, DateTimeOffset at, ProofFaces faces)
    {
        using var fonts = new PrintFonts(faces);
        var pages = Paginate(lines.SelectMany(line => line.Wrap(fonts, Width - (2 * Margin)))).ToList();
        using var bytes = new MemoryStream();
        using (var document = SKDocument.CreatePdf(bytes, new SKDocumentPdfMetadata { Title = foot.Title, Creation = at.UtcDateTime }))
        {
            for (var i = 0; i < pages.Count; i++)
            {
                using var canvas = document.BeginPage(Width, Height);
                Draw(canvas, pages[i], fonts);
                DrawFoot(canvas, FormattableString.Invariant($"{foot.About} · page {i + 1} of {pages.Count}"), foot.Hash, fonts);
                document.EndPage();
            }

            document.Close();
        }

        return bytes.ToArray();
    }

    // A table that goes on over a page says once more what its columns are; a heading never stands alone at a page's end.
    private static IEnumerable<List<PrintLine>> Paginate(IEnumerable<PrintLine> lines)
    {
        const float room = Height - Margin - Margin - Foot;
        var (page, used) = (new List<PrintLine>(), 0f);
        PrintLine? columns = null;
        foreach (var line in lines)
        {
            var wanted = line.Height + (line.KeepsWithNext ? 3 * PrintLine.RowHeight : 0);
            if (used + wanted > room && page.Count > 0)
            {
                yield return page;
                page = columns is not null && line.IsRow ? [columns] : [];
                used = page.Sum(l => l.Height);
            }

            columns = line.IsColumns ? line : line.IsRow ? columns : null;
            page.Add(line);
            used += line.Height;
        }

        yield return page;
    }

    private static void Draw(SKCanvas canvas, List<PrintLine> lines, PrintFonts fonts)
    {
        var y = Margin;
        foreach (var line in lines)
        {
            y += line.Height;
            var x = Margin;
            for (var i = 0; i < line.Cells.Count; i++)
            {
                canvas.DrawText(fonts.Fit(line.Cells[i], line.Style, line.WidthOf(i, Width - (2 * Margin))), x, y - 3, SKTextAlign.Left, fonts.Of(line.Style), fonts.Ink);
                x += line.WidthOf(i, Width - (2 * Margin));
            }
        }
    }

    private static void DrawFoot(SKCanvas canvas, string page, string hash, PrintFonts fonts)
    {
        canvas.DrawLine(Margin, Height - Margin - 24, Width - Margin, Height - Margin - 24, fonts.Ink);
        canvas.DrawText(page, Margin, Height - Margin - 12, SKTextAlign.Left, fonts.Of(PrintStyle.Small), fonts.Ink);
        canvas.DrawText(hash, Margin, Height - Margin, SKTextAlign.Left, fonts.Of(PrintStyle.Small), fonts.Ink);
    }
}
