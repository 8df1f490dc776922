using Coordination.Domain;
using Coordination.Domain.People;
using Coordination.Storage.People;

namespace Coordination.Dashboard.Staffing;

/// <summary>What became of a wish about a person of the directory: the person as they are, or why nothing was changed.</summary>
public sealed record StaffDeskAnswer(StaffRecord? Record, Refusal? Refusal);

/// <summary>Where the staff directory is read and changed (order 01/25, 3.1: who has access, in line with their duties).</summary>
public interface IStaffDesk
{
    /// <summary>Whether name, role and accounts follow the groups of a sign-in, so that nobody changes them here.</summary>
    bool GroupsOwn { get; }

    /// <summary>The provider that people sign in by, as it calls itself in its configuration; null when there is none.</summary>
    string? Provider { get; }

    /// <summary>Everybody, by name.</summary>
    Task<IReadOnlyList<StaffRecord>> ListAsync(CancellationToken cancellationToken);

    /// <summary>One person; null when there is none.</summary>
    Task<StaffRecord?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>Adds somebody, or changes them. Repeating the same wish is safe.</summary>
    /// <param name="id">Staff id.</param>
    /// <param name="wish">As they should be.</param>
    /// <param name="version">The version that was read; null for somebody new.</param>
    /// <param name="reason">Why.</param>
    /// <param name="actor">Who changes them.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    Task<StaffDeskAnswer> SaveAsync(string id, StaffEntry wish, long? version, string? reason, Actor actor, CancellationToken cancellationToken);

    /// <summary>Says who at the provider somebody is, or takes that back. Repeating the same wish is safe.</summary>
    /// <param name="id">Staff id.</param>
    /// <param name="identity">Who at the provider.</param>
    /// <param name="linked">Whether they are from now on.</param>
    /// <param name="reason">Why.</param>
    /// <param name="actor">Who says so.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    Task<StaffDeskAnswer> IdentifyAsync(string id, ExternalIdentity identity, bool linked, string? reason, Actor actor, CancellationToken cancellationToken);
}
