using System.Globalization;
using System.Runtime.InteropServices;

namespace Coordination.Domain.Brigade;

/// <summary>A point on the earth in WGS84 degrees.</summary>
/// <remarks>Latitude -90 to 90, longitude -180 to 180, both finite: another point cannot be made.</remarks>
[StructLayout(LayoutKind.Auto)]
public readonly record struct GeoPoint
{
    /// <summary>Mean radius of the earth in kilometres (IUGG).</summary>
    private const double EarthRadiusKm = 6371.0088;

    private GeoPoint(double latitude, double longitude)
    {
        Latitude = latitude;
        Longitude = longitude;
    }

    /// <summary>Degrees north of the equator.</summary>
    public double Latitude { get; }

    /// <summary>Degrees east of Greenwich.</summary>
    public double Longitude { get; }

    /// <summary>Makes a point.</summary>
    /// <returns>False when a coordinate is out of range or no number.</returns>
    public static bool TryCreate(double latitude, double longitude, out GeoPoint point)
    {
        // Written so that NaN fails too.
        var sane = latitude is >= -90 and <= 90 && longitude is >= -180 and <= 180;
        point = sane ? new GeoPoint(latitude, longitude) : default;
        return sane;
    }

    /// <summary>Parses <c>latitude,longitude</c> in decimal degrees, as CAP writes it.</summary>
    public static bool TryParse(string text, out GeoPoint point)
    {
        point = default;
        var comma = text.IndexOf(',', StringComparison.Ordinal);
        return comma > 0
            && TryDegrees(text.AsSpan(0, comma), out var latitude)
            && TryDegrees(text.AsSpan(comma + 1), out var longitude)
            && TryCreate(latitude, longitude, out point);
    }

    /// <summary>Great-circle distance in kilometres (haversine on the mean sphere: within 0.6% of the ellipsoid).</summary>
    public double DistanceKm(GeoPoint other)
    {
        var latitude = Radians(other.Latitude - Latitude) / 2;
        var longitude = Radians(other.Longitude - Longitude) / 2;
        var h = (Math.Sin(latitude) * Math.Sin(latitude))
            + (Math.Cos(Radians(Latitude)) * Math.Cos(Radians(other.Latitude)) * Math.Sin(longitude) * Math.Sin(longitude));
        return 2 * EarthRadiusKm * Math.Asin(Math.Min(1, Math.Sqrt(h)));
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Latitude},{Longitude}");

    private static bool TryDegrees(ReadOnlySpan<char> text, out double degrees) => double.TryParse(
        text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out degrees);

    private static double Radians(double degrees) => degrees * Math.PI / 180;
}
