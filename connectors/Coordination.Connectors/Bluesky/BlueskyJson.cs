using System.Text.Json.Serialization;

namespace Coordination.Connectors.Bluesky;

internal sealed record SignInJson(string Identifier, string Password);

/// <summary>A session as it is read; anything may be missing.</summary>
internal sealed record SessionJson(string? AccessJwt, string? Did);

internal sealed record XrpcErrorJson(string? Error, string? Message);

internal sealed record ByteSliceJson(int ByteStart, int ByteEnd);

internal sealed record LinkJson([property: JsonPropertyOrder(1)] string Uri)
{
    [JsonPropertyName("$type")]
    public string Type => "app.bsky.richtext.facet#link";
}

internal sealed record FacetJson(ByteSliceJson Index, IReadOnlyList<LinkJson> Features);

/// <summary>One post as it is written and read (app.bsky.feed.post).</summary>
internal sealed record PostRecordJson(
    string? Text,
    string? CreatedAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Langs = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<FacetJson>? Facets = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] System.Text.Json.JsonElement? Embed = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] System.Text.Json.JsonElement? Reply = null)
{
    [JsonPropertyName("$type")]
    public string Type => BlueskyConnector.Collection;
}

/// <summary>A write. <c>swapRecord</c> is written as null, which means: only where no record stands.</summary>
internal sealed record PutRecordJson(
    string Repo,
    string Collection,
    string Rkey,
    PostRecordJson Record,
    bool Validate = true,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? SwapRecord = null);

internal sealed record PutResultJson(string? Uri, string? Cid);

internal sealed record UploadedBlobJson(System.Text.Json.JsonElement? Blob);

internal sealed record DeleteRecordJson(string Repo, string Collection, string Rkey);

internal sealed record DeleteResultJson(System.Text.Json.JsonElement? Commit);

/// <summary>One record as it is read.</summary>
internal sealed record RecordJson(string? Uri, ReadPostJson? Value, string? Cid = null);

/// <summary>What is read of a post.</summary>
internal sealed record ReadPostJson(string? Text, DateTimeOffset? CreatedAt);

internal sealed record RecordPageJson(string? Cursor, IReadOnlyList<RecordJson?>? Records);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SignInJson))]
[JsonSerializable(typeof(SessionJson))]
[JsonSerializable(typeof(XrpcErrorJson))]
[JsonSerializable(typeof(PutRecordJson))]
[JsonSerializable(typeof(PutResultJson))]
[JsonSerializable(typeof(UploadedBlobJson))]
[JsonSerializable(typeof(DeleteRecordJson))]
[JsonSerializable(typeof(DeleteResultJson))]
[JsonSerializable(typeof(RecordJson))]
[JsonSerializable(typeof(RecordPageJson))]
internal sealed partial class BlueskyJson : JsonSerializerContext;
