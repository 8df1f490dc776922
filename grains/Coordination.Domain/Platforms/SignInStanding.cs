using Coordination.Domain.Accounts;

namespace Coordination.Domain.Platforms;

/// <summary>What is known of an account's sign-in at its platform.</summary>
/// <param name="Account">The account.</param>
/// <param name="CheckedAt">When the platform last said whether it works (UTC); null when it never did.</param>
/// <param name="Works">What it said.</param>
/// <param name="Why">Why it does not work, for people; null when it does.</param>
/// <param name="ExpiresAt">When it ends (UTC), where the platform tells or the configuration says; null when nobody knows.</param>
/// <param name="FailedAt">When the platform last could not be asked (UTC); null once it has answered again.</param>
/// <param name="FailedWhy">Why it could not.</param>
public sealed record SignInStanding(
    AccountKey Account,
    DateTimeOffset? CheckedAt = null,
    bool Works = false,
    string? Why = null,
    DateTimeOffset? ExpiresAt = null,
    DateTimeOffset? FailedAt = null,
    string? FailedWhy = null);

/// <summary>How a sign-in stands.</summary>
public enum SignInVerdict
{
    /// <summary>Nobody has asked the platform yet.</summary>
    Unchecked,

    /// <summary>It works.</summary>
    Works,

    /// <summary>It works, and ends soon.</summary>
    EndsSoon,

    /// <summary>It has ended.</summary>
    Ended,

    /// <summary>The platform does not accept it.</summary>
    Refused,
}

/// <summary>When a sign-in is looked at, and what is said of it.</summary>
public static class SignInRules
{
    /// <summary>How long before its end a sign-in is called to be renewed: whoever does it may be on leave.</summary>
    public static readonly TimeSpan WarnAhead = TimeSpan.FromDays(14);

    /// <summary>How long before a post is due its account's sign-in is looked at once more, unless that was done since.</summary>
    public static readonly TimeSpan BeforeAPost = TimeSpan.FromMinutes(30);

    /// <summary>How it stands.</summary>
    public static SignInVerdict Look(SignInStanding standing, DateTimeOffset now) => standing switch
    {
        { CheckedAt: null } => SignInVerdict.Unchecked,
        { Works: false } => SignInVerdict.Refused,
        { ExpiresAt: { } end } when end <= now => SignInVerdict.Ended,
        { ExpiresAt: { } end } when end - now <= WarnAhead => SignInVerdict.EndsSoon,
        _ => SignInVerdict.Works,
    };

    /// <summary>Whether somebody has to do something about it.</summary>
    public static bool IsTrouble(SignInVerdict verdict) => verdict is SignInVerdict.EndsSoon or SignInVerdict.Ended or SignInVerdict.Refused;

    /// <summary>How it stands, as the rest of a sentence that begins with the account or with "The sign-in".</summary>
    public static string Words(SignInStanding standing, DateTimeOffset now) => Look(standing, now) switch
    {
        SignInVerdict.Unchecked => standing.FailedAt is null ? "has not been checked yet" : "could not be checked yet",
        SignInVerdict.Works => "works",
        SignInVerdict.EndsSoon => $"will stop working in {Left(standing.ExpiresAt!.Value - now)}: reconnect it before then",
        SignInVerdict.Ended => "has stopped working: reconnect it",
        _ => "does not work: reconnect it",
    };

    // Rounded down: nobody is promised a day that is not there.
    private static string Left(TimeSpan left) => left switch
    {
        { TotalDays: >= 2 } => $"{(int)left.TotalDays} days",
        { TotalHours: >= 2 } => $"{(int)left.TotalHours} hours",
        _ => $"{Math.Max(1, (int)left.TotalMinutes)} minutes",
    };
}
