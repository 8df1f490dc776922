using Coordination.Domain.Brigade;
using Coordination.Domain.Incidents;
using Coordination.Domain.Incidents.Rules;
using Coordination.Storage.Incidents;

namespace Coordination.Dashboard.Incidents;

/// <summary>Lets the rule book look at an incident, and carries out what it wants. Every step may be repeated: one takeover comes of it.</summary>
public sealed class RuleBookWork(IIncidentFiles files, ITakeoverStore takeovers, TakeoverWork work, TakeoverClock clock, IRuleBooks books, BrigadeMap map, TimeProvider time)
{
    /// <summary>Lets it look.</summary>
    /// <param name="wholes">The incident as it stands, by each part of the news that has to be looked at by itself; at least one, and all of one number.</param>
    /// <param name="before">The incident without the news; null when there was none. What a rule told then is not told again.</param>
    /// <param name="doubts">For each of the wholes why a person decides what a rule would hold; null for no reason.</param>
    /// <param name="carriedOut">Takeovers that this news wanted before its host stopped, and that another host carried out: they are not wanted anew, also if they were lifted since.</param>
    /// <param name="cancellationToken">Gives up waiting; what was sent to the fence stays sent.</param>
    public async Task<RuleBookOutcome> ActAsync(
        IReadOnlyList<Incident> wholes, Incident? before, IReadOnlyList<string?> doubts, IReadOnlyList<Guid> carriedOut, CancellationToken cancellationToken)
    {
        var (number, exercise) = (wholes[0].Number, wholes[0].Exercise);
        var standing = await takeovers.OfAsync(await files.GroupAsync(number, exercise, cancellationToken), exercise, cancellationToken);
        var book = await books.CurrentAsync(cancellationToken);
        List<StandingTakeover> stands = [.. standing.Select(Standing)];
        Takeover[] own = [.. standing.Where(t => carriedOut.Contains(t.Id))];
        bool IsOwn(string rule) => own.Any(t => string.Equals(t.Rule, rule, StringComparison.Ordinal));
        var wanted = new List<Takeover>(own);
        var notes = new List<PlanNote>();
        notes.AddRange(HoldReview.Of(wholes[0], before, book, map, stands, time.GetUtcNow()));
        var told = before is null ? [] : Plan(before, book, stands).Notes;
        foreach (var (whole, doubt) in wholes.Zip(doubts))
        {
            var planning = Plan(whole, book, stands);
            notes.AddRange(planning.Notes);
            notes.AddRange(planning.Plans.Where(p => doubt is not null && !IsOwn(p.Rule.Id)).Select(p => new PlanNote(p.Rule.Id, PlanNoteKind.AsksPerson, $"{p.Reason}: {doubt}")));
            foreach (var plan in planning.Plans.Where(p => doubt is null && !IsOwn(p.Rule.Id)))
            {
                var takeover = await takeovers.ClaimAsync(Wish(whole, book, plan), cancellationToken);
                wanted.Add(takeover);
                stands.Add(Standing(takeover));
            }
        }

        // One that another message wanted, and whose host stopped before its hold stood, is this message's business too.
        wanted.AddRange(standing.Where(t => t.State == TakeoverState.Running));
        var now = await Task.WhenAll(wanted.DistinctBy(t => t.Id).Select(t => t.State == TakeoverState.Running ? work.RunAsync(t, cancellationToken) : Task.FromResult(t)));
        clock.Knock();

        // What a rule has to tell is told with the report that brought it about, not with each that follows.
        return new RuleBookOutcome(standing, now, [.. notes.Distinct().Where(n => !IsTold(n, told) && !IsOwn(n.RuleId))], notes.Count > 0);
    }

    /// <summary>What rules make of an incident now.</summary>
    public TakeoverPlanning Plan(Incident incident, RuleBook book, IReadOnlyList<StandingTakeover> standing) => RuleBookPlanner.Plan(
        incident, book, map, standing, time.GetUtcNow(), incident.Reports.Select(r => r.Source).ToHashSet(StringComparer.Ordinal));

    /// <summary>A takeover as the rules look at it.</summary>
    public static StandingTakeover Standing(Takeover t) =>
        new(t.Rule, t.Kind, t.Scope, t.State, t.MadeAt, t.LiftedAt ?? (t.State is TakeoverState.Vetoed or TakeoverState.Ended or TakeoverState.Refused ? t.StateAt : null));

    private static bool IsTold(PlanNote note, IReadOnlyList<PlanNote> told) => note.Kind is PlanNoteKind.AsksPerson or PlanNoteKind.Notify
        && told.Any(t => t.Kind == note.Kind && string.Equals(t.RuleId, note.RuleId, StringComparison.Ordinal)
            && (note.Kind == PlanNoteKind.Notify || string.Equals(t.Words, note.Words, StringComparison.Ordinal)));

    private static NewTakeover Wish(Incident incident, RuleBook book, TakeoverPlan plan) => new(
        Guid.CreateVersion7(),
        incident.Number,
        incident.Exercise,
        plan.Rule.Id,
        book.Version,
        plan.Rule.When.Words(),
        plan.Mode == RuleMode.Propose ? plan.Rule.Then.VetoSeconds : null,
        plan.Rule.Then.Kind,
        plan.Scope,
        plan.Rule.Then.NamedPosters,
        plan.Rule.Then.HoldingStatement,
        plan.Reason);
}
