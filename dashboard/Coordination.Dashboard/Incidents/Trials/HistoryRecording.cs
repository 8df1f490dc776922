using Coordination.Domain.Incidents;
using Coordination.Domain.Incidents.Rules;
using Coordination.Storage.Incidents;

namespace Coordination.Dashboard.Incidents.Trials;

/// <summary>Makes a recording of the real incidents on file: each as it was after each report, so that rules see what they would have seen. Exercises are never among them.</summary>
public sealed class HistoryRecording(IIncidentFiles files, TimeProvider time)
{
    /// <summary>The longest time back, in days.</summary>
    public const int MostDays = 366;

    /// <summary>Most incidents; those that changed last are taken.</summary>
    public const int MostIncidents = 10_000;

    private const int PageSize = 200;

    /// <summary>Reads what was reported in the last days.</summary>
    public async Task<TrialRecording> ReadAsync(int days, CancellationToken cancellationToken)
    {
        var since = time.GetUtcNow().AddDays(-days);
        var found = new List<RecordedIncident>();
        var (count, over, more, cursor) = (0, false, false, (string?)null);
        do
        {
            var page = await files.ListAsync(exercise: false, PageSize, cursor, cancellationToken);
            foreach (var row in page.Items.TakeWhile(r => !(over = r.ChangedAt < since)))
            {
                more = ++count > MostIncidents;
                if (more)
                {
                    break;
                }

                found.AddRange(Told(row.Incident, since));
            }

            cursor = page.Next;
        }
        while (cursor is not null && !over && !more);

        var label = FormattableString.Invariant($"The service’s own incidents of the last {(days == 1 ? "day" : $"{days} days")}");
        return new TrialRecording(label, FromFile: false, found, more ? [FormattableString.Invariant($"Only the {MostIncidents:#,0} incidents that changed last are in it.")] : []);
    }

    private static IEnumerable<RecordedIncident> Told(Incident incident, DateTimeOffset since)
    {
        FiledReport[] asTheyCame = [.. incident.Reports.OrderBy(r => r.FiledAt)];
        return Enumerable.Range(1, asTheyCame.Length)
            .Where(n => asTheyCame[n - 1].FiledAt >= since)
            .Select(n => new RecordedIncident(incident.Number, asTheyCame[n - 1].FiledAt, Incident.Of(asTheyCame[..n])));
    }
}
