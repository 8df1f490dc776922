using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Coordination.Dashboard.Api;

/// <summary>How JSON is written on every surface, HTTP and hub alike.</summary>
public static class ApiJson
{
    /// <summary>Applies it.</summary>
    public static void Apply(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.PropertyNameCaseInsensitive = true;
        options.AllowDuplicateProperties = false;
        options.MaxDepth = 32;
        options.Converters.Add(new UtcTimeConverter());
        options.Converters.Add(new StorableTextConverter());
    }
}

/// <summary>Times in UTC with a <c>Z</c> and microseconds, the database's own resolution.</summary>
public sealed class UtcTimeConverter : JsonConverter<DateTimeOffset>
{
    private const string Format = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    /// <inheritdoc/>
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        InputTime.TryParse(reader.GetString(), out var time) ? time : throw new JsonException("Not a time with an offset.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture));
}

/// <summary>Refuses the one character that JSON can carry and PostgreSQL cannot keep.</summary>
public sealed class StorableTextConverter : JsonConverter<string>
{
    /// <inheritdoc/>
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = reader.GetString();
        return text is null || !text.Contains('\0', StringComparison.Ordinal) ? text : throw new JsonException("A text has a NUL character.");
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);

    /// <inheritdoc/>
    public override string ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetString() ?? "";

    /// <inheritdoc/>
    public override void WriteAsPropertyName(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WritePropertyName(value);
}
