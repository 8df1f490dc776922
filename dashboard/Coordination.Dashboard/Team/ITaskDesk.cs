using Coordination.Domain;
using Coordination.Domain.Accounts;
using Coordination.Domain.People;
using Coordination.Domain.Tasks;
using Coordination.Storage.Desk;

namespace Coordination.Dashboard.Team;

/// <summary>What came of a wish about something that Comms' desk keeps.</summary>
/// <param name="Record">As it is now; null when the wish was refused.</param>
/// <param name="Refusal">Why not; null when it was done.</param>
public sealed record DeskAnswer<T>(DeskRecord<T>? Record, Refusal? Refusal);

/// <summary>Where tasks are opened and confirmed, by pages and API alike.</summary>
public interface ITaskDesk
{
    /// <summary>Tasks, those that changed last first.</summary>
    /// <param name="open">Open ones, or done ones; null for both.</param>
    /// <param name="account">Those of one account; null for all.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    Task<IReadOnlyList<DeskRecord<StaffTask>>> ListAsync(bool? open, AccountKey? account, CancellationToken cancellationToken);

    /// <summary>One; null when there is none of that id.</summary>
    Task<DeskRecord<StaffTask>?> FindAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Opens a task. Its id is derived from the operation id, so a repeat finds it.</summary>
    Task<DeskAnswer<StaffTask>> OpenAsync(AccountKey account, TaskWish wish, Actor actor, Guid operationId, CancellationToken cancellationToken);

    /// <summary>Confirms that it is done. The post that it is about, if it is still out as far as the service knows, is removed from then on.</summary>
    /// <exception cref="Contracts.StoreUnavailableException">It is not known whether all of that took; a repeat is safe.</exception>
    Task<DeskAnswer<StaffTask>> ConfirmAsync(Guid id, string? note, Actor actor, Guid operationId, CancellationToken cancellationToken);
}
