using Coordination.Dashboard.Components.Incidents;
using Coordination.Domain.Incidents.Rules;
using Coordination.Storage.Exercises;
using Coordination.Storage.Incidents;

namespace Coordination.Dashboard.Exercises;

/// <summary>One step of a drill, and how long it took.</summary>
/// <param name="Id">What programs call it.</param>
/// <param name="Words">What it is, for people.</param>
/// <param name="From">When it began (UTC); null when what it begins with has not happened.</param>
/// <param name="To">When it was done (UTC); null while it is not.</param>
public sealed record DrillTime(string Id, string Words, DateTimeOffset? From, DateTimeOffset? To)
{
    /// <summary>How long it took; null while it is not known.</summary>
    public TimeSpan? Took => To - From;
}

/// <summary>What a drill is reported as: every step with its time, the lines with their stand-ins, and how long each step took.</summary>
/// <param name="BeganAt">When the first report came (UTC).</param>
/// <param name="EndedAt">When the last shadow hold was ended (UTC); null while something of the drill is open, or when no rule wanted anything.</param>
/// <param name="Steps">Every step, the first one first.</param>
/// <param name="Lines">The lines of its shadows.</param>
/// <param name="Times">Times for each step.</param>
public sealed record DrillReport(DateTimeOffset? BeganAt, DateTimeOffset? EndedAt, IReadOnlyList<IncidentStep> Steps, IReadOnlyList<ExerciseLine> Lines, IReadOnlyList<DrillTime> Times)
{
    /// <summary>Makes it.</summary>
    /// <param name="steps">The steps by the exercise's journal.</param>
    /// <param name="takeovers">What rules wanted of it.</param>
    /// <param name="lines">The lines of its shadows.</param>
    public static DrillReport Of(IReadOnlyList<IncidentStep> steps, IReadOnlyCollection<Takeover> takeovers, IReadOnlyList<ExerciseLine> lines)
    {
        var began = First(steps, "incident-reported");
        var shadow = First(steps, "shadow-placed");
        var written = lines.Select(l => (DateTimeOffset?)l.WrittenAt).Min();
        var firstOut = lines.Min(l => l.FirstOut);
        var lastOut = lines.Count > 0 && lines.All(l => l.LastOut is not null) ? lines.Max(l => l.LastOut) : null;
        var over = takeovers.Count > 0 && takeovers.All(t => t.State is TakeoverState.Ended or TakeoverState.Vetoed);
        var ended = over ? takeovers.Max(t => (DateTimeOffset?)t.StateAt) : null;
        return new DrillReport(began, ended, steps, lines,
        [
            new("reported-to-shadow", "Report to shadow hold", began, shadow),
            new("shadow-to-line", "Shadow hold to the line written", shadow, written),
            new("line-to-first-out", "Line written to the first stand-in out", written, firstOut),
            new("first-to-last-out", "First to last stand-in out", firstOut, lastOut),
            new("last-out-to-ended", "Last stand-in out to the drill’s end", lastOut, ended),
            new("whole", "The whole drill", began, ended),
        ]);
    }

    private static DateTimeOffset? First(IReadOnlyList<IncidentStep> steps, string name) =>
        steps.FirstOrDefault(s => string.Equals(s.Event, name, StringComparison.Ordinal))?.At;
}
