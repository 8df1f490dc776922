using System.Text.Json;
using Coordination.Storage.Journal;

namespace Coordination.Dashboard.Desks;

/// <summary>One entry of the journal about a post, with what it says of it.</summary>
public sealed record PostMoment
{
    /// <summary>The entry's number in its account's stream.</summary>
    public required long Number { get; init; }

    /// <summary>When, by the database's clock (UTC).</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The event's name, such as <c>post-scheduled</c>.</summary>
    public required string Event { get; init; }

    /// <summary>Staff id of the actor; <c>system</c> for the service.</summary>
    public required string ActorId { get; init; }

    /// <summary>The actor's name at the time.</summary>
    public required string ActorName { get; init; }

    /// <summary>The actor's role at the time.</summary>
    public required string ActorRole { get; init; }

    /// <summary>Why, in somebody's words or the platform's.</summary>
    public string? Why { get; init; }

    /// <summary>The text from here on, where it was written or changed.</summary>
    public string? Text { get; init; }

    /// <summary>The time it is due from here on, where a person set one (UTC).</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>Name of the person for whom it goes out from here on, where that was settled.</summary>
    public string? PosterName { get; init; }

    /// <summary>Ids of the holds that stopped it, or that an approval is for.</summary>
    public IReadOnlyList<string> HoldIds { get; init; } = [];

    /// <summary>The attempt that a permit is for, from 1.</summary>
    public int? Attempt { get; init; }

    /// <summary>The part of a thread that it is about, from 0; null where it is about all of the post.</summary>
    public int? Part { get; init; }

    /// <summary>The revision that a permit or an approval is for, from 1.</summary>
    public int? Revision { get; init; }

    /// <summary>Place in the fence's order, where one was drawn: later holds have higher numbers.</summary>
    public long? FenceSequence { get; init; }

    /// <summary>Where the platform shows it.</summary>
    public string? Url { get; init; }

    /// <summary>The chain's hash of the entry, in hexadecimal.</summary>
    public required string Hash { get; init; }

    /// <summary>Reads an entry.</summary>
    /// <exception cref="JsonException">Its payload is no JSON: then the record itself is broken, and <c>verify</c> names it.</exception>
    public static PostMoment Of(JournalEntry entry)
    {
        var said = JsonSerializer.Deserialize<Said>(entry.Payload ?? "{}", Storage.StorageJson.Options) ?? new Said();
        return new PostMoment
        {
            Number = entry.Number,
            At = entry.At,
            Event = entry.Event,
            ActorId = entry.ActorId,
            ActorName = entry.ActorName,
            ActorRole = entry.ActorRole,
            Why = entry.Reason ?? said.Reason ?? said.Why,
            Text = said.Text,
            DueAt = said.DueAt,
            PosterName = said.PosterName,
            HoldIds = said.HoldIds ?? [],
            Attempt = said.Attempt,
            Part = said.Part,
            Revision = said.Revision,
            FenceSequence = entry.FenceSequence,
            Url = said.Url,
            Hash = Convert.ToHexStringLower(entry.Hash),
        };
    }

    // Whatever of these an event has; the stored names never change.
    private sealed record Said(
        string? Text = null, DateTimeOffset? DueAt = null, string? PosterName = null, IReadOnlyList<string>? HoldIds = null, int? Attempt = null,
        int? Revision = null, string? Url = null, string? Reason = null, string? Why = null, int? Part = null);
}
