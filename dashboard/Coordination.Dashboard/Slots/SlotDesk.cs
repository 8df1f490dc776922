using Coordination.Dashboard.Desks;
using Coordination.Dashboard.Live;
using Coordination.Domain;
using Coordination.Domain.Accounts;
using Coordination.Domain.People;
using Coordination.Domain.Schedule;
using Coordination.Storage.ReadModel;
using Coordination.Storage.Review;
using Coordination.Storage.Slots;

namespace Coordination.Dashboard.Slots;

/// <summary>Decides by the rules, and asks the database. Which post gets which slot is its account's to say.</summary>
public sealed class SlotDesk(IQueueSlotStore store, IRuleBook rules, IAccountReader accounts, IBoard board, TimeProvider time) : ISlotDesk
{
    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<AccountKey, SlotView>> ReadAsync(IReadOnlyCollection<AccountKey> accounts, CancellationToken cancellationToken)
    {
        var quiet = (await rules.ReadAsync(cancellationToken)).Rules.Quiet;
        var now = time.GetUtcNow();
        var kept = await store.ReadAsync(accounts, cancellationToken);
        var taken = await store.TakenAsync([.. kept.Values.Where(s => s.Slots.Count > 0).Select(s => s.Account)], now, now + SlotPlan.Furthest + SlotPlan.Lead, cancellationToken);
        return kept.ToDictionary(k => k.Key, k => new SlotView(k.Value, quiet, SlotPlan.Free(SlotPlan.Coming(k.Value.Slots, quiet, now), taken[k.Key])));
    }

    /// <inheritdoc/>
    public async Task<SlotAnswer> SetAsync(AccountKey account, IReadOnlyList<QueueSlot> slots, long version, Actor actor, CancellationToken cancellationToken)
    {
        var summary = board.Accounts.GetValueOrDefault(account)?.Summary ?? (await accounts.ReadAsync([account.Value], cancellationToken) is [var read] ? read : null);
        if ((summary is null ? Unknown.Account(account.Value) : QueueSlotRules.Set(account, summary.Labels, summary.Lifecycle, slots, actor)) is { } refusal)
        {
            return new SlotAnswer(refusal, null);
        }

        return await store.SetAsync(account, slots, version, actor, cancellationToken)
            ? new SlotAnswer(null, (await ReadAsync([account], cancellationToken))[account])
            : new SlotAnswer(
                new Refusal("slots-changed", $"The queue slots of {account} are others than you read: somebody has set them since. Nothing was changed. Read them again, and give their 'version'.", RefusalKind.Conflict),
                null);
    }
}
