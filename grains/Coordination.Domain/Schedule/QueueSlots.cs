using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using Coordination.Domain.Accounts;
using Coordination.Domain.People;

namespace Coordination.Domain.Schedule;

/// <summary>A weekly wish in local time: a day of the week and a time on a wall in London. "Tue 17:30" stays 17:30 when the clocks change.</summary>
/// <remarks>The time is a whole minute. Its text, such as <c>tue 17:30</c>, is how it is kept.</remarks>
[JsonConverter(typeof(QueueSlotJsonConverter))]
[StructLayout(LayoutKind.Auto)]
public readonly record struct QueueSlot
{
    private const string TimeForm = "HH:mm";

    // In the order of the enumeration.
    private static readonly string[] DayIds = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

    /// <summary>Makes one.</summary>
    /// <param name="day">The day of the week.</param>
    /// <param name="time">The time on the wall.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is no whole minute, or there is no such day.</exception>
    public QueueSlot(DayOfWeek day, TimeOnly time)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(time.Ticks % TimeSpan.TicksPerMinute, 0, nameof(time));
        (Day, Time) = (Enum.IsDefined(day) ? day : throw new ArgumentOutOfRangeException(nameof(day), day, "No such day."), time);
    }

    /// <summary>The day of the week.</summary>
    public DayOfWeek Day { get; }

    /// <summary>The time on the wall.</summary>
    public TimeOnly Time { get; }

    /// <summary>The day's id: <c>mon</c> to <c>sun</c>.</summary>
    public string DayId => DayIds[(int)Day];

    /// <summary>The time as it is written: <c>17:30</c>.</summary>
    public string TimeText => Time.ToString(TimeForm, CultureInfo.InvariantCulture);

    /// <summary>Its place in a week that begins on Monday, in minutes.</summary>
    public int MinuteOfWeek => (((((int)Day) + 6) % 7) * 24 * 60) + (Time.Hour * 60) + Time.Minute;

    /// <summary>Reads a day's id and a time.</summary>
    public static bool TryParse(string? day, string? time, out QueueSlot slot)
    {
        slot = default;
        var index = Array.IndexOf(DayIds, day);
        if (index < 0 || !TimeOnly.TryParseExact(time, TimeForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out var wall))
        {
            return false;
        }

        slot = new QueueSlot((DayOfWeek)index, wall);
        return true;
    }

    /// <summary>Reads the text.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out QueueSlot slot)
    {
        slot = default;
        return text?.Split(' ') is [var day, var time] && TryParse(day, time, out slot);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{DayId} {TimeText}";
}

/// <summary>Writes a slot as its text.</summary>
public sealed class QueueSlotJsonConverter : JsonConverter<QueueSlot>
{
    /// <inheritdoc/>
    public override QueueSlot Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        QueueSlot.TryParse(reader.GetString(), out var slot) ? slot : throw new JsonException("No queue slot.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, QueueSlot value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}

/// <summary>The queue slots of an account as they are kept.</summary>
/// <param name="Account">The account.</param>
/// <param name="Slots">Its slots in the order of the week, from Monday.</param>
/// <param name="Version">Grows with each change; a change names the one that was read. 0 before the first.</param>
/// <param name="SavedAt">When they were set as they are (UTC); null before the first change.</param>
/// <param name="SavedByName">Name of who set them.</param>
public sealed record QueueSlots(AccountKey Account, IReadOnlyList<QueueSlot> Slots, long Version, DateTimeOffset? SavedAt, string? SavedByName)
{
    /// <summary>An account for which nobody has set any.</summary>
    public static QueueSlots None(AccountKey account) => new(account, [], 0, null, null);
}

/// <summary>Who may set the queue slots of an account, and what they may be. Pure.</summary>
public static class QueueSlotRules
{
    /// <summary>Most slots of one account.</summary>
    public const int Most = 50;

    /// <summary>Decides whether they may be set so.</summary>
    /// <param name="account">The account.</param>
    /// <param name="labels">Its labels.</param>
    /// <param name="lifecycle">Where it is in its life.</param>
    /// <param name="slots">What they would be.</param>
    /// <param name="actor">Who sets them.</param>
    /// <returns>Null when they may.</returns>
    public static Refusal? Set(AccountKey account, AccountLabels labels, AccountLifecycle lifecycle, IReadOnlyList<QueueSlot> slots, Actor actor)
    {
        if (!AccountAuthority.MayPublish(account, labels, actor))
        {
            return new Refusal(
                "not-your-account",
                $"{actor.Name} may not publish on the account {account}, so its queue slots are not {actor.Name}'s to set. Nothing was changed. Ask Comms to be named as a holder of it.",
                RefusalKind.Forbidden);
        }

        if (lifecycle == AccountLifecycle.Retired)
        {
            return new Refusal("account-retired", $"The account {account} is retired, and nothing is published on it any more. Nothing was changed.", RefusalKind.Conflict);
        }

        if (slots.Count > Most)
        {
            return new Refusal("slots-too-many", $"{slots.Count} queue slots were given for {account}; {Most} fit. Nothing was changed. Take some out.");
        }

        return slots.GroupBy(s => s).FirstOrDefault(g => g.Count() > 1) is { } twice
            ? new Refusal("slot-twice", $"The slot {twice.Key} is given twice for {account}. Nothing was changed. Give each slot once.")
            : null;
    }

    /// <summary>The slots in the order of the week, from Monday.</summary>
    public static IReadOnlyList<QueueSlot> InOrder(IEnumerable<QueueSlot> slots) => [.. slots.OrderBy(s => s.MinuteOfWeek)];
}
