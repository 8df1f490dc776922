using System.Text.Json.Serialization;

namespace Coordination.Domain.Incidents.Rules;

/// <summary>Something that is true, false or not known of an incident. Data: people write it, and it is stored.</summary>
/// <remarks>
/// The logic is Kleene's: what is not known stays so unless the rest decides alone. Only what is true acts. The kinds' names are stored and never
/// change. A condition that came from outside may hold anything, nulls too: <see cref="RuleBookCheck"/> comes first.
/// </remarks>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(AllOf), "all")]
[JsonDerivedType(typeof(AnyOf), "any")]
[JsonDerivedType(typeof(NotOf), "not")]
[JsonDerivedType(typeof(IsKnown), "known")]
[JsonDerivedType(typeof(TypeSays), "type")]
[JsonDerivedType(typeof(CategoryIs), "category")]
[JsonDerivedType(typeof(PriorityIs), "priority")]
[JsonDerivedType(typeof(KeywordsIn), "keywords")]
[JsonDerivedType(typeof(PumpsAtLeast), "pumps")]
[JsonDerivedType(typeof(MajorDeclared), "major-declared")]
[JsonDerivedType(typeof(CasualtiesAtLeast), "casualties")]
[JsonDerivedType(typeof(InArea), "in-area")]
[JsonDerivedType(typeof(WithinKm), "within")]
[JsonDerivedType(typeof(OnStationGround), "station-ground")]
[JsonDerivedType(typeof(IsOverTheBorder), "over-the-border")]
[JsonDerivedType(typeof(FromSource), "source")]
[JsonDerivedType(typeof(AtTimeOfDay), "time-of-day")]
[JsonDerivedType(typeof(SeverityIs), "severity")]
[JsonDerivedType(typeof(UrgencyIs), "urgency")]
[JsonDerivedType(typeof(CertaintyIs), "certainty")]
public abstract record Condition
{
    private protected Condition()
    {
    }

    /// <summary>The conditions that it is made of; none when it looks at the facts itself.</summary>
    internal virtual IReadOnlyList<Condition> Parts => [];

    /// <summary>Whether it is true.</summary>
    /// <returns>Null when that is not known.</returns>
    public abstract bool? IsTrueOf(IncidentFacts facts);

    /// <summary>The condition as people read it: <c>10 pumps or more</c>.</summary>
    public abstract string Words();

    /// <summary>The facts that it looks at.</summary>
    public virtual IReadOnlySet<IncidentFact> Needs() => new SortedSet<IncidentFact>(Parts.SelectMany(p => p.Needs()));

    /// <summary>The conditions in it that look at facts themselves, in their order; itself when it is one.</summary>
    internal IEnumerable<Condition> Leaves() => this is AllOf or AnyOf or NotOf ? Parts.SelectMany(p => p.Leaves()) : [this];

    private protected static IReadOnlySet<IncidentFact> Only(params IEnumerable<IncidentFact> facts) => new SortedSet<IncidentFact>(facts);
}
