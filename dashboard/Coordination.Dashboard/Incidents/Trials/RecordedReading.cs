using System.Globalization;
using Coordination.Domain.Incidents.Rules;

namespace Coordination.Dashboard.Incidents.Trials;

/// <summary>A row of a recording that cannot be read.</summary>
/// <param name="Line">Line of the file, its header being line 1.</param>
/// <param name="Column">The column; null when the whole line is meant.</param>
/// <param name="What">What is wrong, in words.</param>
public sealed record RowFault(int Line, string? Column, string What)
{
    /// <summary>As people read it: <c>line 7: the date 'x' is no date</c>.</summary>
    public string Words => string.Create(CultureInfo.InvariantCulture, $"line {Line}: {What}");
}

/// <summary>What came of reading a recording.</summary>
public abstract record RecordedReading
{
    private RecordedReading()
    {
    }

    /// <summary>The names of its columns; empty when not even those could be read.</summary>
    public IReadOnlyList<string> Header { get; init; } = [];

    /// <summary>The columns that were taken.</summary>
    public ColumnMap Map { get; init; } = ColumnMap.None;

    /// <summary>The first rows that could not be read, by their lines; at most <see cref="RecordedCsv.ShownFaults"/>.</summary>
    public IReadOnlyList<RowFault> Faults { get; init; } = [];

    /// <summary>How many rows could not be read.</summary>
    public int BadRows { get; init; }

    /// <summary>It can be replayed, without the rows that could not be read.</summary>
    /// <param name="Rows">The rows, in the file's order.</param>
    /// <param name="Skipped">Rows in an hour that the clocks going forward leave out: they count as the first moment after it.</param>
    /// <param name="Twice">Rows in an hour that the clocks going back make twice: the first of the two counts.</param>
    public sealed record Accepted(IReadOnlyList<RecordedRow> Rows, int Skipped, int Twice) : RecordedReading
    {
        /// <summary>The line of each row, the header being line 1.</summary>
        public IReadOnlyList<int> Lines { get; init; } = [];
    }

    /// <summary>Nothing of it may be replayed.</summary>
    /// <param name="Why">Why, for people.</param>
    public sealed record Refused(string Why) : RecordedReading;
}
