using System.Text.Json.Serialization;

namespace Coordination.Connectors.Mastodon;

/// <summary>What is read of a status. Everything may be missing: the answer comes from outside.</summary>
internal sealed record StatusJson(
    string? Id,
    string? Content,
    DateTimeOffset? CreatedAt,
    Uri? Url,
    string? Uri,
    long? FavouritesCount,
    long? ReblogsCount,
    long? RepliesCount,
    long? QuotesCount,
    string? Visibility = null,
    string? Language = null,
    DateTimeOffset? EditedAt = null,
    IReadOnlyList<MediaJson?>? MediaAttachments = null);

/// <summary>What is read of an account.</summary>
internal sealed record AccountJson(string? Id, long? FollowersCount, long? FollowingCount, long? StatusesCount);

/// <summary>What is read of a refusal.</summary>
internal sealed record ErrorJson(string? Error);

/// <summary>What is read of a token: the seconds that are left of it; null when it does not end.</summary>
internal sealed record TokenJson(long? ExpiresIn);

/// <summary>What is sent.</summary>
internal sealed record NewStatusJson(
    string Status,
    string Visibility,
    string Language,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? MediaIds = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? InReplyToId = null);

/// <summary>What is sent to change a status.</summary>
internal sealed record EditedStatusJson(
    string Status,
    string Language,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? MediaIds = null);

/// <summary>What is read of an uploaded file.</summary>
internal sealed record MediaJson(string? Id);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(StatusJson))]
[JsonSerializable(typeof(StatusJson[]))]
[JsonSerializable(typeof(AccountJson))]
[JsonSerializable(typeof(ErrorJson))]
[JsonSerializable(typeof(TokenJson))]
[JsonSerializable(typeof(NewStatusJson))]
[JsonSerializable(typeof(EditedStatusJson))]
[JsonSerializable(typeof(MediaJson))]
internal sealed partial class MastodonJson : JsonSerializerContext;
