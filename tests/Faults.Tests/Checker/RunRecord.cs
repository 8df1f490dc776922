using Coordination.Domain.Accounts;
using Coordination.Domain.Holds;
using Coordination.FaultTests.Clients;
using Coordination.FaultTests.World;

namespace Coordination.FaultTests.Checker;

/// <summary>Everything that is known after a run: what the database says, what the outside saw, what the clients were told.</summary>
internal sealed record RunRecord
{
    public required IReadOnlyList<PermitRow> Permits { get; init; }

    public required IReadOnlyList<HoldRow> Holds { get; init; }

    public required IReadOnlyList<PostRow> Posts { get; init; }

    public required IReadOnlyList<LabelRow> Labels { get; init; }

    public required IReadOnlyList<EntryRow> Journal { get; init; }

    /// <summary>Stored grain states, by account key.</summary>
    public required IReadOnlyDictionary<string, string> States { get; init; }

    /// <summary>What the platform accepted.</summary>
    public required IReadOnlyList<Arrival> Arrivals { get; init; }

    /// <summary>What the clients asked for and were told.</summary>
    public required IReadOnlyList<Call> Calls { get; init; }

    /// <summary>From when until when PostgreSQL was certainly out of everybody's reach.</summary>
    public required IReadOnlyList<(DateTimeOffset From, DateTimeOffset Until)> Outages { get; init; }
}

internal sealed record PermitRow(
    Guid Id, long Seq, string Account, Guid PostId, int Attempt, string PosterId, int Revision, DateTimeOffset IssuedAt, DateTimeOffset ExpiresAt, string? Outcome);

internal sealed record HoldRow(
    string Id, Guid OperationId, HoldKind Kind, Scope Scope, DateTimeOffset PlacedAt, long PlacedSeq, DateTimeOffset? LiftedAt, long? LiftedSeq, IReadOnlyList<Guid> InFlight);

internal sealed record PostRow(Guid Id, string Account, string State, string Text, DateTimeOffset DueAt, int Revision, string PosterId);

internal sealed record LabelRow(string Account, long Seq, AccountLabels Labels);

internal sealed record EntryRow(
    string Stream, long Number, DateTimeOffset At, string Event, string ActorId, string ActorName, string ActorRole, Guid? OperationId, long? FenceSeq,
    string? Reason, string? Payload, byte[]? Salt, byte[] PayloadHash, byte[] Hash);
