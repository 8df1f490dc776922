using System.Text.Json.Serialization;

namespace Coordination.Domain.Incidents.Rules;

/// <summary>What a condition may look at. A source may not tell it, and a recording may not hold it: then a condition over it is neither true nor false.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<IncidentFact>))]
public enum IncidentFact
{
    /// <summary>The declaration of a major incident. A report without one says that there is none.</summary>
    [JsonStringEnumMemberName("declaration")]
    Declaration,

    /// <summary>What it was called in as.</summary>
    [JsonStringEnumMemberName("type-at-call")]
    TypeAtCall,

    /// <summary>What it turned out to be.</summary>
    [JsonStringEnumMemberName("type-at-stop")]
    TypeAtStop,

    /// <summary>Its group.</summary>
    [JsonStringEnumMemberName("category")]
    Category,

    /// <summary>The mobilising system's priority.</summary>
    [JsonStringEnumMemberName("priority")]
    Priority,

    /// <summary>The line that may be read out.</summary>
    [JsonStringEnumMemberName("headline")]
    Headline,

    /// <summary>The place in words.</summary>
    [JsonStringEnumMemberName("place")]
    Place,

    /// <summary>When it began, or else when it was reported.</summary>
    [JsonStringEnumMemberName("time")]
    Time,

    /// <summary>Pumping appliances.</summary>
    [JsonStringEnumMemberName("pumps")]
    Pumps,

    /// <summary>Who was hurt: at least one of the numbers.</summary>
    [JsonStringEnumMemberName("casualties")]
    Casualties,

    /// <summary>The point on the map.</summary>
    [JsonStringEnumMemberName("position")]
    Position,

    /// <summary>The areas it concerns.</summary>
    [JsonStringEnumMemberName("areas")]
    Areas,

    /// <summary>The station on whose ground it is.</summary>
    [JsonStringEnumMemberName("station-ground")]
    StationGround,

    /// <summary>Whether it is in another service's area.</summary>
    [JsonStringEnumMemberName("border")]
    Border,

    /// <summary>Who reported it.</summary>
    [JsonStringEnumMemberName("source")]
    Source,

    /// <summary>How bad, how near and how sure a public alert says it is.</summary>
    [JsonStringEnumMemberName("alert")]
    Alert,
}

/// <summary>Words for facts.</summary>
public static class IncidentFactNames
{
    /// <summary>The fact as a part of a sentence: <c>the number of pumps</c>.</summary>
    public static string Words(this IncidentFact fact) => fact switch
    {
        IncidentFact.Declaration => "a declaration",
        IncidentFact.TypeAtCall => "the type at call",
        IncidentFact.TypeAtStop => "the type at stop",
        IncidentFact.Category => "the category",
        IncidentFact.Priority => "the priority",
        IncidentFact.Headline => "the headline",
        IncidentFact.Place => "the place in words",
        IncidentFact.Time => "the time",
        IncidentFact.Pumps => "the number of pumps",
        IncidentFact.Casualties => "the number of casualties",
        IncidentFact.Position => "the position",
        IncidentFact.Areas => "the area",
        IncidentFact.StationGround => "the station's ground",
        IncidentFact.Border => "the side of the border",
        IncidentFact.Source => "the source",
        IncidentFact.Alert => "the alert's level",
        _ => throw new ArgumentOutOfRangeException(nameof(fact), fact, "No such fact."),
    };
}
