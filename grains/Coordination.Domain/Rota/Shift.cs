using System.Text.Json.Serialization;

namespace Coordination.Domain.Rota;

/// <summary>What somebody on the rota is there for. The names are a contract with clients.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DutyRole>))]
public enum DutyRole
{
    /// <summary>The Comms officer whom others contact out of hours (3.1).</summary>
    [JsonStringEnumMemberName("duty-officer")]
    DutyOfficer,

    /// <summary>Who covers an incident on social media out of hours (3.1).</summary>
    [JsonStringEnumMemberName("incident-cover")]
    IncidentCover,
}

/// <summary>Ids and names of the roles on the rota.</summary>
public static class DutyRoles
{
    /// <summary>Both.</summary>
    public static IReadOnlyList<DutyRole> All { get; } = [DutyRole.DutyOfficer, DutyRole.IncidentCover];

    /// <summary>The id, as in JSON.</summary>
    public static string Id(this DutyRole role) => role == DutyRole.DutyOfficer ? "duty-officer" : "incident-cover";

    /// <summary>The name, as on screen.</summary>
    public static string Name(this DutyRole role) => role == DutyRole.DutyOfficer ? "Duty Comms officer" : "Incident cover";

    /// <summary>Finds a role by its id.</summary>
    public static bool TryParse(string? id, out DutyRole role)
    {
        role = string.Equals(id, "incident-cover", StringComparison.Ordinal) ? DutyRole.IncidentCover : DutyRole.DutyOfficer;
        return id is "duty-officer" or "incident-cover";
    }
}

/// <summary>One person's time on the rota.</summary>
public sealed record Shift
{
    /// <summary>What they are there for.</summary>
    public required DutyRole Role { get; init; }

    /// <summary>Full name.</summary>
    public required string Name { get; init; }

    /// <summary>Telephone number, as people write it.</summary>
    public required string Phone { get; init; }

    /// <summary>From when (UTC, whole minutes).</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>Until when (UTC, whole minutes), not included.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>Whether it counts; false once it was taken off the rota.</summary>
    public bool Open { get; init; } = true;

    /// <summary>Whether an instant lies in it.</summary>
    public bool Covers(DateTimeOffset at) => Open && From <= at && at < To;
}
