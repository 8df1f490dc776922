namespace Coordination.Connectors;

/// <summary>How a removal ended: a closed set.</summary>
public abstract record RemoveResult
{
    private RemoveResult()
    {
    }

    /// <summary>It was there and is gone now.</summary>
    public sealed record Removed : RemoveResult;

    /// <summary>It was not there any more: as good as removed.</summary>
    public sealed record AlreadyGone : RemoveResult;

    /// <summary>The platform refused; the post still stands.</summary>
    /// <param name="Reason">Why.</param>
    /// <param name="RetryAfter">How long the platform asks to wait; null when it does not say.</param>
    /// <param name="NeedsAttention">True when a person has to look at the account's settings first.</param>
    public sealed record Refused(string Reason, TimeSpan? RetryAfter = null, bool NeedsAttention = false) : RemoveResult;

    /// <summary>No usable answer came: the post may still stand. Repeating the removal is safe.</summary>
    /// <param name="Reason">What happened.</param>
    public sealed record NotConfirmed(string Reason) : RemoveResult;
}
