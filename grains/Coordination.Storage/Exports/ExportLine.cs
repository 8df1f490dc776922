using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Coordination.Storage.Journal;

namespace Coordination.Storage.Exports;

/// <summary>One entry of the journal as a line of <c>entries.jsonl</c>. All that its hashes are made of is in it, so each line can be checked alone.</summary>
internal sealed record ExportLine
{
    private const string TimeForm = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    // Strict when it is read: what is given twice, or is not known, may say one thing to a program and another to a person.
    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        PropertyNameCaseInsensitive = false,
        NumberHandling = JsonNumberHandling.Strict,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        MaxDepth = 8,
    };

    public required string Stream { get; init; }

    public required long Number { get; init; }

    /// <summary>UTC, with microseconds.</summary>
    public required string At { get; init; }

    public required string Event { get; init; }

    public required ExportActor Actor { get; init; }

    public required Guid? OperationId { get; init; }

    public required long? FenceSequence { get; init; }

    public required string? Reason { get; init; }

    /// <summary>The text as it is stored: it was hashed, so it is never formed anew.</summary>
    public required string? Payload { get; init; }

    /// <summary>Hexadecimal; null where the content was erased.</summary>
    public required string? Salt { get; init; }

    /// <summary>Whether payload, reason and salt were erased. The hashes stay, and the chain goes on over them.</summary>
    public required bool Redacted { get; init; }

    /// <summary>The redaction that erased them; left out where none did.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Redaction { get; init; }

    public required string PayloadHash { get; init; }

    /// <summary>The hash of the entry before it in its stream; empty before the first.</summary>
    public required string Former { get; init; }

    public required string Hash { get; init; }

    public static ExportLine Of(JournalRow row, byte[]? former, string? redaction = null) => new()
    {
        Stream = row.Stream,
        Number = row.Number,
        At = row.At.ToUniversalTime().ToString(TimeForm, CultureInfo.InvariantCulture),
        Event = row.Event,
        Actor = new ExportActor(row.ActorId, row.ActorName, row.ActorRole),
        OperationId = row.OperationId,
        FenceSequence = row.FenceSequence,
        Reason = row.Reason,
        Payload = row.Payload,
        Salt = row.Salt is { } salt ? Convert.ToHexStringLower(salt) : null,
        Redacted = row.Salt is null,
        Redaction = redaction,
        PayloadHash = Convert.ToHexStringLower(row.PayloadHash),
        Former = Convert.ToHexStringLower(former ?? []),
        Hash = Convert.ToHexStringLower(row.Hash),
    };

    /// <summary>Writes it, without the line's end.</summary>
    public void Write(Utf8JsonWriter writer) => JsonSerializer.Serialize(writer, this, s_options);

    /// <summary>How to write it.</summary>
    public static JsonWriterOptions Writing => new() { Encoder = s_options.Encoder };

    /// <summary>Reads one.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static ExportLine Read(ReadOnlySpan<byte> line) =>
        JsonSerializer.Deserialize<ExportLine>(line, s_options) ?? throw new JsonException("null");

    /// <summary>The entry as the journal has it.</summary>
    /// <exception cref="FormatException">A time or a hash in it is none.</exception>
    public JournalRow ToRow() => new()
    {
        Stream = Stream,
        Number = Number,
        At = DateTime.ParseExact(At, TimeForm, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal),
        Event = Event,
        ActorId = Actor.Id,
        ActorName = Actor.Name,
        ActorRole = Actor.Role,
        OperationId = OperationId,
        FenceSequence = FenceSequence,
        Reason = Reason,
        Payload = Payload,
        Salt = Salt is { } salt ? Convert.FromHexString(salt) : null,
        PayloadHash = Convert.FromHexString(PayloadHash),
        Hash = Convert.FromHexString(Hash),
    };
}

/// <summary>Who did it, as the journal has them.</summary>
/// <param name="Id">Staff id.</param>
/// <param name="Name">Their name at the time.</param>
/// <param name="Role">Their role at the time.</param>
public sealed record ExportActor(string Id, string Name, string Role);
