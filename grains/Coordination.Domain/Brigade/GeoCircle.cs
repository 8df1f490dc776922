namespace Coordination.Domain.Brigade;

/// <summary>A circle on the earth, its edge included.</summary>
/// <param name="Center">The middle.</param>
/// <param name="RadiusKm">Radius in kilometres, 0 or more.</param>
public sealed record GeoCircle(GeoPoint Center, double RadiusKm)
{
    /// <summary>The longest radius that means something: half the earth's circumference, in kilometres.</summary>
    public const double MaxRadiusKm = 20_038;

    /// <summary>Whether the point lies in the circle or on its edge.</summary>
    public bool Contains(GeoPoint point) => Center.DistanceKm(point) <= RadiusKm;
}
