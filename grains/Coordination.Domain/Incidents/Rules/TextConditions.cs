using System.Text.Json.Serialization;

namespace Coordination.Domain.Incidents.Rules;

/// <summary>The type at call or the type at stop has one of the words.</summary>
/// <param name="Any">Words or phrases, looked for as wholes, in any case.</param>
/// <remarks>Before the stop there is no type at stop, and nothing is missing; after it a type that was not told is not known.</remarks>
public sealed record TypeSays([property: JsonPropertyName("words")] IReadOnlyList<string> Any) : Condition
{
    /// <inheritdoc/>
    public override bool? IsTrueOf(IncidentFacts facts) => Judge(facts.Report, Any);

    /// <inheritdoc/>
    public override string Words() => $"the type says {Phrases.OneOf(Any)}";

    /// <inheritdoc/>
    public override IReadOnlySet<IncidentFact> Needs() => Only(IncidentFact.TypeAtCall, IncidentFact.TypeAtStop);

    internal static bool? Judge(IncidentReport report, IReadOnlyList<string> words)
    {
        if (WholeWords.Any(report.TypeAtCall, words) || WholeWords.Any(report.TypeAtStop, words))
        {
            return true;
        }

        return report.TypeAtStop is null && report.Status is not IncidentStatus.Open ? null : false;
    }
}

/// <summary>The headline, the place or the type has one of the words.</summary>
/// <param name="Any">Words or phrases, looked for as wholes, in any case.</param>
public sealed record KeywordsIn([property: JsonPropertyName("words")] IReadOnlyList<string> Any) : Condition
{
    /// <inheritdoc/>
    public override bool? IsTrueOf(IncidentFacts facts) =>
        Judge(facts.Report.Headline, Any) | Judge(facts.Report.Place, Any) | TypeSays.Judge(facts.Report, Any);

    /// <inheritdoc/>
    public override string Words() => $"the headline, place or type says {Phrases.OneOf(Any)}";

    /// <inheritdoc/>
    public override IReadOnlySet<IncidentFact> Needs() => Only(IncidentFact.Headline, IncidentFact.Place, IncidentFact.TypeAtCall, IncidentFact.TypeAtStop);

    private static bool? Judge(string? text, IReadOnlyList<string> words) => text is null ? null : WholeWords.Any(text, words);
}

/// <summary>The category is one of these.</summary>
public sealed record CategoryIs(IReadOnlyList<string> Values) : Condition
{
    /// <inheritdoc/>
    public override bool? IsTrueOf(IncidentFacts facts) => IsOneOf(facts.Report.Category, Values);

    /// <inheritdoc/>
    public override string Words() => $"the category is {Phrases.OneOf(Values)}";

    /// <inheritdoc/>
    public override IReadOnlySet<IncidentFact> Needs() => Only(IncidentFact.Category);

    internal static bool? IsOneOf(string? value, IReadOnlyList<string> values) =>
        value is null ? null : values.Any(v => string.Equals(v.Trim(), value.Trim(), StringComparison.OrdinalIgnoreCase));
}

/// <summary>The mobilising system's priority is one of these.</summary>
public sealed record PriorityIs(IReadOnlyList<string> Values) : Condition
{
    /// <inheritdoc/>
    public override bool? IsTrueOf(IncidentFacts facts) => CategoryIs.IsOneOf(facts.Report.Priority, Values);

    /// <inheritdoc/>
    public override string Words() => $"the priority is {Phrases.OneOf(Values)}";

    /// <inheritdoc/>
    public override IReadOnlySet<IncidentFact> Needs() => Only(IncidentFact.Priority);
}
