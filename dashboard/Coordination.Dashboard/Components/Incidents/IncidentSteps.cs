using Coordination.Dashboard.Components.Kit;
using Coordination.Domain.People;
using Coordination.Storage.Journal;

namespace Coordination.Dashboard.Components.Incidents;

/// <summary>A step of an incident or an exercise.</summary>
/// <param name="Number">Its entry in the journal.</param>
/// <param name="At">When (UTC).</param>
/// <param name="After">How long after the first report.</param>
/// <param name="Words">What happened.</param>
/// <param name="By">Who did it; null for the service itself.</param>
/// <param name="Why">The reason that was given.</param>
public sealed record IncidentStep(long Number, DateTimeOffset At, TimeSpan After, string Words, string? By, string? Why)
{
    /// <summary>The journal's name of it.</summary>
    public string Event { get; init; } = "";
}

/// <summary>An incident step by step, with the time that each took: the report of an exercise, and of the real thing.</summary>
public static class IncidentSteps
{
    /// <summary>The journal's stream of an incident.</summary>
    public static string Stream(string number, bool exercise) => (exercise ? "exercise-file/" : "incident-file/") + number;

    /// <summary>The steps, the first one first.</summary>
    /// <param name="entries">The stream's entries, in any order.</param>
    public static IReadOnlyList<IncidentStep> Of(IReadOnlyCollection<JournalEntry> entries)
    {
        var ordered = entries.OrderBy(e => e.Number).ToArray();
        return
        [
            .. ordered.Select(e => new IncidentStep(
                e.Number, e.At, e.At - ordered[0].At, JournalWords.Of(e.Event), string.Equals(e.ActorRole, Role.System.Id(), StringComparison.Ordinal) ? null : e.ActorName, e.Reason) { Event = e.Event }),
        ];
    }
}
