using System.Text.Json.Serialization;
using Coordination.Domain.Holds;

namespace Coordination.Domain.Incidents.Rules;

/// <summary>What the rules make of an incident: what to hold, and what people should know. It never lifts anything.</summary>
/// <param name="Plans">Takeovers to start, by the rules' order.</param>
/// <param name="Notes">What else there is to say, by the rules' order. The same state gives the same notes again: whoever tells people tells each once.</param>
public sealed record TakeoverPlanning(IReadOnlyList<TakeoverPlan> Plans, IReadOnlyList<PlanNote> Notes);

/// <summary>A takeover to start.</summary>
/// <param name="Rule">The rule that causes it.</param>
/// <param name="Scope">What it covers: local accounts that are not covered yet.</param>
/// <param name="Mode">At once, or after the time for a veto.</param>
/// <param name="Reason">The hold's reason: <c>rule 3: a declared major incident (Fire at an industrial unit, incident 1234)</c>.</param>
public sealed record TakeoverPlan(IncidentRule Rule, Scope Scope, RuleMode Mode, string Reason);

/// <summary>What there is to say of a rule.</summary>
/// <param name="RuleId">The rule.</param>
/// <param name="Kind">What sort of thing it is.</param>
/// <param name="Words">The same for people.</param>
public sealed record PlanNote(string RuleId, PlanNoteKind Kind, string Words);

/// <summary>The sorts of notes.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PlanNoteKind>))]
public enum PlanNoteKind
{
    /// <summary>A person has to decide: the place or the facts are not clear.</summary>
    [JsonStringEnumMemberName("asks-person")]
    AsksPerson,

    /// <summary>What it would hold is held, or about to be.</summary>
    [JsonStringEnumMemberName("already-held")]
    AlreadyHeld,

    /// <summary>A person said no, or lifted it, a short time ago.</summary>
    [JsonStringEnumMemberName("cooling-down")]
    CoolingDown,

    /// <summary>The rule only tells.</summary>
    [JsonStringEnumMemberName("notify")]
    Notify,
}
