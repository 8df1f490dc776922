using Coordination.Domain.Accounts;
using Coordination.Domain.People;
using Coordination.Domain.Schedule;

namespace Coordination.Storage.Slots;

/// <summary>Keeps the queue slots of accounts, and knows what is due on them.</summary>
public interface IQueueSlotStore
{
    /// <summary>The slots of these accounts, one for each; none where nobody has set any.</summary>
    Task<IReadOnlyDictionary<AccountKey, QueueSlots>> ReadAsync(IReadOnlyCollection<AccountKey> accounts, CancellationToken cancellationToken);

    /// <summary>When the unfinished posts of these accounts are due.</summary>
    /// <param name="accounts">The accounts.</param>
    /// <param name="from">From here (UTC).</param>
    /// <param name="until">To here (UTC), included.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    Task<ILookup<AccountKey, DateTimeOffset>> TakenAsync(
        IReadOnlyCollection<AccountKey> accounts, DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken);

    /// <summary>Sets them. A repeat of what is there changes nothing.</summary>
    /// <param name="account">The account.</param>
    /// <param name="slots">What they are from now on.</param>
    /// <param name="version">The version that was read; 0 before the first.</param>
    /// <param name="actor">Who sets them.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>False when somebody has set them since; then nothing was changed.</returns>
    Task<bool> SetAsync(AccountKey account, IReadOnlyList<QueueSlot> slots, long version, Actor actor, CancellationToken cancellationToken);
}
