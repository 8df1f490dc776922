using System.Globalization;
using Coordination.Domain.Accounts;
using Coordination.Domain.Incidents.Reports;
using Coordination.Domain.Incidents.Rules;
using Coordination.Domain.Schedule;

namespace Coordination.Dashboard.Incidents.Trials;

/// <summary>Makes rows of lines, by a map of the columns.</summary>
/// <param name="header">The names of the columns.</param>
/// <param name="map">Which of them holds what; it fits.</param>
internal sealed class RowReader(string[] header, ColumnMap map)
{
    private const int LongestText = 200;
    private const int MostPumps = 10_000;

    private static readonly string[] Dates = ["yyyy-MM-dd", "dd/MM/yyyy", "d/M/yyyy", "dd MMM yyyy", "d MMM yyyy", "yyyy-MM-dd'T'00:00:00", "yyyy-MM-dd 00:00:00"];
    private static readonly string[] DateTimes = ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "dd/MM/yyyy HH:mm", "dd/MM/yyyy HH:mm:ss"];
    private static readonly string[] Times = ["HH:mm", "H:mm", "HH:mm:ss"];
    private static readonly TimeZoneInfo London = WallClock.TryFindZone(WallClock.London, out var zone) ? zone : TimeZoneInfo.Utc;

    private readonly Dictionary<string, int> _at = map.Columns.ToDictionary(c => c.Key, c => Array.IndexOf(header, c.Value), StringComparer.Ordinal);
    private readonly Dictionary<string, int> _lines = new(StringComparer.Ordinal);
    private readonly List<RecordedRow> _rows = [];
    private readonly List<int> _linesOfRows = [];

    /// <summary>The rows that could be read.</summary>
    public IReadOnlyList<RecordedRow> Rows => _rows;

    /// <summary>The line of each of them.</summary>
    public IReadOnlyList<int> Lines => _linesOfRows;

    /// <summary>How many of them are in an hour that never was.</summary>
    public int Skipped { get; private set; }

    /// <summary>How many of them are in an hour that was twice.</summary>
    public int Twice { get; private set; }

    /// <summary>Takes a line.</summary>
    /// <returns>What is wrong with it; null when it is a row.</returns>
    public RowFault? Take(string[] fields, int line)
    {
        RowFault Fault(string field, string what) => new(line, map.Of(field), what);

        if (fields.Length != header.Length)
        {
            return new RowFault(line, null, FormattableString.Invariant($"has {fields.Length} fields where the header has {header.Length}"));
        }

        string Text(string field) => _at.TryGetValue(field, out var i) ? fields[i] : "";

        var number = Text(ColumnMap.Number);
        if (!IncidentReportReader.IsNumber(number))
        {
            return Fault(ColumnMap.Number, number.Length == 0 ? "the number is missing" : $"{FieldRules.Quote(number)} is no number of an incident");
        }

        if (_lines.TryGetValue(number, out var before))
        {
            return Fault(ColumnMap.Number, FormattableString.Invariant($"incident {FieldRules.Quote(number)} is on line {before} already"));
        }

        if (Text(ColumnMap.Group).Length == 0)
        {
            return Fault(ColumnMap.Group, "the group is missing");
        }

        if (_at.FirstOrDefault(f => fields[f.Value].Length > LongestText) is { Key: { } tooLong })
        {
            return Fault(tooLong, FormattableString.Invariant($"a field is longer than {LongestText} characters"));
        }

        if (!TryWall(Text(ColumnMap.Date), Text(ColumnMap.Time), out var wall))
        {
            return Fault(ColumnMap.Date, $"{FieldRules.Quote($"{Text(ColumnMap.Date)} {Text(ColumnMap.Time)}".Trim())} is no date and hour, such as 2017-02-23 and 18 or 18:05");
        }

        if (!TryPumps(Text(ColumnMap.Pumps), out var pumps))
        {
            return Fault(ColumnMap.Pumps, $"{FieldRules.Quote(Text(ColumnMap.Pumps))} is no number of pumps");
        }

        var at = WallClock.At(wall, London);
        Skipped += at.Change is ClockChange.Skipped ? 1 : 0;
        Twice += at.Change is ClockChange.Twice ? 1 : 0;
        _lines.Add(number, line);
        _linesOfRows.Add(line);
        _rows.Add(new RecordedRow(
            number, at.At, Text(ColumnMap.Group), Text(ColumnMap.Category), Text(ColumnMap.Type), Text(ColumnMap.Place), Text(ColumnMap.Borough), Text(ColumnMap.Station), pumps));
        return null;
    }

    private bool TryWall(string date, string time, out DateTime wall)
    {
        if (!_at.ContainsKey(ColumnMap.Time))
        {
            return DateTime.TryParseExact(date, DateTimes, CultureInfo.InvariantCulture, DateTimeStyles.None, out wall) && IsNear(wall);
        }

        // An hour alone is how London's record has it.
        var day = DateTime.TryParseExact(date, Dates, CultureInfo.InvariantCulture, DateTimeStyles.None, out wall) && IsNear(wall);
        var of = TimeSpan.Zero;
        if (int.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var hour) && hour is >= 0 and <= 23)
        {
            of = TimeSpan.FromHours(hour);
        }
        else if (TimeOnly.TryParseExact(time, Times, CultureInfo.InvariantCulture, DateTimeStyles.None, out var clock))
        {
            of = clock.ToTimeSpan();
        }
        else
        {
            return false;
        }

        wall += day ? of : TimeSpan.Zero;
        return day;
    }

    // The clocks' rules of other centuries are nobody's business here, and adding hours to the last year there is would fail.
    private static bool IsNear(DateTime wall) => wall.Year is >= 1900 and <= 2200;

    private static bool TryPumps(string text, out int? pumps)
    {
        pumps = null;
        if (text.Length == 0 || text.Equals("NULL", StringComparison.OrdinalIgnoreCase) || text.Equals("NA", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        pumps = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count <= MostPumps ? count : null;
        return pumps is not null;
    }
}
