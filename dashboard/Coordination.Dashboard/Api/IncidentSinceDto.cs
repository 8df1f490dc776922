using System.Text.Json.Serialization;
using Coordination.Storage.ReadModel;

namespace Coordination.Dashboard.Api;

/// <summary>A declared major incident that came after a post was written.</summary>
/// <param name="Hold">The hold's id.</param>
/// <param name="Incident">The incident's reference.</param>
/// <param name="At">When the hold was placed.</param>
public sealed record IncidentSinceDto(
    string Hold, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Incident, DateTimeOffset At)
{
    /// <summary>Makes a post's list; null when there is none.</summary>
    public static IReadOnlyList<IncidentSinceDto>? Of(IReadOnlyList<IncidentSince> since) =>
        since.Count == 0 ? null : [.. since.Select(i => new IncidentSinceDto(i.Hold, i.Incident, i.At.ToUniversalTime()))];
}
