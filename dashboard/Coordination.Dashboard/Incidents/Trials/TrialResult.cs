using Coordination.Domain;
using Coordination.Domain.Holds;
using Coordination.Domain.Incidents.Rules;

namespace Coordination.Dashboard.Incidents.Trials;

/// <summary>What a scope covers now.</summary>
/// <param name="Scope">The scope.</param>
/// <param name="Accounts">Keys of the accounts, sorted; retired ones are not among them.</param>
public sealed record TrialReach(Scope Scope, IReadOnlyList<string> Accounts);

/// <summary>A takeover that a rule would have caused, and what it would hold today.</summary>
public sealed record TrialTakeover(SimulatedTakeover What, TrialReach Reach);

/// <summary>What one set of rules would have done.</summary>
/// <param name="Rules">The rules.</param>
/// <param name="Result">What they would have done.</param>
/// <param name="Takeovers">The takeovers, in order of time.</param>
/// <param name="MostAccounts">How many accounts were held together when the most takeovers stood together.</param>
public sealed record TrialOutcome(TrialRules Rules, SimulationResult Result, IReadOnlyList<TrialTakeover> Takeovers, int MostAccounts)
{
    /// <summary>How often a person was asked.</summary>
    public int Asked { get; } = Result.Notes.Count(n => n.Note.Kind is PlanNoteKind.AsksPerson);

    /// <summary>What people would have been told or asked.</summary>
    public IReadOnlyList<SimulatedNote> Told { get; } = [.. Result.Notes.Where(n => n.Note.Kind is PlanNoteKind.AsksPerson or PlanNoteKind.Notify)];

    /// <summary>How many takeovers or notices of a mode there were.</summary>
    public int Count(RuleMode mode) => Result.ByMode.GetValueOrDefault(mode);

    /// <summary>A rule by its id.</summary>
    public IncidentRule? Rule(string id) => Rules.Book.Rules.FirstOrDefault(r => string.Equals(r.Id, id, StringComparison.Ordinal));
}

/// <summary>What came of trying rules on a recording.</summary>
/// <param name="Recording">The incidents.</param>
/// <param name="HoldHours">How long each hold was taken to last.</param>
/// <param name="Outcomes">One for each set of rules, in their order.</param>
public sealed record TrialResult(TrialRecording Recording, int HoldHours, IReadOnlyList<TrialOutcome> Outcomes);

/// <summary>A result, or why there is none.</summary>
public sealed record TrialAnswer(TrialResult? Result, Refusal? Refusal);
