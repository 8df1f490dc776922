using Coordination.Domain.Brigade;

namespace Coordination.Domain.Incidents.Rules;

/// <summary>It concerns one of these areas.</summary>
/// <param name="Areas">Area ids.</param>
public sealed record InArea(IReadOnlyList<string> Areas) : Condition
{
    /// <inheritdoc/>
    public override bool? IsTrueOf(IncidentFacts facts)
    {
        var place = facts.Place;
        if (place.Areas.Any(a => Areas.Contains(a, StringComparer.Ordinal)))
        {
            return true;
        }

        // An area under a name that no map has may be one of these.
        return place.Unclear.Count > 0 || (place.Areas.Count == 0 && !place.OverTheBorder) ? null : false;
    }

    /// <inheritdoc/>
    public override string Words() => $"it is in {Phrases.Listed(Areas, "or")}";

    /// <inheritdoc/>
    public override IReadOnlySet<IncidentFact> Needs() => Only(IncidentFact.Areas);
}

/// <summary>It is this near to a point.</summary>
/// <param name="Latitude">Degrees north (WGS84).</param>
/// <param name="Longitude">Degrees east (WGS84).</param>
/// <param name="Km">Kilometres, that far included.</param>
public sealed record WithinKm(double Latitude, double Longitude, double Km) : Condition
{
    /// <inheritdoc/>
    public override bool? IsTrueOf(IncidentFacts facts) =>
        facts.Place.Position is { } position && GeoPoint.TryCreate(Latitude, Longitude, out var centre) ? new GeoCircle(centre, Km).Contains(position) : null;

    /// <inheritdoc/>
    public override string Words() => FormattableString.Invariant($"it is within {Km} km of {Latitude}, {Longitude}");

    /// <inheritdoc/>
    public override IReadOnlySet<IncidentFact> Needs() => Only(IncidentFact.Position);
}

/// <summary>It is on the ground of one of these stations.</summary>
/// <param name="Stations">Station ids.</param>
public sealed record OnStationGround(IReadOnlyList<string> Stations) : Condition
{
    /// <inheritdoc/>
    public override bool? IsTrueOf(IncidentFacts facts) => facts.Place.Station is { } station
        ? Stations.Contains(station, StringComparer.Ordinal)
        : facts.Place.OverTheBorder ? false : null;

    /// <inheritdoc/>
    public override string Words() => $"it is on the ground of station {Phrases.Listed(Stations, "or")}";

    /// <inheritdoc/>
    public override IReadOnlySet<IncidentFact> Needs() => Only(IncidentFact.StationGround);
}

/// <summary>It is in another service's area.</summary>
public sealed record IsOverTheBorder : Condition
{
    /// <inheritdoc/>
    public override bool? IsTrueOf(IncidentFacts facts) => facts.Knows(IncidentFact.Border) ? facts.Place.OverTheBorder : null;

    /// <inheritdoc/>
    public override string Words() => "it is over the border";

    /// <inheritdoc/>
    public override IReadOnlySet<IncidentFact> Needs() => Only(IncidentFact.Border);
}
