using System.Text.Json.Serialization;

namespace Coordination.Domain.Incidents.Rules;

/// <summary>So many pumping appliances are asked for or attend.</summary>
public sealed record PumpsAtLeast(int AtLeast) : Condition
{
    /// <inheritdoc/>
    public override bool? IsTrueOf(IncidentFacts facts) => facts.Report.Pumps is { } pumps ? pumps >= AtLeast : null;

    /// <inheritdoc/>
    public override string Words() => $"{Phrases.Count(AtLeast, "pump", "pumps")} or more";

    /// <inheritdoc/>
    public override IReadOnlySet<IncidentFact> Needs() => Only(IncidentFact.Pumps);
}

/// <summary>A major incident is declared and not stood down. Never unknown: a report without a declaration says that there is none.</summary>
public sealed record MajorDeclared : Condition
{
    /// <inheritdoc/>
    public override bool? IsTrueOf(IncidentFacts facts) => facts.Report.Major is { StoodDownAt: null };

    /// <inheritdoc/>
    public override string Words() => "a major incident is declared";

    /// <inheritdoc/>
    public override IReadOnlySet<IncidentFact> Needs() => Only(IncidentFact.Declaration);
}

/// <summary>Whom a number of casualties counts.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CasualtyKind>))]
public enum CasualtyKind
{
    /// <summary>People who were injured.</summary>
    [JsonStringEnumMemberName("injured")]
    Injured,

    /// <summary>People who died.</summary>
    [JsonStringEnumMemberName("fatal")]
    Fatal,

    /// <summary>Members of staff who died.</summary>
    [JsonStringEnumMemberName("staff-fatal")]
    StaffFatal,
}

/// <summary>So many people were hurt.</summary>
public sealed record CasualtiesAtLeast(CasualtyKind Who, int AtLeast) : Condition
{
    /// <inheritdoc/>
    public override bool? IsTrueOf(IncidentFacts facts) => (Who, facts.Report.Casualties ?? new Casualties()) switch
    {
        (CasualtyKind.Injured, var c) => Reaches(c.Injured),

        // Members of staff are among the dead: the one number says something of the other.
        (CasualtyKind.Fatal, var c) => Reaches(c.Fatal) ?? (Reaches(c.StaffFatal) is true ? true : null),
        (_, var c) => Reaches(c.StaffFatal) ?? (Reaches(c.Fatal) is false ? false : null),
    };

    /// <inheritdoc/>
    public override string Words() => Who switch
    {
        CasualtyKind.Injured => $"{Phrases.Count(AtLeast, "person", "people")} or more injured",
        CasualtyKind.Fatal => $"{Phrases.Count(AtLeast, "death", "deaths")} or more",
        _ => $"{Phrases.Count(AtLeast, "death", "deaths")} or more among staff",
    };

    /// <inheritdoc/>
    public override IReadOnlySet<IncidentFact> Needs() => Only(IncidentFact.Casualties);

    private bool? Reaches(int? count) => count is { } known ? known >= AtLeast : null;
}
