using Coordination.Dashboard.Components.Kit;
using Coordination.Dashboard.Slots;
using Coordination.Domain.Accounts;
using Coordination.Domain.People;
using Coordination.Domain.Schedule;

namespace Coordination.Dashboard.Components.Slots;

/// <summary>The queue slots of one account on its page: what they are, adding one, taking one out.</summary>
public sealed class SlotsModel(ISlotDesk desk, AccountKey account)
{
    private readonly WishRunner _wish = new();

    /// <summary>The slots; null before they were read.</summary>
    public SlotView? View { get; private set; }

    /// <summary>Whether the last reading failed.</summary>
    public bool Problem { get; private set; }

    /// <summary>Whether a wish is under way.</summary>
    public bool Busy => _wish.Busy;

    /// <summary>Why the last wish was not carried out; null when it was.</summary>
    public string? Wrong => _wish.Wrong;

    /// <summary>The day of the slot to add, by its id.</summary>
    public string Day { get; set; } = "mon";

    /// <summary>Its time, as the field holds it.</summary>
    public string Time { get; set; } = "";

    /// <summary>Reads them again.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        try
        {
            (View, Problem) = ((await desk.ReadAsync([account], cancellationToken))[account], false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The page is gone.
        }
        catch (Exception)
        {
            Problem = true;
        }
    }

    /// <summary>Adds the slot of the fields.</summary>
    /// <returns>Whether it is added.</returns>
    public async Task<bool> AddAsync(Actor actor, CancellationToken cancellationToken)
    {
        var read = QueueSlot.TryParse(Day, Time.Length > 5 ? Time[..5] : Time, out var slot);
        if (View is not { } view || _wish.Missing(!read ? "Choose a time." : view.Kept.Slots.Contains(slot) ? "The account has this slot already." : null))
        {
            return false;
        }

        var added = await SetAsync([.. view.Kept.Slots, slot], view.Kept.Version, actor, cancellationToken);
        Time = added ? "" : Time;
        return added;
    }

    /// <summary>Takes a slot out. Posts that have its time keep it.</summary>
    public async Task<bool> TakeOutAsync(QueueSlot slot, Actor actor, CancellationToken cancellationToken) =>
        View is { } view && await SetAsync([.. view.Kept.Slots.Where(s => s != slot)], view.Kept.Version, actor, cancellationToken);

    private async Task<bool> SetAsync(IReadOnlyList<QueueSlot> slots, long version, Actor actor, CancellationToken cancellationToken)
    {
        var changed = false;
        var done = await _wish.RunAsync($"{version}: {string.Join(", ", slots)}", async _ =>
        {
            var answer = await desk.SetAsync(account, slots, version, actor, CancellationToken.None);
            View = answer.View ?? View;
            changed = answer.Refusal?.Code is "slots-changed";
            return changed
                ? answer.Refusal! with { Reason = "Somebody has set these slots since you saw them. Nothing was changed by you; here they are as they are now." }
                : answer.Refusal;
        });
        if (changed)
        {
            await LoadAsync(cancellationToken);
        }

        return done;
    }
}
