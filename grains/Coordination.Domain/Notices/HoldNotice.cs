using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Coordination.Domain.Holds;

namespace Coordination.Domain.Notices;

/// <summary>What systems outside are told of a hold. Its form is published: <c>/schemas/hold-notice-1.json</c>, which also says what each field means.</summary>
/// <remarks>Nobody is named in it but whoever is to be called, and no post is quoted. The hold's reason is free text and stays inside.</remarks>
public sealed record HoldNotice
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Converters = { new UtcTime() } };

    /// <summary>The form's version.</summary>
    [JsonPropertyOrder(-1)]
    public int Version => 1;

    /// <summary><c>hold-placed</c> or <c>hold-lifted</c>.</summary>
    public required string Event { get; init; }

    /// <summary>When it happened (UTC).</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The hold.</summary>
    public required HoldFacts Hold { get; init; }

    /// <summary>Which accounts it covers.</summary>
    public required CoveredAccounts Accounts { get; init; }

    /// <summary>What may still be done on them, or may be done again: sentences.</summary>
    public required IReadOnlyList<string> MayDo { get; init; }

    /// <summary>Whom to call.</summary>
    public required CallFacts Call { get; init; }

    /// <summary>The message as it is sent: compact JSON, all but plain ASCII escaped.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, s_json);

    // The one form that the API has, too: to the microsecond, with Z.
    private sealed class UtcTime : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset();

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture));
    }
}

/// <summary>A hold, as systems outside are told of it.</summary>
public sealed record HoldFacts
{
    /// <summary>The id, such as <c>H-000231</c>.</summary>
    public required string Id { get; init; }

    /// <summary>What it lets through.</summary>
    public required HoldKind Kind { get; init; }

    /// <summary>The kind in words.</summary>
    public required string KindName { get; init; }

    /// <summary>The incident's number; null when it was placed for none.</summary>
    public string? Incident { get; init; }

    /// <summary>When it came into force (UTC).</summary>
    public required DateTimeOffset PlacedAt { get; init; }

    /// <summary>When it ends by itself (UTC); null for never.</summary>
    public DateTimeOffset? EndsAt { get; init; }

    /// <summary>When it was lifted (UTC); null while it stands.</summary>
    public DateTimeOffset? LiftedAt { get; init; }

    /// <summary>The scope in words.</summary>
    public required string ScopeInWords { get; init; }

    /// <summary>The scope; null when one of its lists is too long: <see cref="HoldNoticeWriter.MostAccounts"/>.</summary>
    public Scope? Scope { get; init; }

    /// <summary>The hold's page, for people who may sign in there; null when the service's own address is not set.</summary>
    public Uri? Page { get; init; }
}

/// <summary>Accounts that a hold covers.</summary>
/// <param name="Count">How many.</param>
/// <param name="Listed">The first of them by key: at most <see cref="HoldNoticeWriter.MostAccounts"/>.</param>
/// <param name="NotListed">How many more there are.</param>
public sealed record CoveredAccounts(int Count, IReadOnlyList<CoveredAccount> Listed, int NotListed);

/// <summary>An account that a hold covers.</summary>
/// <param name="Key">The account's key: <c>x/wmfsperrybarr</c>.</param>
/// <param name="Platform">The platform's id.</param>
/// <param name="Handle">The handle there.</param>
public sealed record CoveredAccount(string Key, string Platform, string Handle);

/// <summary>Whom to call about a hold.</summary>
/// <param name="Role">In which part.</param>
/// <param name="Name">The duty officer's name; null when nobody is on the rota.</param>
/// <param name="Phone">The number; null when none is known.</param>
public sealed record CallFacts(string Role, string? Name, string? Phone);
