using System.Text.Json.Serialization;
using Coordination.Domain.Accounts;
using Coordination.Domain.Posts;
using Coordination.Domain.Review;

namespace Coordination.Domain.Schedule;

/// <summary>A wish in local time that comes back: "every Monday at 09:00". A 09:00 stays a 09:00 when the clocks change.</summary>
public sealed record RepeatWish
{
    /// <summary>The text.</summary>
    public required string Text { get; init; }

    /// <summary>Where it goes out.</summary>
    public required IReadOnlyList<AccountKey> Accounts { get; init; }

    /// <summary>What is said of it besides; null when nothing is.</summary>
    public PostAbout? About { get; init; }

    /// <summary>When it comes back, as the value of an RRULE (RFC 5545, 3.3.10), with an end.</summary>
    public required string Rule { get; init; }

    /// <summary>The first date and time, on the wall.</summary>
    public required DateTime First { get; init; }

    /// <summary>Where the wall is: a zone's IANA name.</summary>
    public string Zone { get; init; } = WallClock.London;

    /// <summary>How late a post may go out; after that it is missed.</summary>
    public TimeSpan Tolerance { get; init; } = PostRules.DefaultTolerance;

    /// <summary>Whether bank holidays are left out.</summary>
    public bool SkipHolidays { get; init; }
}

/// <summary>What has become of a repeat. The names are a contract with clients.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RepeatState>))]
public enum RepeatState
{
    /// <summary>Its posts are made ahead as their dates come near.</summary>
    [JsonStringEnumMemberName("active")]
    Active,

    /// <summary>The service makes no more of its posts, because its owner may not have them made any more. What was made stays.</summary>
    [JsonStringEnumMemberName("halted")]
    Halted,

    /// <summary>A person stopped it. What was made, is not due yet and is still as written, was taken back.</summary>
    [JsonStringEnumMemberName("stopped")]
    Stopped,
}

/// <summary>What has become of one date of a repeat on one account. The names are a contract with clients.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RepeatDateState>))]
public enum RepeatDateState
{
    /// <summary>Its post is made when its time is near.</summary>
    [JsonStringEnumMemberName("planned")]
    Planned,

    /// <summary>Its post is in the calendar; what becomes of that is the post's own.</summary>
    [JsonStringEnumMemberName("made")]
    Made,

    /// <summary>The account did not take it; it is tried again until its time.</summary>
    [JsonStringEnumMemberName("refused")]
    Refused,

    /// <summary>Its time passed before a post could be made. It is never sent late.</summary>
    [JsonStringEnumMemberName("skipped")]
    Skipped,

    /// <summary>Left out for a bank holiday.</summary>
    [JsonStringEnumMemberName("holiday")]
    Holiday,

    /// <summary>Its post was taken back when the repeat was stopped.</summary>
    [JsonStringEnumMemberName("takenBack")]
    TakenBack,

    /// <summary>Its post stays although the repeat was stopped: somebody changed it, or it cannot be taken back.</summary>
    [JsonStringEnumMemberName("kept")]
    Kept,
}

/// <summary>One date of a repeat on one account.</summary>
/// <param name="Account">The account.</param>
/// <param name="Local">The time on the wall.</param>
/// <param name="DueAt">The moment it stands for, as last computed (UTC).</param>
/// <param name="PostId">The id of its post, made or to be made.</param>
/// <param name="State">What has become of it.</param>
/// <param name="Why">Why, for people; null when there is nothing to explain.</param>
/// <param name="Tried">Whether its account may have been asked for it already.</param>
public sealed record RepeatDate(AccountKey Account, DateTime Local, DateTimeOffset DueAt, PostId PostId, RepeatDateState State, string? Why, bool Tried);

/// <summary>What became of one date, to be recorded.</summary>
/// <param name="Account">The account.</param>
/// <param name="Local">The time on the wall.</param>
/// <param name="State">What has become of it.</param>
/// <param name="Why">Why, for people; null when there is nothing to explain.</param>
public sealed record RepeatOutcome(AccountKey Account, DateTime Local, RepeatDateState State, string? Why = null);

/// <summary>A repeat as it is kept.</summary>
public sealed record Repeat
{
    /// <summary>The id.</summary>
    public required Guid Id { get; init; }

    /// <summary>What is wished.</summary>
    public required RepeatWish Wish { get; init; }

    /// <summary>Staff id of the person for whom its posts go out.</summary>
    public required string OwnerId { get; init; }

    /// <summary>Their name at the time.</summary>
    public required string OwnerName { get; init; }

    /// <summary>Whether it goes on.</summary>
    public required RepeatState State { get; init; }

    /// <summary>When it was started (UTC).</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ended by a person or by the service (UTC); null while it goes on.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Staff id of who ended it.</summary>
    public string? EndedById { get; init; }

    /// <summary>Their name at the time.</summary>
    public string? EndedByName { get; init; }

    /// <summary>Why it ended.</summary>
    public string? Why { get; init; }

    /// <summary>The number of its latest entry in the journal.</summary>
    public required long Version { get; init; }

    /// <summary>Its dates, soonest first.</summary>
    public IReadOnlyList<RepeatDate> Dates { get; init; } = [];
}
