using Coordination.Dashboard.Components.Kit;
using Coordination.Domain.Posts;

namespace Coordination.Dashboard.Components.Posts;

/// <summary>A failure in words, everywhere the same.</summary>
public static class FailureWords
{
    /// <summary>Which of the three it is, as a sentence.</summary>
    public static string Title(PostFailure failure, DateTimeOffset now) => (failure.Class, failure.Cause) switch
    {
        (FailureClass.WillRetry, _) when failure.RetryAt is { } at => $"Will retry at {Time(at, now)}: {Cause(failure.Cause)}.",
        (FailureClass.WillRetry, _) => $"Will retry: {Cause(failure.Cause)}.",
        (FailureClass.Never, _) => $"Never: {Cause(failure.Cause)}.",
        _ => $"Needs you: {Cause(failure.Cause)}.",
    };

    /// <summary>Why nothing was sent, as the rest of a sentence.</summary>
    public static string Cause(FailureCause cause) => cause switch
    {
        FailureCause.Unreachable => "the platform could not be reached",
        FailureCause.RateLimit => "the platform allows no more posts for now",
        FailureCause.Closed => "the platform is closed for now",
        FailureCause.SignIn => "the account’s sign-in does not work",
        FailureCause.Settings => "what is set up for the account does not work",
        FailureCause.Image => "the platform refuses an image",
        _ => "the platform refuses this text",
    };

    // Seconds count for what is near.
    private static string Time(DateTimeOffset at, DateTimeOffset now) => at - now < TimeSpan.FromHours(12) ? UkTime.Clock(at) : UkTime.Day(at, now);
}
