using System.Text.Json.Serialization;

namespace Coordination.Connectors.X;

/// <summary>What X puts around everything. Everything may be missing: the answer comes from outside.</summary>
internal sealed record XAnswerJson<T>(T? Data, IReadOnlyList<XProblemJson?>? Errors = null, XMetaJson? Meta = null);

/// <summary>Where the next page begins.</summary>
internal sealed record XMetaJson(string? NextToken);

/// <summary>What is read of a refusal (RFC 9457), in each of the forms that X has for it.</summary>
internal sealed record XProblemJson(string? Type, string? Title, string? Detail, string? Message, IReadOnlyList<XProblemJson?>? Errors = null);

/// <summary>What is read of a post.</summary>
internal sealed record XPostJson(string? Id, string? Text, DateTimeOffset? CreatedAt, XEntitiesJson? Entities = null, XPostFiguresJson? PublicMetrics = null, XNoteJson? NotePost = null);

/// <summary>The whole text of a post that is longer than the first form takes.</summary>
internal sealed record XNoteJson(string? Text, XEntitiesJson? Entities = null);

/// <summary>What a post's text holds.</summary>
internal sealed record XEntitiesJson(IReadOnlyList<XUrlJson?>? Urls);

/// <summary>A link: X shows a short form of it.</summary>
internal sealed record XUrlJson(string? Url, string? ExpandedUrl, string? MediaKey = null);

/// <summary>A post's figures.</summary>
internal sealed record XPostFiguresJson(long? LikeCount, long? RepostCount, long? ReplyCount, long? QuoteCount);

/// <summary>What is read of an account.</summary>
internal sealed record XUserJson(string? Id, string? Username, XUserFiguresJson? PublicMetrics = null);

/// <summary>An account's figures.</summary>
internal sealed record XUserFiguresJson(long? FollowersCount, long? FollowingCount, long? PostCount);

/// <summary>What is read of a deletion.</summary>
internal sealed record XDeletedJson(bool? Deleted);

/// <summary>What is read of an upload.</summary>
internal sealed record XUploadJson(string? Id, long? ExpiresAfterSecs, XProcessingJson? ProcessingInfo = null);

/// <summary>How far the work on an upload has come.</summary>
internal sealed record XProcessingJson(string? State, int? CheckAfterSecs = null);

/// <summary>What is sent to post.</summary>
internal sealed record XNewPostJson(
    string Text,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] XMediaIdsJson? Media = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] XReplyJson? Reply = null);

/// <summary>A post's images.</summary>
internal sealed record XMediaIdsJson(IReadOnlyList<string> MediaIds);

/// <summary>What a post answers.</summary>
internal sealed record XReplyJson(string InReplyToTweetId);

/// <summary>What is sent to begin an upload.</summary>
internal sealed record XNewUploadJson(string MediaType, int TotalBytes, string MediaCategory = "tweet_image");

/// <summary>What is sent to describe an image.</summary>
internal sealed record XDescriptionJson(string Id, XDescriptionMetadataJson Metadata);

/// <summary>What is said of an image.</summary>
internal sealed record XDescriptionMetadataJson(XAltTextJson AltText);

/// <summary>What an image shows, in words.</summary>
internal sealed record XAltTextJson(string Text);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(XAnswerJson<XPostJson>))]
[JsonSerializable(typeof(XAnswerJson<IReadOnlyList<XPostJson?>>), TypeInfoPropertyName = "Posts")]
[JsonSerializable(typeof(XAnswerJson<XUserJson>))]
[JsonSerializable(typeof(XAnswerJson<XDeletedJson>))]
[JsonSerializable(typeof(XAnswerJson<XUploadJson>))]
[JsonSerializable(typeof(XProblemJson))]
[JsonSerializable(typeof(XNewPostJson))]
[JsonSerializable(typeof(XNewUploadJson))]
[JsonSerializable(typeof(XDescriptionJson))]
internal sealed partial class XJson : JsonSerializerContext;
