using Coordination.Domain.Posts;

namespace Coordination.Connectors;

/// <summary>How the preparing of a part of a post ended: a closed set. Nothing of it is public, and repeating it is safe.</summary>
public abstract record PrepareResult
{
    private PrepareResult()
    {
    }

    /// <summary>The platform has what it needs; nobody sees it before the post is published.</summary>
    /// <param name="Attachment">What <see cref="PublishRequest.Attachment"/> is to carry, in the connector's own form; null when that is nothing.</param>
    public sealed record Ready(string? Attachment) : PrepareResult;

    /// <summary>It is not ready yet. It may be tried again.</summary>
    /// <param name="Reason">Why.</param>
    /// <param name="RetryAfter">How long the platform asks to wait; null when it does not say.</param>
    /// <param name="NeedsAttention">True when trying again will not help before a person has looked at the account's settings.</param>
    public sealed record NotReady(string Reason, TimeSpan? RetryAfter = null, bool NeedsAttention = false) : PrepareResult;

    /// <summary>The platform refuses it for good.</summary>
    /// <param name="Reason">Why, in the platform's words where it gave some.</param>
    /// <param name="Cause">What of it.</param>
    public sealed record Refused(string Reason, FailureCause Cause = FailureCause.Image) : PrepareResult
    {
        /// <summary>The platform's own words: one line, short, without secrets; null when it gave none.</summary>
        public string? Says { get; init; }
    }
}
