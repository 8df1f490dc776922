using System.Text.Json.Serialization;
using Coordination.Domain.Review;
using Coordination.Storage.ReadModel;

namespace Coordination.Dashboard.Api;

/// <summary>A post as every client sees it.</summary>
public sealed record PostDto
{
    /// <summary>The id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The account's key.</summary>
    public required string Account { get; init; }

    /// <summary>The text.</summary>
    public required string Text { get; init; }

    /// <summary>One of <c>draft submitted returned scheduled publishing published held missed cancelled rejected failed unknown removed</c>.</summary>
    public required string State { get; init; }

    /// <summary>When it is, or was, due.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>How late it may go out, in seconds.</summary>
    public required int ToleranceSeconds { get; init; }

    /// <summary>Staff id of who it goes out for.</summary>
    public required string PosterId { get; init; }

    /// <summary>Their name.</summary>
    public required string PosterName { get; init; }

    /// <summary>Staff id of who wrote its words, where it goes out for somebody else; left out where it is the poster.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? WriterId { get; init; }

    /// <summary>The writer's name.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? WriterName { get; init; }

    /// <summary>The message it is part of.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Guid? MessageId { get; init; }

    /// <summary>When it was written.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the platform took it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? PublishedAt { get; init; }

    /// <summary>Where it can be seen.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Url { get; init; }

    /// <summary>Ids of the holds that stopped it, or, while it is scheduled, that would.</summary>
    public required IReadOnlyList<string> HeldBy { get; init; }

    /// <summary>Why it stands where it stands.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Note { get; init; }

    /// <summary>The last try by which nothing was sent, while the post waits, was missed, failed or was rejected; left out otherwise.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public FailureDto? Failure { get; init; }

    /// <summary>Counts the changes by people, from 1.</summary>
    public required int Revision { get; init; }

    /// <summary>True while it is scheduled and a hold lets it through only with an approval that it does not have; left out otherwise.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool AwaitsApproval { get; init; }

    /// <summary>Name of who approved this revision; left out when nobody did.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ApprovedBy { get; init; }

    /// <summary>When it was approved.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? ApprovedAt { get; init; }

    /// <summary>What it is about: <c>incident</c>, <c>exercise</c> or <c>event</c>; left out for anything else.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Topic { get; init; }

    /// <summary>The incident's reference; left out when it is about none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Incident { get; init; }

    /// <summary>The id of the post that it corrects; left out when it corrects none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Guid? Corrects { get; init; }

    /// <summary>True when it changes that post at the platform itself; left out for a post of its own.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool InPlace { get; init; }

    /// <summary>Why it may go out all the same, by the content rule that asks; left out when nothing is said.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, string>? Reasons { get; init; }

    /// <summary>Its images, in order; left out when it has none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ImageDto>? Images { get; init; }

    /// <summary>The parts of a thread, in order, the first included; left out for a post of one part.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<PartDto>? Parts { get; init; }

    /// <summary>Why somebody else reads it before it goes out; left out when nobody has to.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ReviewDto? Review { get; init; }

    /// <summary>Who sent it back, while it is with its writer again.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ReturnDto? Returned { get; init; }

    /// <summary>The repeat that made it; left out for a post by itself.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Guid? RepeatId { get; init; }

    /// <summary>When somebody asked for it to be taken off the platform; left out when nobody did, or the platform refused.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? RemovalAskedAt { get; init; }

    /// <summary>Name of who asked.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? RemovalAskedBy { get; init; }

    /// <summary>When it was known to be off the platform.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? RemovedAt { get; init; }

    /// <summary>The major incidents since a person last confirmed it, oldest first; left out when there is none. A confirmation ends it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<IncidentSinceDto>? WrittenBefore { get; init; }

    /// <summary>Makes it.</summary>
    public static PostDto Of(PostRow row) => new()
    {
        Id = row.Id,
        Account = row.Account,
        Text = row.Text,
        State = row.State,
        DueAt = row.DueAt,
        ToleranceSeconds = row.ToleranceSeconds,
        PosterId = row.PosterId,
        PosterName = row.PosterName,
        WriterId = row.About?.Writer?.Id,
        WriterName = row.About?.Writer?.Name,
        MessageId = row.MessageId,
        CreatedAt = row.CreatedAt,
        PublishedAt = row.PublishedAt,
        Url = row.Url,
        HeldBy = row.HeldBy,
        Note = row.Note,
        Failure = FailureDto.Of(row),
        Revision = row.Revision,
        AwaitsApproval = row.AwaitsApproval,
        ApprovedBy = row.ApprovedBy,
        ApprovedAt = row.ApprovedAt,
        Topic = row.About is { Topic: not PostTopic.General and var topic } ? topic.Id() : null,
        Incident = row.About?.Incident,
        Corrects = row.About?.Corrects?.Value,
        InPlace = row.About?.InPlace ?? false,
        Reasons = row.About is { Answers: { Count: > 0 } answers } ? answers : null,
        Images = ImageDto.Of(row.About?.Images),
        Parts = PartDto.Of(row),
        Review = row.Review is { } review ? new ReviewDto([.. review.Why.Select(w => new ReviewCauseDto(w.Rule, w.Words))], review.CommsOnly) : null,
        Returned = row.Return is { } back ? new ReturnDto(back.ByName, back.Comment, back.At) : null,
        RepeatId = row.RepeatId,
        RemovalAskedAt = row.RemovalAskedAt,
        RemovalAskedBy = row.RemovalAskedBy,
        RemovedAt = row.RemovedAt,
        WrittenBefore = IncidentSinceDto.Of(row.WrittenBefore),
    };
}

/// <summary>Why somebody else reads a post before it goes out.</summary>
/// <param name="Why">The rules that ask for it.</param>
/// <param name="CommsOnly">Whether Comms alone may approve it; otherwise the account's approvers may too.</param>
public sealed record ReviewDto(IReadOnlyList<ReviewCauseDto> Why, bool CommsOnly);

/// <summary>One rule that asks for another person.</summary>
/// <param name="Rule">Its name.</param>
/// <param name="Detail">Why, for people.</param>
public sealed record ReviewCauseDto(string Rule, string Detail);

/// <summary>Who sent a post back.</summary>
/// <param name="By">Their name.</param>
/// <param name="Comment">What its writer should change.</param>
/// <param name="At">When (UTC).</param>
public sealed record ReturnDto(string By, string Comment, DateTimeOffset At);
