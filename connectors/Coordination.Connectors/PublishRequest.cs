namespace Coordination.Connectors;

/// <summary>Says whether the permit for a call may still be used. Asked right before the bytes are written (FENCE.md rule 9); must be quick and must not block.</summary>
/// <returns>Null while it may, on a clock that also counts suspended time; otherwise why not, as the end of a sentence.</returns>
public delegate string? PermitGuard();

/// <summary>One text to publish.</summary>
/// <param name="Key">The same for every attempt at this text.</param>
/// <param name="Text">The text, as checked against the platform's limits.</param>
/// <param name="CreatedAt">The time the post bears where the platform lets its client say so (Bluesky). The same for every attempt:
/// with another time a repeat would be another record.</param>
/// <param name="Deadline">The instant after which the request is not begun. The wait for an answer goes on beyond it, for
/// <see cref="ConnectorOptions.AnswerTimeout"/>.</param>
/// <param name="Guard">The permit.</param>
/// <param name="Withdrawn">Cancelled when the permit may no longer be used: ends the waiting for a connection or a sign-in at once. A
/// request that has begun goes on, because breaking it off would only make its outcome unknown.</param>
public sealed record PublishRequest(
    IdempotencyKey Key,
    string Text,
    DateTimeOffset CreatedAt,
    DateTimeOffset Deadline,
    PermitGuard Guard,
    CancellationToken Withdrawn = default)
{
    /// <summary>What <see cref="IPlatformConnector.PrepareAsync"/> gave: the post's images, or its container; null when there is none.</summary>
    public string? Attachment { get; init; }

    /// <summary>Where what was prepared is kept; null when nothing is.</summary>
    public IPreparedHandles? Handles { get; init; }

    /// <summary>Where it stands in a thread; null for a post of its own and for a thread's first part.</summary>
    public ThreadPlace? Thread { get; init; }

    /// <summary>The key alone: a post's text belongs in no log.</summary>
    public override string ToString() => $"publish {Key}";
}

/// <summary>What a part of a thread answers.</summary>
/// <param name="First">The platform's own id of the thread's first part.</param>
/// <param name="Before">The platform's own id of the part before it.</param>
public sealed record ThreadPlace(string First, string Before);
