namespace Coordination.Domain.Incidents.Rules;

/// <summary>The alert's severity is one of these.</summary>
/// <param name="Values">CAP's own words, in any case: <c>extreme</c>.</param>
public sealed record SeverityIs(IReadOnlyList<string> Values) : Condition
{
    /// <inheritdoc/>
    public override bool? IsTrueOf(IncidentFacts facts) => Judge(facts.Alert?.Severity.ToString(), Values);

    /// <inheritdoc/>
    public override string Words() => $"the alert's severity is {Phrases.Listed(Values, "or")}";

    /// <inheritdoc/>
    public override IReadOnlySet<IncidentFact> Needs() => Only(IncidentFact.Alert);

    // CAP writes "Unknown" where the sender does not know.
    internal static bool? Judge(string? level, IReadOnlyList<string> values) =>
        level is null or "Unknown" ? null : values.Contains(level, StringComparer.OrdinalIgnoreCase);
}

/// <summary>The alert's urgency is one of these.</summary>
/// <param name="Values">CAP's own words, in any case: <c>immediate</c>.</param>
public sealed record UrgencyIs(IReadOnlyList<string> Values) : Condition
{
    /// <inheritdoc/>
    public override bool? IsTrueOf(IncidentFacts facts) => SeverityIs.Judge(facts.Alert?.Urgency.ToString(), Values);

    /// <inheritdoc/>
    public override string Words() => $"the alert's urgency is {Phrases.Listed(Values, "or")}";

    /// <inheritdoc/>
    public override IReadOnlySet<IncidentFact> Needs() => Only(IncidentFact.Alert);
}

/// <summary>The alert's certainty is one of these.</summary>
/// <param name="Values">CAP's own words, in any case: <c>observed</c>.</param>
public sealed record CertaintyIs(IReadOnlyList<string> Values) : Condition
{
    /// <inheritdoc/>
    public override bool? IsTrueOf(IncidentFacts facts) => SeverityIs.Judge(facts.Alert?.Certainty.ToString(), Values);

    /// <inheritdoc/>
    public override string Words() => $"the alert's certainty is {Phrases.Listed(Values, "or")}";

    /// <inheritdoc/>
    public override IReadOnlySet<IncidentFact> Needs() => Only(IncidentFact.Alert);
}
