using System.Text.Json.Serialization;
using Coordination.Domain.Review;

namespace Coordination.Domain.Posts;

/// <summary>Content planned for one account.</summary>
/// <remarks>Kept in its account's state. A change by a person makes a new <see cref="Revision"/>.</remarks>
public sealed record Post
{
    /// <summary>The id.</summary>
    public required PostId Id { get; init; }

    /// <summary>The text, as it goes out.</summary>
    public required string Text { get; init; }

    /// <summary>When it should go out (UTC).</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>How late it may still go out; after that it is missed.</summary>
    public required TimeSpan Tolerance { get; init; }

    /// <summary>Staff id of the person it goes out for.</summary>
    public required string PosterId { get; init; }

    /// <summary>The poster's name at the time.</summary>
    public required string PosterName { get; init; }

    /// <summary>Who wrote its words: the poster, unless another person has only moved it or confirmed it.</summary>
    [JsonIgnore]
    public PostWriter Writer => About?.Writer ?? new PostWriter(PosterId, PosterName);

    /// <summary>Counts the changes by people, from 1.</summary>
    public int Revision { get; init; } = 1;

    /// <summary>Counts the calls to the platform that are certain not to have sent it; the next permit's attempt.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>Where it stands. Never <see cref="PostState.Draft"/> or <see cref="PostState.Publishing"/> here.</summary>
    public required PostState State { get; init; }

    /// <summary>The message it is part of; null for a post of its own.</summary>
    public Guid? MessageId { get; init; }

    /// <summary>When it was written (UTC).</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The holds that stopped it.</summary>
    public IReadOnlyList<string> HeldBy { get; init; } = [];

    /// <summary>Comms' approval of the present revision; null when nobody approved it.</summary>
    public PostApproval? Approval { get; init; }

    /// <summary>What is said of it besides its text; null when nothing is.</summary>
    public PostAbout? About { get; init; }

    /// <summary>Why somebody else reads the present revision before it goes out; null when nobody has to.</summary>
    public PostReview? Review { get; init; }

    /// <summary>Who sent it back, while it is with its writer again.</summary>
    public PostReturn? Return { get; init; }

    /// <summary>What its permits allow: to publish it, or to change another post by it.</summary>
    [JsonIgnore]
    public string Action => About is { InPlace: true } ? "edit" : "publish";

    /// <summary>How many parts it has: one, unless it is a thread.</summary>
    [JsonIgnore]
    public int Parts => 1 + (About?.Thread.Count ?? 0);

    /// <summary>The part that goes out next, from 0.</summary>
    [JsonIgnore]
    public int NextPart => About?.PartsOut.Count ?? 0;

    /// <summary>When the platform took it (UTC): the last part of a thread.</summary>
    public DateTimeOffset? PublishedAt { get; init; }

    /// <summary>The platform's own id of it: of the first part of a thread.</summary>
    public string? RemoteId { get; init; }

    /// <summary>Where it can be seen.</summary>
    public string? Url { get; init; }

    /// <summary>Who wants it off the platform; null when nobody does, or when the platform refused.</summary>
    public PostRemoval? Removal { get; init; }

    /// <summary>When it was known to be off the platform (UTC).</summary>
    public DateTimeOffset? RemovedAt { get; init; }

    /// <summary>Why it stands where it stands, for a person.</summary>
    public string? Note { get; init; }

    /// <summary>The words of a part, from 0.</summary>
    public string TextOf(int part) => part == 0 ? Text : About!.Thread[part - 1];
}
