namespace Coordination.Connectors;

/// <summary>What to look for on the platform.</summary>
/// <param name="Key">The key it was sent under.</param>
/// <param name="Text">The text it was sent with.</param>
/// <param name="AttemptedAt">When the attempt began. A platform without keys is searched from
/// <see cref="ConnectorOptions.ClockTolerance"/> before it.</param>
/// <param name="OtherRemoteIds">Ids of posts known to be other ones, so that an earlier post of the same words is not taken for this one.</param>
public sealed record FindRequest(
    IdempotencyKey Key,
    string Text,
    DateTimeOffset AttemptedAt,
    IReadOnlyCollection<string>? OtherRemoteIds = null)
{
    /// <summary>The platform's own id of the post that it was to change; null for a post of its own.</summary>
    public string? Edits { get; init; }

    /// <summary>Where what was prepared for it is kept; null when nothing is.</summary>
    public IPreparedHandles? Handles { get; init; }

    /// <summary>The key alone: a post's text belongs in no log.</summary>
    public override string ToString() => $"find {Key}";
}

/// <summary>What the platform showed when asked for a post: a closed set.</summary>
public abstract record FindResult
{
    private FindResult()
    {
    }

    /// <summary>It is there.</summary>
    /// <param name="RemoteId">The platform's own id of the post.</param>
    /// <param name="Url">Where people see it.</param>
    /// <param name="At">The platform's time of it.</param>
    public sealed record Found(string RemoteId, Uri Url, DateTimeOffset At) : FindResult;

    /// <summary>The platform answered and does not show it now. By itself no proof that it never will: an attempt may still be under way there.</summary>
    public sealed record NotFound : FindResult;

    /// <summary>Nobody knows: the platform could not be asked.</summary>
    /// <param name="Reason">Why.</param>
    /// <param name="RetryAfter">How long the platform asks to wait; null when it does not say.</param>
    /// <param name="NeedsAttention">True when a person has to look at the account's settings first.</param>
    public sealed record CouldNotAsk(string Reason, TimeSpan? RetryAfter = null, bool NeedsAttention = false) : FindResult;
}
