using System.Text;
using Coordination.Dashboard.Incidents.Trials;
using Coordination.Domain.Brigade;
using Coordination.Domain.Incidents.Replays;
using Coordination.Domain.Incidents.Reports;
using Coordination.Storage.Incidents;

namespace Coordination.Dashboard.Incidents.Replays;

/// <summary>What somebody wants replayed.</summary>
/// <param name="File">The file as it came.</param>
/// <param name="FileName">What it is called.</param>
/// <param name="Reading">What was read of it.</param>
/// <param name="Speed">Seconds of the recording in one second.</param>
public sealed record ReplayWish(ReadOnlyMemory<byte> File, string FileName, RecordedReading.Accepted Reading, int Speed);

/// <summary>Makes the reports of a replay: all of them, before the first is sent.</summary>
public static class ReplayMaking
{
    /// <summary>Makes them.</summary>
    /// <param name="run">The replay's id: its numbers follow from it.</param>
    /// <param name="wish">What is wanted.</param>
    /// <param name="map">The brigade's map.</param>
    /// <param name="now">When it starts (UTC).</param>
    /// <returns>A replay; without any report when no row makes one.</returns>
    public static NewReplay Make(Guid run, ReplayWish wish, BrigadeMap map, DateTimeOffset now)
    {
        var (tag, reading) = (ReplayReports.TagOf(run), wish.Reading);
        var rows = ReplayReports.InOrder(reading.Rows, reading.Lines, map);
        var offsets = ReplayPlan.Offsets([.. rows.Select(r => r.Incident.At)], wish.Speed);
        var reports = new List<NewReplayReport>(rows.Count);
        var faults = reading.Faults.Select(f => new ReplayFault(f.Line, f.Column, f.Words)).ToList();
        var bad = reading.BadRows;
        foreach (var ((incident, line), due) in rows.Zip(offsets))
        {
            // What the form of a report refuses would come to nothing but a message that waits for a person.
            var report = IncidentReportJson.Write(ReplayReports.Of(tag, incident, now + due));
            if (IncidentReportReader.Read(Encoding.UTF8.GetBytes(report)) is IncidentReportReading.Refused { Faults: [var fault, ..] })
            {
                bad++;
                faults.Add(new ReplayFault(line, null, FormattableString.Invariant($"line {line}: {fault.Path} {fault.What}")));
            }
            else
            {
                reports.Add(new NewReplayReport(line, due, report));
            }
        }

        return new NewReplay(
            run, wish.File, wish.FileName, TrialRecording.Of(reading, map).Label, reading.Map.Columns, wish.Speed, bad, [.. faults.OrderBy(f => f.Line).Take(RecordedCsv.ShownFaults)],
            rows[0].Incident.At, rows[^1].Incident.At, reports);
    }
}
