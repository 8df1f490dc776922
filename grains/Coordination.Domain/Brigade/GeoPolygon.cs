using System.Diagnostics.CodeAnalysis;

namespace Coordination.Domain.Brigade;

/// <summary>A simple closed polygon on the earth; its edge belongs to it.</summary>
/// <remarks>
/// At least four points, the last equal to the first (CAP 1.2, <c>polygon</c>); spans at most 180 degrees of longitude, encloses
/// something, and no side crosses another: of a shape that crosses itself nobody can say what is inside. Sides are straight in
/// latitude and longitude, which over a borough differs from a great circle by less than a metre per kilometre.
/// </remarks>
public sealed class GeoPolygon
{
    /// <summary>The most points one polygon may have: looking for crossing sides costs the square of it.</summary>
    public const int MaxPoints = 2_000;

    private readonly GeoPoint[] _points;

    private GeoPolygon(GeoPoint[] points) => _points = points;

    /// <summary>The corners in order, the first repeated as the last.</summary>
    public IReadOnlyList<GeoPoint> Points => _points;

    /// <summary>Makes a polygon of its corners.</summary>
    /// <param name="points">The corners in order, the first repeated as the last.</param>
    /// <param name="polygon">The polygon.</param>
    /// <param name="fault">What is wrong with the corners, in words.</param>
    /// <returns>False when the corners make no polygon.</returns>
    public static bool TryCreate(
        IReadOnlyList<GeoPoint> points,
        [NotNullWhen(true)] out GeoPolygon? polygon,
        [NotNullWhen(false)] out string? fault)
    {
        polygon = null;
        fault = Fault(points);
        if (fault is not null)
        {
            return false;
        }

        polygon = new GeoPolygon([.. points]);
        return true;
    }

    /// <summary>Whether the point lies in the polygon or on its edge.</summary>
    public bool Contains(GeoPoint point)
    {
        var inside = false;
        for (var i = 1; i < _points.Length; i++)
        {
            var (a, b) = (_points[i - 1], _points[i]);
            if (OnSide(a, b, point))
            {
                return true;
            }

            // Even-odd rule: count the sides that a ray towards the east meets.
            if (a.Latitude > point.Latitude != b.Latitude > point.Latitude
                && point.Longitude < a.Longitude
                    + ((point.Latitude - a.Latitude) / (b.Latitude - a.Latitude) * (b.Longitude - a.Longitude)))
            {
                inside = !inside;
            }
        }

        return inside;
    }

    private static string? Fault(IReadOnlyList<GeoPoint> points)
    {
        if (points.Count < 4)
        {
            return $"has {points.Count} points; a polygon needs at least 4, the last equal to the first";
        }

        if (points.Count > MaxPoints)
        {
            return $"has {points.Count} points; the most is {MaxPoints}";
        }

        if (points[0] != points[^1])
        {
            return $"is not closed: it starts at {points[0]} and ends at {points[^1]}; repeat the first point as the last";
        }

        if (points.Max(p => p.Longitude) - points.Min(p => p.Longitude) > 180)
        {
            return "spans more than 180 degrees of longitude: it is not clear which side of the earth is meant";
        }

        if (AllOnOneLine(points))
        {
            return "encloses nothing: its points lie on one line";
        }

        return FindCrossing(points) is var (first, second)
            ? $"crosses itself at the sides {first} and {second}: it is not clear what is inside"
            : null;
    }

    // By triangles, not by the signed area: a figure of eight may have none, and is another fault.
    private static bool AllOnOneLine(IReadOnlyList<GeoPoint> points)
    {
        var far = points.MaxBy(p => Math.Abs(p.Latitude - points[0].Latitude) + Math.Abs(p.Longitude - points[0].Longitude));
        return points.All(p => Turn(points[0], far, p) == 0);
    }

    private static (int First, int Second)? FindCrossing(IReadOnlyList<GeoPoint> points)
    {
        for (var i = 1; i < points.Count; i++)
        {
            for (var j = i + 2; j < points.Count; j++)
            {
                if (Cross(points[i - 1], points[i], points[j - 1], points[j]))
                {
                    return (i, j);
                }
            }
        }

        return null;
    }

    // Proper crossings only: sides that merely touch leave the inside clear.
    private static bool Cross(GeoPoint a, GeoPoint b, GeoPoint c, GeoPoint d) =>
        Turn(a, b, c) * Turn(a, b, d) < 0 && Turn(c, d, a) * Turn(c, d, b) < 0;

    private static bool OnSide(GeoPoint a, GeoPoint b, GeoPoint p) =>
        Turn(a, b, p) == 0
        && p.Latitude >= Math.Min(a.Latitude, b.Latitude) && p.Latitude <= Math.Max(a.Latitude, b.Latitude)
        && p.Longitude >= Math.Min(a.Longitude, b.Longitude) && p.Longitude <= Math.Max(a.Longitude, b.Longitude);

    // Positive when c lies left of the line from a to b, negative when right, 0 when on it.
    private static double Turn(GeoPoint a, GeoPoint b, GeoPoint c) =>
        ((b.Longitude - a.Longitude) * (c.Latitude - a.Latitude)) - ((b.Latitude - a.Latitude) * (c.Longitude - a.Longitude));
}
