using System.Text.Json.Serialization;
using Coordination.Dashboard.Incidents.Trials;
using Coordination.Domain.Holds;
using Coordination.Domain.Incidents.Rules;

namespace Coordination.Dashboard.Api;

/// <summary>What rules would have done on recorded incidents.</summary>
/// <param name="Recording">The incidents.</param>
/// <param name="HoldHours">How long each hold was taken to last.</param>
/// <param name="Assumptions">What was taken for granted.</param>
/// <param name="Results">One for each set of rules, in their order.</param>
public sealed record SimulationDto(RecordingDto Recording, int HoldHours, IReadOnlyList<string> Assumptions, IReadOnlyList<SimulatedRulesDto> Results)
{
    /// <summary>Makes one.</summary>
    /// <param name="result">The result.</param>
    /// <param name="reading">What was read of a file; null when there was none.</param>
    public static SimulationDto Of(TrialResult result, RecordedReading? reading) => new(
        RecordingDto.Of(result.Recording, reading), result.HoldHours, TrialWords.Assumptions(result.Recording, result.HoldHours), [.. result.Outcomes.Select(SimulatedRulesDto.Of)]);
}

/// <summary>Recorded incidents.</summary>
/// <param name="Label">What they are: say it wherever the result is shown.</param>
/// <param name="Incidents">How many.</param>
/// <param name="From">When the first was reported.</param>
/// <param name="To">When the last was reported.</param>
/// <param name="Notes">What else there is to know about them.</param>
/// <param name="BadRows">Rows that could not be read and were left out.</param>
/// <param name="Faults">The first of them.</param>
public sealed record RecordingDto(
    string Label,
    int Incidents,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? From,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? To,
    IReadOnlyList<string> Notes,
    int BadRows,
    IReadOnlyList<RegisterFaultDto> Faults)
{
    /// <summary>Makes one.</summary>
    public static RecordingDto Of(TrialRecording recording, RecordedReading? reading) => new(
        recording.Label, recording.Count, recording.From, recording.To, recording.Notes,
        reading?.BadRows ?? 0, [.. (reading?.Faults ?? []).Select(f => new RegisterFaultDto(f.Line, f.Column, f.Words))]);
}

/// <summary>What one set of rules would have done.</summary>
public sealed record SimulatedRulesDto
{
    private const int MostItems = 1_000;

    /// <summary>As they were asked for.</summary>
    public required string Rules { get; init; }

    /// <summary>What people call them.</summary>
    public required string Name { get; init; }

    /// <summary>Incidents that were judged.</summary>
    public required int Judged { get; init; }

    /// <summary>Takeovers at once.</summary>
    public required int AtOnce { get; init; }

    /// <summary>Takeovers that were proposed.</summary>
    public required int Proposed { get; init; }

    /// <summary>Times that people were only told.</summary>
    public required int Notified { get; init; }

    /// <summary>Times that a person was asked.</summary>
    public required int Asked { get; init; }

    /// <summary>The most takeovers that stood together.</summary>
    public required int MostTogether { get; init; }

    /// <summary>When that was first so; left out when there was none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? MostTogetherFrom { get; init; }

    /// <summary>How many accounts were held then.</summary>
    public required int MostTogetherAccounts { get; init; }

    /// <summary>The days, by the wall in London.</summary>
    public required IReadOnlyList<SimulatedDay> Days { get; init; }

    /// <summary>The first 1,000 takeovers, in order of time.</summary>
    public required IReadOnlyList<SimulatedTakeoverDto> Takeovers { get; init; }

    /// <summary>The different things that takeovers cover, and the accounts in them as the register has them now.</summary>
    public required IReadOnlyList<ReachDto> Reaches { get; init; }

    /// <summary>The first 1,000 things that people would have been told or asked, in order of time.</summary>
    public required IReadOnlyList<SimulatedNoteDto> Notes { get; init; }

