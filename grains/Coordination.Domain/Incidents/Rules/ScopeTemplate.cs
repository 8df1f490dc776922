using System.Text.Json.Serialization;
using Coordination.Domain.Brigade;
using Coordination.Domain.Holds;

namespace Coordination.Domain.Incidents.Rules;

/// <summary>How far a rule reaches.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RuleReach>))]
public enum RuleReach
{
    /// <summary>The areas that the incident concerns.</summary>
    [JsonStringEnumMemberName("incident-area")]
    IncidentArea,

    /// <summary>The stations around it.</summary>
    [JsonStringEnumMemberName("stations-within")]
    StationsWithin,

    /// <summary>All areas, and the departments.</summary>
    [JsonStringEnumMemberName("whole-brigade")]
    WholeBrigade,
}

/// <summary>A scope that is not settled before the place is.</summary>
/// <remarks>It covers local accounts only, ever: corporate accounts are Comms' own voice (order 01/25, 2.1 and 3.1).</remarks>
/// <param name="Reach">How far it reaches.</param>
/// <param name="Km">For <see cref="RuleReach.StationsWithin"/>: how far around, in kilometres.</param>
/// <param name="Except">What is taken out again; null for nothing.</param>
public sealed record ScopeTemplate(
    RuleReach Reach,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Km = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Scope? Except = null)
{
    private static readonly IReadOnlyList<string> Local = ["local"];

    /// <summary>The scope at a place.</summary>
    /// <returns>Null when the place is not known well enough: a person has to say.</returns>
    public Scope? At(IncidentPlace place, BrigadeMap map) => Reach switch
    {
        RuleReach.WholeBrigade => new Scope { Kinds = Local, Except = Except },

        // A list without anything in it would not narrow: it would be the whole brigade. A list of every area leaves out the accounts of none, and means them.
        RuleReach.IncidentArea => place.OverTheBorder || place.Areas.Count == 0
            ? null
            : new Scope { Kinds = Local, Areas = map.Areas.All(a => place.Areas.Contains(a.Id, StringComparer.Ordinal)) ? null : place.Areas, Except = Except },
        RuleReach.StationsWithin => StationsAround(place, map) is { Count: > 0 } stations ? new Scope { Kinds = Local, Stations = stations, Except = Except } : null,
        _ => throw new ArgumentOutOfRangeException(nameof(place), Reach, "No such reach."),
    };

    /// <summary>The accounts it covers, as people read it.</summary>
    public string Words()
    {
        var reach = Reach switch
        {
            RuleReach.WholeBrigade => "every local account",
            RuleReach.IncidentArea => "the local accounts of the incident's area",
            _ => FormattableString.Invariant($"the local accounts of the stations within {Km} km"),
        };
        return Except is null ? reach : $"{reach}, except {ScopeWords.Of(Except)}";
    }

    /// <summary>Why there is no scope at a place, in words.</summary>
    internal string WhyNone(IncidentPlace place)
    {
        if (Reach is RuleReach.IncidentArea && place.OverTheBorder)
        {
            return "it is over the border";
        }

        if (place.Unclear.Count > 0)
        {
            return $"where it is is not clear: {string.Join("; ", place.Unclear)}";
        }

        return Reach is RuleReach.StationsWithin && place.Position is not null
            ? FormattableString.Invariant($"no station is within {Km} km of it")
            : "where it is is not known";
    }

    private List<string> StationsAround(IncidentPlace place, BrigadeMap map) => place.Position is { } position && Km is { } km
        ? [.. map.StationsWithin(new GeoCircle(position, km)).Select(s => s.Id).Order(StringComparer.Ordinal)]
        : [];
}
