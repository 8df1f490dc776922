using System.Text.Json;
using Coordination.Domain.Holds;

namespace Coordination.Storage.Verification;

/// <summary>What the journal keeps of a placing. <c>LiftNeedsSecond</c> is null for one that was placed before lifts by two.</summary>
internal sealed record PlacedPayload(
    string Id, HoldKind Kind, JsonElement Scope, IReadOnlyList<string>? NamedPosters, string? Incident, DateTimeOffset? ReviewAt, string? Rule,
    DateTimeOffset? EndsAt, bool? LiftNeedsSecond)
{
    /// <summary>The scope, to ask it what it covers.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public Scope Covers { get; private init; } = new();

    /// <summary>Reads it; null when it is none.</summary>
    public static PlacedPayload? Read(string payload)
    {
        try
        {
            return JsonSerializer.Deserialize<PlacedPayload>(payload, StorageJson.Options) is { Id: not null, Scope.ValueKind: JsonValueKind.Object } placed
                ? placed with { Covers = placed.Scope.Deserialize<Scope>(StorageJson.Options) ?? new Scope() }
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>What the journal keeps of a named poster's removal.</summary>
internal sealed record RemovedPayload(string StaffId)
{
    /// <summary>Reads it; null when it is none.</summary>
    public static RemovedPayload? Read(string payload)
    {
        try
        {
            return JsonSerializer.Deserialize<RemovedPayload>(payload, StorageJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>What the journal keeps of another time to look at a hold again.</summary>
internal sealed record ReviewPayload(DateTimeOffset? ReviewAt)
{
    /// <summary>Reads it; null when it is none.</summary>
    public static ReviewPayload? Read(string payload)
    {
        try
        {
            return JsonSerializer.Deserialize<ReviewPayload>(payload, StorageJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>What the journal keeps of a proof that was taken.</summary>
internal sealed record MarkPayload(string? Sha256, string? FileSha256, string? Format)
{
    private const int HashDigits = 64;

    /// <summary>Whether it can be read, and a file can be checked against it.</summary>
    public static bool IsOne(string payload)
    {
        try
        {
            return JsonSerializer.Deserialize<MarkPayload>(payload, StorageJson.Options) is { Sha256.Length: HashDigits, FileSha256.Length: HashDigits, Format: not null };
        }
        catch (JsonException)
        {
            return false;
        }
    }
}

/// <summary>What the journal keeps of a permit.</summary>
internal sealed record PermitPayload(Guid PermitId, Guid PostId, int Part, string Action, int Attempt, int Revision, string PosterId)
{
    /// <summary>Reads it; null when it is none.</summary>
    public static PermitPayload? Read(string payload)
    {
        try
        {
            return JsonSerializer.Deserialize<PermitPayload>(payload, StorageJson.Options) is { Action: not null, PosterId: not null } permit ? permit : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
