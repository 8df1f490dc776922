using Coordination.Domain.Holds;

namespace Coordination.Domain.Incidents.Rules;

/// <summary>How a recording is replayed.</summary>
/// <param name="HoldHours">How long each takeover stands: a recording does not tell when Comms would have lifted it.</param>
public sealed record SimulationOptions(int HoldHours = 4);

/// <summary>A takeover that a rule would have caused. A proposal counts as one that nobody vetoes.</summary>
/// <param name="RuleId">The rule.</param>
/// <param name="Number">The incident.</param>
/// <param name="At">When (UTC).</param>
/// <param name="Until">Until when it counts as standing (UTC).</param>
/// <param name="Scope">What it would have covered.</param>
/// <param name="Areas">The areas in which it covers anything: their ids, sorted.</param>
/// <param name="Mode">At once or proposed.</param>
public sealed record SimulatedTakeover(string RuleId, string Number, DateTimeOffset At, DateTimeOffset Until, Scope Scope, IReadOnlyList<string> Areas, RuleMode Mode);

/// <summary>What people would have been told or asked.</summary>
/// <param name="Number">The incident.</param>
/// <param name="At">When (UTC).</param>
/// <param name="Note">What.</param>
public sealed record SimulatedNote(string Number, DateTimeOffset At, PlanNote Note);

/// <summary>One day of a replay, by the wall in London.</summary>
/// <param name="Day">The day.</param>
/// <param name="Incidents">Incidents that were judged.</param>
/// <param name="AtOnce">Takeovers at once.</param>
/// <param name="Proposed">Takeovers that were proposed.</param>
/// <param name="Notified">Times that people were only told.</param>
/// <param name="Asked">Times that a person was asked.</param>
public sealed record SimulatedDay(DateOnly Day, int Incidents, int AtOnce, int Proposed, int Notified, int Asked);

/// <summary>A condition of the book that a recording cannot replay, because it never holds what the condition looks at.</summary>
/// <param name="RuleId">The rule it is a part of.</param>
/// <param name="Words">The condition in words.</param>
/// <param name="Facts">What the recording never holds.</param>
/// <param name="Wholly">Whether it holds nothing at all of what the condition looks at, so that the condition was never really asked.</param>
public sealed record UnreplayedCondition(string RuleId, string Words, IReadOnlyList<IncidentFact> Facts, bool Wholly);

/// <summary>What a rule book would have done.</summary>
/// <param name="Judged">Incidents that were judged.</param>
/// <param name="Takeovers">The takeovers, in order of time.</param>
/// <param name="Notes">What people would have been told or asked, in order of time.</param>
/// <param name="ByMode">How many takeovers of each mode; of <see cref="RuleMode.NotifyOnly"/> how many notices.</param>
/// <param name="MostAtOnce">The most takeovers that stood together.</param>
/// <param name="MostAtOnceFrom">When that was first so (UTC); null when there was none.</param>
/// <param name="Days">The days, in order.</param>
/// <param name="Unreplayed">What the recording cannot show, by the rules' order.</param>
public sealed record SimulationResult(
    int Judged,
    IReadOnlyList<SimulatedTakeover> Takeovers,
    IReadOnlyList<SimulatedNote> Notes,
    IReadOnlyDictionary<RuleMode, int> ByMode,
    int MostAtOnce,
    DateTimeOffset? MostAtOnceFrom,
    IReadOnlyList<SimulatedDay> Days,
    IReadOnlyList<UnreplayedCondition> Unreplayed);
