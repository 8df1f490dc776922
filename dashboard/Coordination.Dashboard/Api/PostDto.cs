using System.Text.Json.Serialization;
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

    /// <summary>One of <c>draft scheduled publishing published held missed cancelled rejected failed unknown removed</c>.</summary>
    public required string State { get; init; }

    /// <summary>When it is, or was, due.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>How late it may go out, in seconds.</summary>
    public required int ToleranceSeconds { get; init; }

    /// <summary>Staff id of who it goes out for.</summary>
    public required string PosterId { get; init; }

    /// <summary>Their name.</summary>
    public required string PosterName { get; init; }

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
        MessageId = row.MessageId,
        CreatedAt = row.CreatedAt,
        PublishedAt = row.PublishedAt,
        Url = row.Url,
        HeldBy = row.HeldBy,
        Note = row.Note,
        Revision = row.Revision,
        AwaitsApproval = row.AwaitsApproval,
        ApprovedBy = row.ApprovedBy,
        ApprovedAt = row.ApprovedAt,
        RemovalAskedAt = row.RemovalAskedAt,
        RemovalAskedBy = row.RemovalAskedBy,
        RemovedAt = row.RemovedAt,
        WrittenBefore = IncidentSinceDto.Of(row.WrittenBefore),
    };
}
