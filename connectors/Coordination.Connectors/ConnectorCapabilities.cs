namespace Coordination.Connectors;

/// <summary>What a platform can do through its interface.</summary>
/// <param name="IdempotencyKeyLifetime">For how long the platform recognises a repeated publish by its key, counted from the first one;
/// null when it never does; <see cref="TimeSpan.MaxValue"/> when it does for as long as the post stands.</param>
/// <param name="CanRemove">Whether posts can be taken off.</param>
/// <param name="CanEdit">Whether a post that is out can be changed.</param>
/// <param name="CanReadAccountCounters">Whether followers and post counts can be read.</param>
/// <param name="CanReadPostCounters">Whether likes, reposts and replies can be read.</param>
/// <param name="CanReadRecent">Whether the account's own recent posts can be read.</param>
/// <param name="FindsByKeyExactly">True when a find asks by the key itself; false when it compares recent posts' texts and times.</param>
/// <param name="CannotDo">What it cannot do, each a sentence for the account page.</param>
public sealed record ConnectorCapabilities(
    TimeSpan? IdempotencyKeyLifetime,
    bool CanRemove,
    bool CanEdit,
    bool CanReadAccountCounters,
    bool CanReadPostCounters,
    bool CanReadRecent,
    bool FindsByKeyExactly,
    IReadOnlyList<string> CannotDo);
