using Coordination.Domain.Brigade;
using Coordination.Domain.Holds;
using Coordination.Domain.Schedule;

namespace Coordination.Domain.Incidents.Rules;

/// <summary>Tries a rule book on a recording, before it stands. Pure.</summary>
/// <remarks>An incident may be in the recording several times, as it was after each of its reports: it counts once, and is told of once.</remarks>
public static class RuleSimulation
{
    private static readonly TimeZoneInfo London = WallClock.TryFindZone(WallClock.London, out var zone) ? zone : TimeZoneInfo.Utc;

    /// <summary>Replays a recording.</summary>
    /// <param name="book">The rules, checked by <see cref="RuleBookCheck"/>.</param>
    /// <param name="recording">The incidents, in any order.</param>
    /// <param name="map">Areas and stations.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellationToken">Gives up between two incidents.</param>
    public static SimulationResult Run(
        RuleBook book, IReadOnlyList<RecordedIncident> recording, BrigadeMap map, SimulationOptions options, CancellationToken cancellationToken = default)
    {
        var takeovers = new List<SimulatedTakeover>();
        var notes = new List<SimulatedNote>();
        var byNumber = new Dictionary<string, List<StandingTakeover>>(StringComparer.Ordinal);
        var links = new RecordedLinks();
        var known = new HashSet<IncidentFact>();
        var told = new HashSet<(string, string, PlanNoteKind, string)>();
        RecordedIncident[] inOrder = [.. recording.OrderBy(i => i.At).ThenBy(i => i.Number, StringComparer.Ordinal)];
        foreach (var recorded in inOrder)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var sources = recorded.Incident.Reports.Select(r => r.Source).ToHashSet(StringComparer.Ordinal);
            var facts = new IncidentFacts(recorded.Incident, IncidentPlace.Of(recorded.Incident.Now, map), sources, recorded.At);
            known.UnionWith(Enum.GetValues<IncidentFact>().Where(facts.Knows));
            links.Add(recorded.Incident);
            StandingTakeover[] ofTheGroup = [.. links.GroupOf(recorded.Number).SelectMany(n => byNumber.GetValueOrDefault(n, [])).Select(t => Aged(t, recorded.At, options))];
            var planning = RuleBookPlanner.Plan(recorded.Incident, book, map, ofTheGroup, recorded.At, sources);
            notes.AddRange(planning.Notes.Where(n => told.Add(Telling(recorded.Number, n))).Select(n => new SimulatedNote(recorded.Number, recorded.At, n)));
            foreach (var plan in planning.Plans)
            {
                takeovers.Add(new SimulatedTakeover(
                    plan.Rule.Id, recorded.Number, recorded.At, recorded.At.AddHours(options.HoldHours), plan.Scope, AreasOf(plan.Scope, map), plan.Mode));
                var standing = new StandingTakeover(plan.Rule.Id, plan.Rule.Then.Kind, plan.Scope, TakeoverState.Placed, recorded.At, EndedAt: null);
                byNumber[recorded.Number] = [.. byNumber.GetValueOrDefault(recorded.Number, []), standing];
            }
        }

        var (most, from) = MostTogether(takeovers);
        return new SimulationResult(
            Numbers(inOrder), takeovers, notes, Count(takeovers, notes), most, from, Days(inOrder, takeovers, notes), Unreplayed(book, known));
    }

    private static StandingTakeover Aged(StandingTakeover takeover, DateTimeOffset now, SimulationOptions options)
    {
        var until = takeover.At.AddHours(options.HoldHours);
        return until <= now ? takeover with { State = TakeoverState.Ended, EndedAt = until } : takeover;
    }

    private static IReadOnlyList<string> AreasOf(Scope scope, BrigadeMap map) => scope switch
    {
        { Areas: { Count: > 0 } areas } => [.. areas.Order(StringComparer.Ordinal)],
        { Stations: { Count: > 0 } stations } =>
            [.. map.Stations.Where(s => stations.Contains(s.Id, StringComparer.Ordinal)).Select(s => s.AreaId).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
        _ => [.. map.Areas.Select(a => a.Id).Order(StringComparer.Ordinal)],
    };

    private static Dictionary<RuleMode, int> Count(List<SimulatedTakeover> takeovers, List<SimulatedNote> notes) => new()
    {
        [RuleMode.AtOnce] = takeovers.Count(t => t.Mode is RuleMode.AtOnce),
        [RuleMode.Propose] = takeovers.Count(t => t.Mode is RuleMode.Propose),
        [RuleMode.NotifyOnly] = notes.Count(n => n.Note.Kind is PlanNoteKind.Notify),
    };

    private static int Numbers(IEnumerable<RecordedIncident> recording) => recording.Select(i => i.Number).Distinct(StringComparer.Ordinal).Count();

    // The same thing in other words is told again, but for what only tells.
    private static (string Number, string RuleId, PlanNoteKind Kind, string Words) Telling(string number, PlanNote note) =>
        (number, note.RuleId, note.Kind, note.Kind is PlanNoteKind.Notify ? "" : note.Words);

    // The number that stand together only grows where one begins. They are in order of time and last equally long, so they end in that order too.
    private static (int Most, DateTimeOffset? From) MostTogether(List<SimulatedTakeover> takeovers)
    {
        var (most, from, ended) = (0, (DateTimeOffset?)null, 0);
        for (var i = 0; i < takeovers.Count; i++)
        {
            while (ended <= i && takeovers[ended].Until <= takeovers[i].At)
            {
                ended++;
            }

            if (i - ended + 1 > most)
            {
                (most, from) = (i - ended + 1, takeovers[i].At);
            }
        }

        return (most, from);
    }

    private static SimulatedDay[] Days(RecordedIncident[] recording, List<SimulatedTakeover> takeovers, List<SimulatedNote> notes)
    {
        var takeoversOf = takeovers.ToLookup(t => DayOf(t.At));
        var notesOf = notes.ToLookup(n => DayOf(n.At));
        return
        [
            .. recording.GroupBy(i => DayOf(i.At)).OrderBy(g => g.Key).Select(g => new SimulatedDay(
                g.Key,
                Numbers(g),
                takeoversOf[g.Key].Count(t => t.Mode is RuleMode.AtOnce),
                takeoversOf[g.Key].Count(t => t.Mode is RuleMode.Propose),
                notesOf[g.Key].Count(n => n.Note.Kind is PlanNoteKind.Notify),
                notesOf[g.Key].Count(n => n.Note.Kind is PlanNoteKind.AsksPerson))),
        ];
    }

    // Whether something is known is answered by any recording.
    private static UnreplayedCondition[] Unreplayed(RuleBook book, HashSet<IncidentFact> known) =>
    [
        .. from rule in book.InOrder
           from leaf in rule.When.Leaves()
           where leaf is not IsKnown
           let never = leaf.Needs().Where(f => !known.Contains(f)).ToArray()
           where never.Length > 0
           select new UnreplayedCondition(rule.Id, leaf.Words(), never, never.Length == leaf.Needs().Count),
    ];

    private static DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, London).DateTime);
}
