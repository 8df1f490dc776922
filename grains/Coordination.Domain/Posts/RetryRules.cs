namespace Coordination.Domain.Posts;

/// <summary>When a post is tried again after a try by which surely nothing was sent.</summary>
public static class RetryRules
{
    /// <summary>The wait after the first try.</summary>
    public static readonly TimeSpan First = TimeSpan.FromSeconds(1);

    /// <summary>The longest wait that the service chooses itself.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <summary>The next try: each wait twice the one before, and never before the platform's own time (<c>Retry-After</c>, RFC 9110, section 10.2.3).</summary>
    /// <param name="attempt">The try that failed, from 1.</param>
    /// <param name="asked">How long the platform asks to wait; null when it does not say.</param>
    /// <param name="now">The time (UTC).</param>
    public static DateTimeOffset Next(int attempt, TimeSpan? asked, DateTimeOffset now)
    {
        var own = First * Math.Pow(2, Math.Min(attempt - 1, 10));
        var wait = own < Longest ? own : Longest;
        return now + (asked > wait ? (asked.Value < PostRules.Furthest ? asked.Value : PostRules.Furthest) : wait);
    }
}
