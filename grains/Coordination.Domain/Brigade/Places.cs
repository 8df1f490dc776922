namespace Coordination.Domain.Brigade;

/// <summary>A command area: a borough.</summary>
/// <param name="Id">Slug, such as <c>coventry</c>; what holds are matched on.</param>
/// <param name="Name">As people write it.</param>
public sealed record Area(string Id, string Name);

/// <summary>A fire station.</summary>
/// <param name="Id">Slug, such as <c>sutton-coldfield</c>.</param>
/// <param name="Code">The service's own short code, where it has one.</param>
/// <param name="Name">As people write it.</param>
/// <param name="AreaId">The area it lies in.</param>
/// <param name="Location">Where it stands.</param>
public sealed record Station(string Id, string? Code, string Name, string AreaId, GeoPoint Location);

/// <summary>A department of the service.</summary>
/// <param name="Id">Slug, such as <c>prevention</c>.</param>
/// <param name="Name">As people write it.</param>
public sealed record Department(string Id, string Name);
