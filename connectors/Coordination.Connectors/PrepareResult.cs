namespace Coordination.Connectors;

/// <summary>How the preparing of a post's images ended: a closed set. Nothing of it is public, and repeating it is safe.</summary>
public abstract record PrepareResult
{
    private PrepareResult()
    {
    }

    /// <summary>The platform has the images; nobody sees them before a post with them is published.</summary>
    /// <param name="Attachment">What <see cref="PublishRequest.Attachment"/> is to carry, in the connector's own form; null when there are no images.</param>
    public sealed record Ready(string? Attachment) : PrepareResult;

    /// <summary>The platform does not have them yet. They may be tried again.</summary>
    /// <param name="Reason">Why.</param>
    /// <param name="RetryAfter">How long the platform asks to wait; null when it does not say.</param>
    /// <param name="NeedsAttention">True when trying again will not help before a person has looked at the account's settings.</param>
    public sealed record NotReady(string Reason, TimeSpan? RetryAfter = null, bool NeedsAttention = false) : PrepareResult;

    /// <summary>The platform refuses an image for good.</summary>
    /// <param name="Reason">Why, in the platform's words where it gave some.</param>
    public sealed record Refused(string Reason) : PrepareResult;
}
