namespace Coordination.Storage.Journal;

/// <summary>A journal row as stored, hashes and all.</summary>
internal sealed record JournalRow
{
    public required string Stream { get; init; }

    public long Number { get; init; }

    public DateTime At { get; init; }

    public required string Event { get; init; }

    public required string ActorId { get; init; }

    public required string ActorName { get; init; }

    public required string ActorRole { get; init; }

    public Guid? OperationId { get; init; }

    public long? FenceSequence { get; init; }

    public string? Reason { get; init; }

    public string? Payload { get; init; }

    public byte[]? Salt { get; init; }

    public required byte[] PayloadHash { get; init; }

    public required byte[] Hash { get; init; }

    public string? Redaction { get; init; }

    public JournalEntry ToEntry() => new()
    {
        Stream = Stream,
        Number = Number,
        At = At,
        Event = Event,
        ActorId = ActorId,
        ActorName = ActorName,
        ActorRole = ActorRole,
        Reason = Reason,
        FenceSequence = FenceSequence,
        Payload = Payload,
        Redaction = Redaction,
        OperationId = OperationId,
        PayloadHash = PayloadHash,
        Hash = Hash,
    };
}
