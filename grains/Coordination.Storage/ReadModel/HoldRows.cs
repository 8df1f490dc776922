using System.Text.Json;
using Coordination.Domain.Holds;
using Coordination.Domain.People;
using Coordination.Storage.Fence;

namespace Coordination.Storage.ReadModel;

/// <summary>Reads holds as the database renders them (<c>to_jsonb</c> of the row).</summary>
internal static class HoldRows
{
    private static readonly JsonSerializerOptions Snake = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static Hold Parse(string json) => ToHold(JsonSerializer.Deserialize<Row>(json, Snake)
        ?? throw new JsonException("The database rendered no hold."));

    public static IReadOnlyList<InFlightPost> ParseInFlight(string json) =>
        JsonSerializer.Deserialize<IReadOnlyList<InFlightPost>>(json, StorageJson.Options) ?? [];

    private static Hold ToHold(Row row) => new()
    {
        Id = row.Id,
        Kind = HoldKinds.TryParse(row.Kind, out var kind) ? kind : throw new JsonException($"Unknown kind of hold '{row.Kind}'."),
        Scope = row.Scope.Deserialize<Scope>(StorageJson.Options) ?? throw new JsonException("A hold without scope."),
        Reason = row.Reason,
        PlacedBy = row.PlacedBy,
        PlacedByName = row.PlacedByName,
        PlacedByRole = Roles.TryParse(row.PlacedByRole, out var role) ? role : throw new JsonException($"Unknown role '{row.PlacedByRole}'."),
        PlacedAt = row.PlacedAt.ToUniversalTime(),
        Sequence = row.PlacedSeq,
        NamedPosters = row.NamedPosters,
        Incident = row.Incident,
        ReviewAt = row.ReviewAt?.ToUniversalTime(),
        Rule = row.Rule,
        EndsAt = row.EndsAt?.ToUniversalTime(),
        LiftNeedsSecond = row.LiftNeedsSecond,
        LiftAsk = row.LiftAskedSeq is { } asked
            ? new LiftAsk(row.LiftAskedBy!, row.LiftAskedByName!, row.LiftAskedAt!.Value.ToUniversalTime(), asked, row.LiftAskedReason!)
            : null,
        LiftedAt = row.LiftedAt?.ToUniversalTime(),
        LiftedSequence = row.LiftedSeq,
        LiftedBy = row.LiftedBy,
        LiftedByName = row.LiftedByName,
        LiftReason = row.LiftReason,
    };

    private sealed record Row(
        string Id,
        string Kind,
        JsonElement Scope,
        string Reason,
        string PlacedBy,
        string PlacedByName,
        string PlacedByRole,
        DateTimeOffset PlacedAt,
        long PlacedSeq,
        string[] NamedPosters,
        string? Incident,
        DateTimeOffset? ReviewAt,
        string? Rule,
        DateTimeOffset? EndsAt,
        bool LiftNeedsSecond,
        long? LiftAskedSeq,
        DateTimeOffset? LiftAskedAt,
        string? LiftAskedBy,
        string? LiftAskedByName,
        string? LiftAskedReason,
        DateTimeOffset? LiftedAt,
        long? LiftedSeq,
        string? LiftedBy,
        string? LiftedByName,
        string? LiftReason);
}
