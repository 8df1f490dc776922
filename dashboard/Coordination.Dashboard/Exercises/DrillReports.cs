using Coordination.Dashboard.Components.Incidents;
using Coordination.Storage.Exercises;
using Coordination.Storage.Incidents;
using Coordination.Storage.Journal;

namespace Coordination.Dashboard.Exercises;

/// <summary>Reads the reports of drills.</summary>
public sealed class DrillReports(IIncidentFiles files, ITakeoverStore takeovers, IExerciseLines lines, IJournalReader journal)
{
    /// <summary>Most steps that a report shows, the latest ones.</summary>
    public const int MostSteps = 200;

    /// <summary>Reads one.</summary>
    /// <param name="number">The exercise's number.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>Null when there is no such exercise.</returns>
    public async Task<DrillReport?> FindAsync(string number, CancellationToken cancellationToken)
    {
        if (await files.FindAsync(number, exercise: true, cancellationToken) is null)
        {
            return null;
        }

        var wanted = (await takeovers.OfAsync([number], exercise: true, cancellationToken)).ToArray();
        var said = await lines.OfAsync([.. wanted.Select(t => t.Id)], cancellationToken);
        var steps = IncidentSteps.Of((await journal.ReadAsync(IncidentSteps.Stream(number, exercise: true), MostSteps, null, cancellationToken)).Items);
        return DrillReport.Of(steps, wanted, said);
    }
}
