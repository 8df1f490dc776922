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
    string? Visibility = null);

/// <summary>What is read of an account.</summary>
internal sealed record AccountJson(string? Id, long? FollowersCount, long? FollowingCount, long? StatusesCount);

/// <summary>What is read of a refusal.</summary>
internal sealed record ErrorJson(string? Error);

/// <summary>What is sent.</summary>
internal sealed record NewStatusJson(string Status, string Visibility, string Language);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(StatusJson))]
[JsonSerializable(typeof(StatusJson[]))]
[JsonSerializable(typeof(AccountJson))]
[JsonSerializable(typeof(ErrorJson))]
[JsonSerializable(typeof(NewStatusJson))]
internal sealed partial class MastodonJson : JsonSerializerContext;
