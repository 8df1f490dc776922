namespace Coordination.Connectors;

/// <summary>What a platform says of an account's sign-in: a closed set. Reasons are sentences for people and hold no secret.</summary>
public abstract record SignInResult
{
    private SignInResult()
    {
    }

    /// <summary>It works.</summary>
    /// <param name="ExpiresAt">When it ends (UTC); null when the platform does not say.</param>
    public sealed record Works(DateTimeOffset? ExpiresAt) : SignInResult;

    /// <summary>The platform does not accept it, or there is none that could be tried.</summary>
    /// <param name="Reason">Why, in the platform's words where it gave some.</param>
    public sealed record Refused(string Reason) : SignInResult;

    /// <summary>Nobody knows: the platform could not be asked.</summary>
    /// <param name="Reason">Why.</param>
    /// <param name="RetryAfter">How long the platform asks to wait; null when it does not say.</param>
    public sealed record Unavailable(string Reason, TimeSpan? RetryAfter = null) : SignInResult;
}
