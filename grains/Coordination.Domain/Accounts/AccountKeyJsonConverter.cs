using System.Text.Json;
using System.Text.Json.Serialization;

namespace Coordination.Domain.Accounts;

/// <summary>Writes an account key as its text.</summary>
public sealed class AccountKeyJsonConverter : JsonConverter<AccountKey>
{
    /// <inheritdoc/>
    public override AccountKey Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        AccountKey.TryParse(reader.GetString(), out var key) ? key : throw new JsonException("Not an account key.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, AccountKey value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Value);

    /// <inheritdoc/>
    public override AccountKey ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Read(ref reader, typeToConvert, options);

    /// <inheritdoc/>
    public override void WriteAsPropertyName(Utf8JsonWriter writer, AccountKey value, JsonSerializerOptions options) =>
        writer.WritePropertyName(value.Value);
}
