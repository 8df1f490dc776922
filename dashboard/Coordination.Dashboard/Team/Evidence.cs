using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;

namespace Coordination.Dashboard.Team;

/// <summary>What the service knows of a post whose removal was asked for: read from the journal, never written anew.</summary>
public sealed record Evidence
{
    /// <summary>The post's id.</summary>
    public required Guid Post { get; init; }

    /// <summary>The account's key.</summary>
    public required string Account { get; init; }

    /// <summary>The account's name.</summary>
    public required string DisplayName { get; init; }

    /// <summary>The platform's id.</summary>
    public required string Platform { get; init; }

    /// <summary>The text that went out; of a thread, its parts with an empty line between.</summary>
    public required string Text { get; init; }

    /// <summary>SHA-256 of the text's UTF-8 bytes, in hexadecimal.</summary>
    public string TextSha256 => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text)));

    /// <summary>The parts of a thread that went out, in order; left out for a post of one part.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<EvidencePart>? Parts { get; init; }

    /// <summary>The changes that went out over it, in order; left out when there were none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<EvidenceChange>? Changes { get; init; }

    /// <summary>The images that went out with it.</summary>
    public IReadOnlyList<EvidenceMedia> Media { get; init; } = [];

    /// <summary>Who wrote it.</summary>
    public required string WrittenBy { get; init; }

    /// <summary>For whom it went out.</summary>
    public required string GoesOutFor { get; init; }

    /// <summary>When the platform took it, as the service recorded it (UTC).</summary>
    public required DateTimeOffset? PublishedAt { get; init; }

    /// <summary>Where it could be seen.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Url { get; init; }

    /// <summary>Who asked for the removal and what came of it, oldest first.</summary>
    public required IReadOnlyList<EvidenceStep> Removal { get; init; }

    /// <summary>The task for a person, where the platform did not remove it; left out where there was none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public EvidenceTask? Task { get; init; }

    /// <summary>The journal's entries about the post, with the chain's hash of each: whoever holds the journal finds them there.</summary>
    public required IReadOnlyList<EvidenceEntry> Entries { get; init; }
}

/// <summary>A change that went out over the post.</summary>
/// <param name="Post">The change's own id: its whole life is in the journal, too.</param>
/// <param name="Text">What the post read from then on.</param>
/// <param name="PublishedAt">When the platform took it (UTC).</param>
/// <param name="By">For whom it went out.</param>
public sealed record EvidenceChange(Guid Post, string Text, DateTimeOffset PublishedAt, string By);

/// <summary>A part of a thread that went out.</summary>
/// <param name="Text">Its text.</param>
/// <param name="PublishedAt">When the platform took it (UTC).</param>
/// <param name="Url">Where it could be seen; left out when that is not known.</param>
public sealed record EvidencePart(
    string Text, DateTimeOffset PublishedAt, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Url);

/// <summary>An image that went out with a post.</summary>
/// <param name="Sha256">SHA-256 of its bytes, in hexadecimal.</param>
/// <param name="AltText">What it shows, in words.</param>
public sealed record EvidenceMedia(string Sha256, string AltText);

/// <summary>A step of the removal.</summary>
/// <param name="At">When (UTC).</param>
/// <param name="Result"><c>asked</c>, <c>refused</c> or <c>removed</c>.</param>
/// <param name="By">Who: a person, or the service for what the platform answered.</param>
/// <param name="Words">The reason, or the platform's answer.</param>
public sealed record EvidenceStep(DateTimeOffset At, string Result, string By, string? Words);

/// <summary>The task for a person.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Open">Whether it still waits for somebody.</param>
/// <param name="DoneBy">Who confirmed it.</param>
/// <param name="DoneAt">When (UTC).</param>
/// <param name="Note">What they said.</param>
public sealed record EvidenceTask(
    Guid Id,
    bool Open,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? DoneBy,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? DoneAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Note);

/// <summary>An entry of the journal.</summary>
/// <param name="Number">Its number in the account's stream.</param>
/// <param name="At">When (UTC).</param>
/// <param name="Event">What happened.</param>
/// <param name="Hash">The chain's hash, in hexadecimal.</param>
public sealed record EvidenceEntry(long Number, DateTimeOffset At, string Event, string Hash);
