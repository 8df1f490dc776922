using System.Security.Cryptography;
using System.Text;
using Coordination.Domain.Brigade;
using Coordination.Domain.Incidents.Reports;
using Coordination.Domain.Incidents.Rules;
using Coordination.Domain.Posts;

namespace Coordination.Domain.Incidents.Replays;

/// <summary>Makes reports of a recording. Every one is an exercise's, whatever its row says: nothing here can make another.</summary>
/// <remarks>
/// A row makes the same report, byte by byte, each time within one run; in another run it is another incident. It tells the rules what a trial of them would, and no more.
/// </remarks>
public static class ReplayReports
{
    /// <summary>The source of such reports: nobody else's.</summary>
    public const string Source = "replay";

    /// <summary>What every number of a replayed incident begins with.</summary>
    public const string NumberPrefix = "REPLAY-";

    private const int TagLength = 8;
    private const int DigestLength = 12;
    private static readonly int s_longest = IncidentReportLimits.Number - NumberPrefix.Length - TagLength - 1;

    /// <summary>What tells the numbers of one run from those of another.</summary>
    public static string TagOf(Guid run) => run.ToString("N")[^TagLength..].ToUpperInvariant();

    /// <summary>The number of a recorded incident in a run: <c>REPLAY-1F2E3D4C-022915-23022017</c>.</summary>
    public static string NumberOf(string tag, string recorded) => NumberPrefix + tag + "-" + (recorded.Length <= s_longest
        ? recorded
        : recorded[..(s_longest - DigestLength - 1)] + "." + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(recorded)))[..DigestLength]);

    /// <summary>Makes the report of a row.</summary>
    /// <param name="tag">The run's.</param>
    /// <param name="recorded">The row on the brigade's map.</param>
    /// <param name="at">When it is due (UTC): it reads as if it were called in then.</param>
    public static IncidentReport Of(string tag, RecordedIncident recorded, DateTimeOffset at)
    {
        var told = recorded.Incident.Now;
        return new IncidentReport
        {
            Number = NumberOf(tag, recorded.Number),
            Revision = 1,
            ReportedAt = at,
            OpenedAt = at,
            Exercise = true,
            Status = IncidentStatus.Open,
            TypeAtCall = Line(told.TypeAtCall, IncidentReportLimits.Name) ?? "Not told",
            Category = Line(told.Category, IncidentReportLimits.Name),
            Place = Line(told.Place, IncidentReportLimits.Place),
            Areas = told.Areas,
            StationGround = told.StationGround,
            Pumps = told.Pumps,
        };
    }

    /// <summary>Puts rows on the map, the first call first; those of one moment as the file has them.</summary>
    public static IReadOnlyList<(RecordedIncident Incident, int Line)> InOrder(IReadOnlyList<RecordedRow> rows, IReadOnlyList<int> lines, BrigadeMap map) =>
        [.. RecordedIncidents.FromRows(rows, map).Zip(lines).OrderBy(r => r.First.At)];

    private static string? Line(string? text, int longest)
    {
        var line = StorableText.Clean(string.Concat((text ?? "").Select(c => char.IsControl(c) ? ' ' : c)).Trim(), longest).Trim();
        return line.Length == 0 ? null : line;
    }
}
