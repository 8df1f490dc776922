using Npgsql;

namespace Coordination.Storage.Verification;

/// <summary>A hold as the fence has it.</summary>
internal sealed record StoredHold
{
    public required string Id { get; init; }

    public required Guid? OperationId { get; init; }

    public required string Kind { get; init; }

    public required string Scope { get; init; }

    public required string Reason { get; init; }

    public required string PlacedBy { get; init; }

    public required string PlacedByName { get; init; }

    public required string PlacedByRole { get; init; }

    public required DateTimeOffset PlacedAt { get; init; }

    public required long? PlacedSequence { get; init; }

    public required string[] NamedPosters { get; init; }

    public string? Incident { get; init; }

    public DateTimeOffset? ReviewAt { get; init; }

    public string? Rule { get; init; }

    public DateTimeOffset? LiftedAt { get; init; }

    public long? LiftedSequence { get; init; }

    public string? LiftedBy { get; init; }

    public string? LiftedByName { get; init; }

    public string? LiftReason { get; init; }

    public Guid? LiftOperationId { get; init; }

    public DateTimeOffset? EndsAt { get; init; }

    public required bool LiftNeedsSecond { get; init; }

    public long? AskedSequence { get; init; }

    public string? AskedBy { get; init; }

    public string? AskedByName { get; init; }

    public string? AskedByRole { get; init; }

    public string? AskedReason { get; init; }

    public static StoredHold Read(NpgsqlDataReader r) => new()
    {
        Id = r.GetString(0),
        OperationId = r.GetGuid(1),
        Kind = r.GetString(2),
        Scope = r.GetString(3),
        Reason = r.GetString(4),
        PlacedBy = r.GetString(5),
        PlacedByName = r.GetString(6),
        PlacedByRole = r.GetString(7),
        PlacedAt = StoredRows.Time(r, 8)!.Value,
        PlacedSequence = r.GetInt64(9),
        NamedPosters = r.GetFieldValue<string[]>(10),
        Incident = StoredRows.Text(r, 11),
        ReviewAt = StoredRows.Time(r, 12),
        Rule = StoredRows.Text(r, 13),
        LiftedAt = StoredRows.Time(r, 14),
        LiftedSequence = r.IsDBNull(15) ? null : r.GetInt64(15),
        LiftedBy = StoredRows.Text(r, 16),
        LiftedByName = StoredRows.Text(r, 17),
        LiftReason = StoredRows.Text(r, 18),
        LiftOperationId = r.IsDBNull(19) ? null : r.GetGuid(19),
        EndsAt = StoredRows.Time(r, 20),
        LiftNeedsSecond = r.GetBoolean(21),
        AskedSequence = r.IsDBNull(22) ? null : r.GetInt64(22),
        AskedBy = StoredRows.Text(r, 23),
        AskedByName = StoredRows.Text(r, 24),
        AskedByRole = StoredRows.Text(r, 25),
        AskedReason = StoredRows.Text(r, 26),
    };
}
