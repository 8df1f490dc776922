using Coordination.Domain;
using Coordination.Domain.Accounts;
using Coordination.Domain.People;
using Coordination.Domain.Review;
using Coordination.Domain.Schedule;

namespace Coordination.Dashboard.Slots;

/// <summary>The queue slots of an account, and what they come to now.</summary>
/// <param name="Kept">The slots as they are kept.</param>
/// <param name="Quiet">The quiet hours: a slot that lies in them is passed over.</param>
/// <param name="Free">The coming moments at which nothing is due, soonest first.</param>
public sealed record SlotView(QueueSlots Kept, QuietHours Quiet, IReadOnlyList<SlotTime> Free)
{
    /// <summary>Whether a slot lies in the quiet hours.</summary>
    public bool IsQuiet(QueueSlot slot) => Quiet.Contain(slot.Time);
}

/// <summary>What came of a wish to set slots: either why nothing was done, or how they are now.</summary>
/// <param name="Refusal">Why not; null when it was done.</param>
/// <param name="View">As they are; null when it was refused.</param>
public sealed record SlotAnswer(Refusal? Refusal, SlotView? View);

/// <summary>Where queue slots are read and set, by pages and API alike.</summary>
public interface ISlotDesk
{
    /// <summary>The slots of these accounts, and which of their moments are free; one for each account.</summary>
    Task<IReadOnlyDictionary<AccountKey, SlotView>> ReadAsync(IReadOnlyCollection<AccountKey> accounts, CancellationToken cancellationToken);

    /// <summary>Sets an account's slots. Repeating the same wish is safe.</summary>
    /// <param name="account">The account.</param>
    /// <param name="slots">What they are from now on.</param>
    /// <param name="version">The version that was read; 0 before the first.</param>
    /// <param name="actor">Who sets them.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    Task<SlotAnswer> SetAsync(AccountKey account, IReadOnlyList<QueueSlot> slots, long version, Actor actor, CancellationToken cancellationToken);
}
