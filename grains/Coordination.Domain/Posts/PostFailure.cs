namespace Coordination.Domain.Posts;

/// <summary>The last time that a post was tried and nothing was sent.</summary>
/// <param name="Class">What it asks of people.</param>
/// <param name="Cause">Why nothing was sent.</param>
/// <param name="At">When it was found out (UTC).</param>
/// <param name="Says">The platform's own words, one short line; null when it gave none.</param>
/// <param name="RetryAt">When it is tried again by itself (UTC); null when it is not.</param>
public sealed record PostFailure(FailureClass Class, FailureCause Cause, DateTimeOffset At, string? Says = null, DateTimeOffset? RetryAt = null)
{
    /// <summary>The same once nothing is tried by itself any more.</summary>
    public PostFailure GivenUp() => this with { Class = FailureClass.NeedsYou, RetryAt = null };

    /// <summary>What a person does about it, as sentences.</summary>
    /// <param name="state">Where the post stands.</param>
    public string ToDo(PostState state) => (Class, Cause) switch
    {
        (FailureClass.WillRetry, _) => "Nothing to do: it is tried again by itself while it may still go out. After that it is missed and a person decides.",
        (FailureClass.Never, _) => "Change the text and send it as a new post. This one never goes out.",
        _ when state == PostState.Missed => "Its time has passed. Comms decides in hand-back whether it still goes out.",
        (_, FailureCause.SignIn) => "Connect the account again, then send the post again: its text and its approval stay as they are.",
        (_, FailureCause.Image) => "Write it as a new post with another image. This one goes out only if the platform takes its image after all.",
        (_, FailureCause.Text) => "Write it as a new post with other words. This one goes out only if the platform takes its text after all.",
        (_, FailureCause.Settings) => "Have what is set up for the account put right, then send the post again: its text and its approval stay as they are.",
        _ => "Look at the account, then send the post again: its text and its approval stay as they are.",
    };
}

/// <summary>What is known of a try by which nothing was sent.</summary>
/// <param name="Cause">Why nothing was sent.</param>
/// <param name="Says">The platform's own words; null when it gave none.</param>
/// <param name="RetryAfter">How long the platform asks to wait; null when it does not say.</param>
public sealed record FailedTry(FailureCause Cause, string? Says = null, TimeSpan? RetryAfter = null);
