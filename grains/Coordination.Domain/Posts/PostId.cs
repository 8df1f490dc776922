using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Coordination.Domain.Posts;

/// <summary>The id of one post: a version 7 UUID, so ids sort by the time they were made.</summary>
[JsonConverter(typeof(PostIdJsonConverter))]
public readonly record struct PostId(Guid Value)
{
    /// <summary>Parses the canonical text form.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out PostId id)
    {
        var ok = Guid.TryParseExact(text, "D", out var value);
        id = new PostId(value);
        return ok;
    }

    /// <inheritdoc/>
    public override string ToString() => Value.ToString("D", CultureInfo.InvariantCulture);
}

/// <summary>Writes a post id as its text.</summary>
public sealed class PostIdJsonConverter : JsonConverter<PostId>
{
    /// <inheritdoc/>
    public override PostId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetGuid());

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, PostId value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
}
