namespace Coordination.Dashboard.Proofs;

/// <summary>How a line of a print looks.</summary>
internal enum PrintStyle
{
    /// <summary>The title.</summary>
    Title,

    /// <summary>A heading.</summary>
    Heading,

    /// <summary>The names of a table's columns.</summary>
    Columns,

    /// <summary>Text, and rows of a table.</summary>
    Text,

    /// <summary>Small print.</summary>
    Small,
}

/// <summary>One line of a print: cells side by side, each in its share of the width.</summary>
/// <param name="Style">How it looks.</param>
/// <param name="Cells">What it says.</param>
/// <param name="Shares">Each cell's share of the width, together 1.</param>
/// <param name="IsRow">Whether it is a row of the table above it; a row is cut, never broken into lines.</param>
internal sealed record PrintLine(PrintStyle Style, IReadOnlyList<string> Cells, IReadOnlyList<float> Shares, bool IsRow = false)
{
    /// <summary>Height of a row of a table.</summary>
    public const float RowHeight = 12;

    private static readonly float[] Whole = [1];

    public bool IsColumns => Style == PrintStyle.Columns;

    public bool KeepsWithNext => Style is PrintStyle.Heading or PrintStyle.Columns;

    public float Height => Style switch
    {
        PrintStyle.Title => 26,
        PrintStyle.Heading => 26,
        _ => RowHeight,
    };

    public static PrintLine Of(PrintStyle style, string text) => new(style, [text], Whole);

    public float WidthOf(int cell, float width) => Shares[cell] * width;

    /// <summary>The line, or the lines that it takes; the last cell is the one that is broken.</summary>
    public IEnumerable<PrintLine> Wrap(PrintFonts fonts, float width)
    {
        if (IsRow || IsColumns)
        {
            return [this];
        }

        var last = Cells.Count - 1;
        return fonts.Break(Cells[last], Style, WidthOf(last, width)).Select((part, i) =>
            this with { Cells = [.. Cells.Take(last).Select(c => i == 0 ? c : ""), part] });
    }
}
