namespace Coordination.Dashboard.Components.Holds;

/// <summary>What people check before the hold of an incident is lifted (JESIP: working together does not end with the fire). Nothing is forced; what was checked, and what was not, stands in the record.</summary>
public sealed class LiftChecklist
{
    /// <summary>The most characters that it adds to a reason.</summary>
    public const int Longest = 200;

    /// <summary>Which of them is about the agreed line.</summary>
    public const int LinePoint = 1;

    /// <summary>The points, in order.</summary>
    public static IReadOnlyList<string> Points { get; } = ["the lead agency is informed", "the agreed line is superseded", "the held posts are reviewed, or will be"];

    /// <summary>Which of them are ticked.</summary>
    public bool[] Ticked { get; } = new bool[Points.Count];

    /// <summary>The reason with what was checked.</summary>
    public string With(string reason)
    {
        var (done, open) = (Of(true), Of(false));
        return reason.TrimEnd() + "\n" + (done.Length > 0 ? $"Checked: {done}." : "") + (done.Length > 0 && open.Length > 0 ? " " : "") + (open.Length > 0 ? $"Not checked: {open}." : "");
    }

    private string Of(bool ticked) => string.Join("; ", Points.Where((_, i) => Ticked[i] == ticked));
}