    /// <summary>What the recording cannot show, in words.</summary>
    public required IReadOnlyList<UnreplayedDto> Unreplayed { get; init; }

    /// <summary>Makes one.</summary>
    public static SimulatedRulesDto Of(TrialOutcome outcome)
    {
        var reaches = outcome.Takeovers.Take(MostItems).Select(t => t.Reach).Distinct<TrialReach>(ReferenceEqualityComparer.Instance).ToList();
        return new SimulatedRulesDto
        {
            Rules = outcome.Rules.Id,
            Name = outcome.Rules.Name,
            Judged = outcome.Result.Judged,
            AtOnce = outcome.Count(RuleMode.AtOnce),
            Proposed = outcome.Count(RuleMode.Propose),
            Notified = outcome.Count(RuleMode.NotifyOnly),
            Asked = outcome.Asked,
            MostTogether = outcome.Result.MostAtOnce,
            MostTogetherFrom = outcome.Result.MostAtOnceFrom,
            MostTogetherAccounts = outcome.MostAccounts,
            Days = outcome.Result.Days,
            Takeovers = [.. outcome.Takeovers.Take(MostItems).Select(t => SimulatedTakeoverDto.Of(t, reaches.IndexOf(t.Reach)))],
            Reaches = [.. reaches.Select(r => new ReachDto(r.Scope, r.Accounts))],
            Notes = [.. outcome.Told.Take(MostItems).Select(n => new SimulatedNoteDto(n.Number, n.At, n.Note.RuleId, n.Note.Kind, n.Note.Words))],
            Unreplayed = [.. outcome.Result.Unreplayed.Select(u => new UnreplayedDto(u.RuleId, u.Facts, u.Wholly, TrialWords.Of(u, outcome)))],
        };
    }
}

/// <summary>A takeover that a rule would have caused.</summary>
/// <param name="Rule">The rule's id.</param>
/// <param name="Incident">The incident's number.</param>
/// <param name="At">When.</param>
/// <param name="Until">Until when it counts as standing.</param>
/// <param name="Mode"><c>at-once</c> or <c>propose</c>.</param>
/// <param name="Areas">The areas in which it covers anything.</param>
/// <param name="Accounts">How many accounts it would hold.</param>
/// <param name="Reach">Which of the reaches it covers, by its place in their list.</param>
public sealed record SimulatedTakeoverDto(string Rule, string Incident, DateTimeOffset At, DateTimeOffset Until, RuleMode Mode, IReadOnlyList<string> Areas, int Accounts, int Reach)
{
    /// <summary>Makes one.</summary>
    public static SimulatedTakeoverDto Of(TrialTakeover takeover, int reach) => new(
        takeover.What.RuleId, takeover.What.Number, takeover.What.At, takeover.What.Until, takeover.What.Mode, takeover.What.Areas, takeover.Reach.Accounts.Count, reach);
}

/// <summary>What takeovers cover.</summary>
/// <param name="Scope">The scope.</param>
/// <param name="Accounts">Keys of the accounts in it.</param>
public sealed record ReachDto(Scope Scope, IReadOnlyList<string> Accounts);

/// <summary>What people would have been told or asked.</summary>
/// <param name="Incident">The incident's number.</param>
/// <param name="At">When.</param>
/// <param name="Rule">The rule's id.</param>
/// <param name="Kind"><c>notify</c> or <c>asks-person</c>.</param>
/// <param name="Words">What.</param>
public sealed record SimulatedNoteDto(string Incident, DateTimeOffset At, string Rule, PlanNoteKind Kind, string Words);

/// <summary>A condition that the recording cannot replay.</summary>
/// <param name="Rule">The rule's id.</param>
/// <param name="Facts">What is never told.</param>
/// <param name="Wholly">Whether the condition was never really asked.</param>
/// <param name="Words">The same for people.</param>
public sealed record UnreplayedDto(string Rule, IReadOnlyList<IncidentFact> Facts, bool Wholly, string Words);
