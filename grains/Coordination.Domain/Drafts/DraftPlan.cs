namespace Coordination.Domain.Drafts;

/// <summary>What a draft says of its time, besides the time: nothing of it is looked at before the draft is sent.</summary>
/// <param name="Tolerance">How late it may still go out; null for the usual.</param>
/// <param name="NextSlot">Whether it is to go into each account's next free queue slot.</param>
/// <param name="Repeat">How it is to come back; null when it goes out once.</param>
public sealed record DraftPlan(TimeSpan? Tolerance = null, bool NextSlot = false, DraftRepeat? Repeat = null)
{
    /// <summary>It goes out once, with the usual tolerance.</summary>
    public static DraftPlan Usual { get; } = new();
}

/// <summary>How a draft is to come back.</summary>
/// <param name="Rule">The rule (RRULE), as far as it is.</param>
/// <param name="SkipHolidays">Whether bank holidays are left out.</param>
public sealed record DraftRepeat(string Rule, bool SkipHolidays);
