using Coordination.Domain;
using Coordination.Domain.Posts;
using Coordination.Domain.Drafts;

namespace Coordination.Dashboard.Api;

/// <summary>What a request says of a draft's time, besides the time.</summary>
internal static class DraftPlanInput
{
    /// <summary>Reads it.</summary>
    /// <returns>Null when it can be kept, as far as its form goes.</returns>
    public static Refusal? Read(DraftRequest request, out DraftPlan plan)
    {
        plan = DraftPlan.Usual;
        if (request.Slot is not (null or "next"))
        {
            return new Refusal("slot-unknown", $"'slot' is '{StorableText.Clean(request.Slot, 40)}', and can be 'next' alone: the account's next free queue slot. The draft was not kept.");
        }

        plan = new DraftPlan(
            request.ToleranceSeconds is { } late ? TimeSpan.FromSeconds(late) : null,
            request.Slot is not null,
            request.Repeat is { } repeat ? new DraftRepeat(repeat.Rule ?? "", repeat.SkipHolidays ?? false) : null);
        return null;
    }
}
