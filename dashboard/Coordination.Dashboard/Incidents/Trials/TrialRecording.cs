using Coordination.Domain.Brigade;
using Coordination.Domain.Incidents.Rules;

namespace Coordination.Dashboard.Incidents.Trials;

/// <summary>Incidents that rules can be tried on.</summary>
/// <param name="Label">What they are, to be said wherever something that comes of them is shown.</param>
/// <param name="FromFile">Whether a file tells of them; else the service's own history does.</param>
/// <param name="Incidents">The incidents, each as it was after each of its reports.</param>
/// <param name="Notes">What else there is to know about them, as sentences.</param>
public sealed record TrialRecording(string Label, bool FromFile, IReadOnlyList<RecordedIncident> Incidents, IReadOnlyList<string> Notes)
{
    /// <summary>How many incidents there are.</summary>
    public int Count { get; } = Incidents.Select(i => i.Number).Distinct(StringComparer.Ordinal).Count();

    /// <summary>When the first was reported (UTC); null when there is none.</summary>
    public DateTimeOffset? From { get; } = Incidents.Count == 0 ? null : Incidents.Min(i => i.At);

    /// <summary>When the last was reported (UTC); null when there is none.</summary>
    public DateTimeOffset? To { get; } = Incidents.Count == 0 ? null : Incidents.Max(i => i.At);

    /// <summary>Makes one of a file's rows.</summary>
    public static TrialRecording Of(RecordedReading.Accepted reading, BrigadeMap map)
    {
        var dealt = reading.Rows.Any(r => RecordedIncidents.IsDealt(r.BoroughName, map));
        var nowhere = reading.Rows.Count(r => !RecordedIncidents.IsDealt(r.BoroughName, map) && !map.TryMatchArea(r.BoroughName, out _));
        return new TrialRecording(
            dealt ? RecordedIncidents.Label : "Incidents of a file, where it says they were",
            FromFile: true,
            RecordedIncidents.FromRows(reading.Rows, map),
            [.. NotesOf(reading, nowhere)]);
    }

    private static IEnumerable<string> NotesOf(RecordedReading.Accepted reading, int nowhere)
    {
        if (reading.BadRows > 0)
        {
            yield return $"{Rows(reading.BadRows)} could not be read and {Was(reading.BadRows)} left out.";
        }

        if (nowhere > 0)
        {
            yield return $"{Rows(nowhere)} {(nowhere == 1 ? "names" : "name")} no borough or area that is known: a rule about the incident’s area asks a person there.";
        }

        if (reading.Twice > 0)
        {
            yield return $"{Rows(reading.Twice)} {Was(reading.Twice)} in an hour that the clocks going back made twice; the first of the two was taken.";
        }

        if (reading.Skipped > 0)
        {
            yield return $"{Rows(reading.Skipped)} {Was(reading.Skipped)} in an hour that the clocks going forward left out; the first moment after it was taken.";
        }
    }

    private static string Rows(int count) => FormattableString.Invariant($"{count:#,0} {(count == 1 ? "row" : "rows")}");

    private static string Was(int count) => count == 1 ? "was" : "were";
}
