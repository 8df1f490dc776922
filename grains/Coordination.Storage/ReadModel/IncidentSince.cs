namespace Coordination.Storage.ReadModel;

/// <summary>A declared major incident whose hold covered a post's account after the post was last confirmed: it is to be read again.</summary>
/// <param name="Hold">The hold's id.</param>
/// <param name="Incident">The incident's reference; null when the hold names none.</param>
/// <param name="At">When the hold was placed (UTC).</param>
public sealed record IncidentSince(string Hold, string? Incident, DateTimeOffset At);
