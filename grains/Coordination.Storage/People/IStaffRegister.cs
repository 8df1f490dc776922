using Coordination.Domain.People;

namespace Coordination.Storage.People;

/// <summary>A person of the staff directory, with what is kept beside what can be changed.</summary>
/// <param name="Id">Staff id.</param>
/// <param name="Entry">What the directory says.</param>
/// <param name="State">Whether they are let in now, by the database's clock.</param>
/// <param name="Version">Grows with each change; a change names the one that was read.</param>
/// <param name="Identities">Who they are at providers.</param>
public sealed record StaffRecord(string Id, StaffEntry Entry, StaffState State, long Version, IReadOnlyList<ExternalIdentity> Identities);

/// <summary>What became of a change.</summary>
public enum StaffAnswer
{
    /// <summary>It is made, with its entry in the journal.</summary>
    Saved,

    /// <summary>The person is so already.</summary>
    Same,

    /// <summary>Somebody has changed them since they were read.</summary>
    Changed,

    /// <summary>It is the actor's own entry.</summary>
    Own,

    /// <summary>The actor is not what they were any more.</summary>
    ActorGone,

    /// <summary>No Comms manager would be left who stays.</summary>
    LastManager,
}

/// <summary>The staff directory, as those who keep it see and change it.</summary>
public interface IStaffRegister
{
    /// <summary>Everybody, by name.</summary>
    Task<IReadOnlyList<StaffRecord>> ListAsync(CancellationToken cancellationToken);

    /// <summary>One person; null when there is none.</summary>
    Task<StaffRecord?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>Adds or changes somebody, in one transaction with the journal and the standing holds (FENCE.md rule 4).</summary>
    /// <param name="id">Staff id.</param>
    /// <param name="version">The version that was read; 0 for somebody new.</param>
    /// <param name="entry">As they are from then on.</param>
    /// <param name="reason">Why.</param>
    /// <param name="actor">Who changes them.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    Task<StaffAnswer> SaveAsync(string id, long version, StaffEntry entry, string reason, Actor actor, CancellationToken cancellationToken);

    /// <summary>Makes inactive whose last day is over by the database's clock.</summary>
    /// <returns>Their ids.</returns>
    Task<IReadOnlyList<string>> EndDueAsync(CancellationToken cancellationToken);
}
