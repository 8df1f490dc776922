using Coordination.Domain.Posts;

namespace Coordination.Connectors;

/// <summary>How one attempt to publish ended: a closed set. Reasons are sentences for people and hold no secret and no post text.</summary>
public abstract record PublishResult
{
    private PublishResult()
    {
    }

    /// <summary>The platform's own words: one line, short, without secrets; null when it gave none.</summary>
    public string? Says { get; init; }

    /// <summary>How long the platform says that it takes nothing more of this account; null when it does not say so.</summary>
    public TimeSpan? NoMoreFor { get; init; }

    /// <summary>It is out.</summary>
    /// <param name="RemoteId">The platform's own id of the post.</param>
    /// <param name="Url">Where people see it.</param>
    /// <param name="At">The platform's time of it.</param>
    public sealed record Published(string RemoteId, Uri Url, DateTimeOffset At) : PublishResult;

    /// <summary>It is certain that nothing went out. The same post may be tried again, under a new permit.</summary>
    /// <param name="Reason">Why.</param>
    /// <param name="RetryAfter">How long the platform asks to wait; null when it does not say.</param>
    /// <param name="NeedsAttention">True when trying again will not help before a person has looked at the account's settings.</param>
    /// <param name="Cause">Why, for what is done about it.</param>
    public sealed record NotSent(
        string Reason, TimeSpan? RetryAfter = null, bool NeedsAttention = false, FailureCause Cause = FailureCause.Unreachable) : PublishResult;

    /// <summary>The platform refused this text for good; nothing went out.</summary>
    /// <param name="Reason">Why, in the platform's words where it gave some.</param>
    public sealed record Rejected(string Reason) : PublishResult;

    /// <summary>The platform does not accept the account's sign-in; nothing went out, and the account needs attention.</summary>
    /// <param name="Reason">Why.</param>
    public sealed record Unauthorised(string Reason) : PublishResult;

    /// <summary>It may be out or not. Never repeat it blindly: ask with <see cref="IPlatformConnector.FindByKeyAsync"/>.</summary>
    /// <param name="Reason">What happened.</param>
    public sealed record Unknown(string Reason) : PublishResult;
}
