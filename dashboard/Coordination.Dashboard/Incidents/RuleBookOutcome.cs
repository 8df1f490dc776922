using System.Globalization;
using Coordination.Domain.Holds;
using Coordination.Domain.Incidents.Rules;
using Coordination.Storage.Incidents;

namespace Coordination.Dashboard.Incidents;

/// <summary>What came of the rule book's look at an incident.</summary>
/// <param name="Before">The takeovers there were, of all incidents that belong together.</param>
/// <param name="Wanted">What rules wanted because of the news, and where it is.</param>
/// <param name="News">What else they have to say that was not said before.</param>
/// <param name="Known">Whether any rule had something to say.</param>
public sealed record RuleBookOutcome(IReadOnlyList<Takeover> Before, IReadOnlyList<Takeover> Wanted, IReadOnlyList<PlanNote> News, bool Known)
{
    /// <summary>A takeover of which it is not known yet whether its hold took; null when there is none.</summary>
    public Takeover? Open => Wanted.FirstOrDefault(t => t.State == TakeoverState.Running);

    /// <summary>The first hold that stands because of the news; null for none.</summary>
    public Takeover? Placed => Wanted.FirstOrDefault(t => t.State == TakeoverState.Placed);

    /// <summary>The decision (<see cref="IncidentDecisions"/>), and why, for a person.</summary>
    public (string Decision, string Reason) Judge()
    {
        var asks = News.Any(n => n.Kind is PlanNoteKind.AsksPerson or PlanNoteKind.Notify) || Wanted.Any(t => t.State == TakeoverState.Refused);
        var words = Wanted.Select(Words).Concat(News.Select(n => n.Words)).ToArray();
        return (Wanted, asks) switch
        {
            _ when Placed is not null => (IncidentDecisions.Hold, Join(words)),
            _ when Wanted.Any(t => t.State == TakeoverState.Pending) => (IncidentDecisions.Proposed, Join(words)),
            _ when Wanted.Any(t => t.State == TakeoverState.Shadow) => (IncidentDecisions.Shadow, Join(words)),
            (_, true) => (IncidentDecisions.Ask, Join(words)),
            _ when words.Length > 0 => (IncidentDecisions.Ignored, Join(words)),
            _ => (IncidentDecisions.Ignored, Known ? "The rules have nothing new to say of it." : "No rule is about it as it stands."),
        };
    }

    private static string Words(Takeover takeover) => takeover.State switch
    {
        TakeoverState.Placed => takeover.Reason,
        TakeoverState.Pending => string.Create(CultureInfo.InvariantCulture, $"{takeover.Reason}: proposed, with {(takeover.DueAt - takeover.MadeAt).TotalSeconds:0} s to object"),
        TakeoverState.Shadow => $"{takeover.Reason}: an exercise, so only a shadow hold stands",
        TakeoverState.Refused => $"{takeover.Reason}: a rule asks for a hold, and it was refused. {takeover.Note} A person has to decide",
        _ => takeover.Reason,
    };

    private static string Join(IEnumerable<string> words) => HoldDecider.Shorten(string.Join(". ", words.Select(w => w.TrimEnd('.'))));
}
