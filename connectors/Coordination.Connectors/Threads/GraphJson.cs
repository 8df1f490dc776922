using System.Text.Json.Serialization;

namespace Coordination.Connectors.Threads;

/// <summary>What is read of an answer that names one thing. Everything may be missing: the answer comes from outside.</summary>
internal sealed record GraphIdJson(string? Id);

/// <summary>What is read of a refusal (developers.facebook.com/docs/graph-api/guides/error-handling).</summary>
internal sealed record GraphErrorJson(GraphErrorBodyJson? Error);

/// <summary>Why something was refused.</summary>
internal sealed record GraphErrorBodyJson(string? Message, int? Code, int? ErrorSubcode, bool? IsTransient, string? ErrorUserMsg);

/// <summary>What is read of a container.</summary>
internal sealed record ContainerJson(string? Id, string? Status, string? ErrorMessage);

/// <summary>What is read of a post.</summary>
internal sealed record ThreadsPostJson(string? Id, string? Text, Uri? Permalink, string? Timestamp, string? MediaType);

/// <summary>What is read of a page of posts.</summary>
internal sealed record ThreadsPageJson(IReadOnlyList<ThreadsPostJson?>? Data, ThreadsPagingJson? Paging);

/// <summary>Where the page after this one begins.</summary>
internal sealed record ThreadsPagingJson(ThreadsCursorsJson? Cursors);

/// <summary>The cursors of a page.</summary>
internal sealed record ThreadsCursorsJson(string? After);

/// <summary>What is read of what may still be published.</summary>
internal sealed record QuotasJson(IReadOnlyList<QuotaJson?>? Data);

/// <summary>How many posts and answers went out, and how many may.</summary>
internal sealed record QuotaJson(long? QuotaUsage, QuotaConfigJson? Config, long? ReplyQuotaUsage, QuotaConfigJson? ReplyConfig);

/// <summary>How many may go out in how many seconds.</summary>
internal sealed record QuotaConfigJson(long? QuotaTotal, long? QuotaDuration);

/// <summary>What is read of a deletion.</summary>
internal sealed record DeletedJson(bool? Success);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(GraphIdJson))]
[JsonSerializable(typeof(GraphErrorJson))]
[JsonSerializable(typeof(ContainerJson))]
[JsonSerializable(typeof(ThreadsPostJson))]
[JsonSerializable(typeof(ThreadsPageJson))]
[JsonSerializable(typeof(QuotasJson))]
[JsonSerializable(typeof(DeletedJson))]
internal sealed partial class GraphJson : JsonSerializerContext;
