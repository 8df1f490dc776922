using System.Text.Json.Serialization;
using Coordination.Storage.ReadModel;

namespace Coordination.Dashboard.Api;

/// <summary>One part of a thread.</summary>
/// <param name="Text">Its text.</param>
/// <param name="PublishedAt">When the platform took it; left out while it is not out.</param>
/// <param name="Url">Where it can be seen; left out while that is not known.</param>
public sealed record PartDto(
    string Text,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? PublishedAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Url)
{
    /// <summary>Makes them; null for a post of one part.</summary>
    public static IReadOnlyList<PartDto>? Of(PostRow row) => row.About is { Thread.Count: > 0 } about
        ? [.. about.Thread.Prepend(row.Text).Select((text, i) => about.PartsOut.ElementAtOrDefault(i) is { } part ? new PartDto(text, part.At, part.Url) : new PartDto(text, null, null))]
        : null;
}
