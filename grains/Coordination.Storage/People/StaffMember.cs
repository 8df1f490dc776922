using Coordination.Domain.Holds;
using Coordination.Domain.People;

namespace Coordination.Storage.People;

/// <summary>A member of staff as the service knows them.</summary>
/// <param name="Id">Staff id.</param>
/// <param name="Name">Full name.</param>
/// <param name="Role">Role.</param>
/// <param name="PublishesOn">For an account holder, the accounts; null for none.</param>
/// <param name="Active">Whether they may sign in: as read, also by their first and last day and the database's clock.</param>
/// <param name="StandsIn">The accounts of those whom they stand in for at this moment; null for nobody. Read, never saved with a person.</param>
public sealed record StaffMember(string Id, string Name, Role Role, Scope? PublishesOn, bool Active = true, IReadOnlyList<Scope>? StandsIn = null)
{
    /// <summary>The actor behind this person's commands.</summary>
    public Actor AsActor() => new(Id, Name, Role, PublishesOn, StandsIn: StandsIn);
}

/// <summary>Staff and their own API tokens; those of programs are <see cref="IApiClientStore"/>'s. Tokens are kept as SHA-256 hashes alone.</summary>
public interface IStaffStore
{
    /// <summary>All staff, by name.</summary>
    Task<IReadOnlyList<StaffMember>> AllAsync(CancellationToken cancellationToken);

    /// <summary>One person; null when there is none.</summary>
    Task<StaffMember?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>Adds or changes people. Who leaves Comms, or is no longer active, is let through by no standing hold from then on (FENCE.md rule 4).</summary>
    Task SaveAsync(IReadOnlyList<StaffMember> staff, CancellationToken cancellationToken);

    /// <summary>Records a person's own token, with all the rights of their role, replacing the former one of the same purpose. It ends after 400 days.</summary>
    Task SetTokenAsync(string staffId, string purpose, string token, CancellationToken cancellationToken);

    /// <summary>The active person whose token it is; null when nobody's.</summary>
    Task<StaffMember?> FindByTokenAsync(string token, CancellationToken cancellationToken);
}
