namespace Coordination.Domain.Incidents.Rules;

/// <summary>True when all are.</summary>
public sealed record AllOf(IReadOnlyList<Condition> Of) : Condition
{
    internal override IReadOnlyList<Condition> Parts => Of;

    /// <inheritdoc/>
    public override bool? IsTrueOf(IncidentFacts facts) => Of.Aggregate((bool?)true, (sofar, part) => sofar & part.IsTrueOf(facts));

    /// <inheritdoc/>
    public override string Words() => Of.Count == 0 ? "anything" : string.Join(" and ", Of.Select(Phrases.Grouped));
}

/// <summary>True when at least one is.</summary>
public sealed record AnyOf(IReadOnlyList<Condition> Of) : Condition
{
    internal override IReadOnlyList<Condition> Parts => Of;

    /// <inheritdoc/>
    public override bool? IsTrueOf(IncidentFacts facts) => Of.Aggregate((bool?)false, (sofar, part) => sofar | part.IsTrueOf(facts));

    /// <inheritdoc/>
    public override string Words() => Of.Count == 0 ? "nothing" : string.Join(" or ", Of.Select(Phrases.Grouped));
}

/// <summary>True when the other is false; of what is not known the contrary is not known either.</summary>
public sealed record NotOf(Condition Of) : Condition
{
    internal override IReadOnlyList<Condition> Parts => [Of];

    /// <inheritdoc/>
    public override bool? IsTrueOf(IncidentFacts facts) => !Of.IsTrueOf(facts);

    /// <inheritdoc/>
    public override string Words() => $"not ({Of.Words()})";
}

/// <summary>True when a fact is known, false when it is not: it lets a rule say what counts while nothing is told.</summary>
public sealed record IsKnown(IncidentFact Fact) : Condition
{
    /// <inheritdoc/>
    public override bool? IsTrueOf(IncidentFacts facts) => facts.Knows(Fact);

    /// <inheritdoc/>
    public override string Words() => $"{Fact.Words()} is known";

    /// <inheritdoc/>
    public override IReadOnlySet<IncidentFact> Needs() => Only(Fact);
}
