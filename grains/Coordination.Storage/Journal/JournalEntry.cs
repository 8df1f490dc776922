namespace Coordination.Storage.Journal;

/// <summary>One entry of the append-only, hash-chained record.</summary>
public sealed record JournalEntry
{
    /// <summary>The stream: <c>account/x/...</c>, <c>hold/H-...</c>, <c>incident/...</c>.</summary>
    public required string Stream { get; init; }

    /// <summary>Place in the stream, from 1, without gaps.</summary>
    public required long Number { get; init; }

    /// <summary>When, by the database's clock (UTC, microseconds).</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What happened, such as <c>post-scheduled</c>.</summary>
    public required string Event { get; init; }

    /// <summary>Staff id of the actor.</summary>
    public required string ActorId { get; init; }

    /// <summary>The actor's name at the time.</summary>
    public required string ActorName { get; init; }

    /// <summary>The actor's role at the time.</summary>
    public required string ActorRole { get; init; }

    /// <summary>Why, where a reason was given.</summary>
    public string? Reason { get; init; }

    /// <summary>The fence's sequence number, where one was drawn.</summary>
    public long? FenceSequence { get; init; }

    /// <summary>The event as stored JSON text; null once it was redacted.</summary>
    public string? Payload { get; init; }

    /// <summary>The redaction that erased its content; null where none did.</summary>
    public string? Redaction { get; init; }

    /// <summary>Id of the command that it answered; null where no command had one.</summary>
    public Guid? OperationId { get; init; }

    /// <summary>The hash of its content, which stays when the content is erased.</summary>
    public byte[] PayloadHash { get; init; } = [];

    /// <summary>The chain's hash of this entry.</summary>
    public required byte[] Hash { get; init; }
}

/// <summary>Reads the journal.</summary>
public interface IJournalReader
{
    /// <summary>A stream's entries, newest first.</summary>
    Task<ReadModel.Page<JournalEntry>> ReadAsync(string stream, int limit, string? cursor, CancellationToken cancellationToken);

    /// <summary>Recomputes a stream's chain from its stored bytes.</summary>
    Task<ChainVerdict> VerifyAsync(string stream, CancellationToken cancellationToken);
}

/// <summary>What recomputing a chain showed.</summary>
/// <param name="Entries">Entries looked at.</param>
/// <param name="FirstBroken">Number of the first entry that does not fit; null when all do.</param>
/// <param name="What">What is wrong with it; null when nothing is.</param>
public sealed record ChainVerdict(long Entries, long? FirstBroken, string? What)
{
    /// <summary>Whether the whole chain verifies.</summary>
    public bool Intact => FirstBroken is null;
}
