namespace Coordination.Sandbox.Network;

/// <summary>What is left of an account's allowance.</summary>
/// <param name="Limit">Requests in a window.</param>
/// <param name="Remaining">Requests left in it.</param>
/// <param name="ResetsAt">When the next window begins.</param>
/// <param name="Allowed">Whether this request was within it.</param>
internal readonly record struct Allowance(int Limit, int Remaining, DateTimeOffset ResetsAt, bool Allowed);

/// <summary>Counts requests in fixed windows, as Mastodon does: all of an account's in five minutes, its deletions in half an hour.</summary>
internal sealed class RateLimits(SandboxOptions options, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Account, bool Delete), (long Window, int Count)> _counts = [];

    /// <summary>Counts one request; null when nothing limits it.</summary>
    public Allowance? Take(string accountId, bool delete)
    {
        var limit = delete ? options.DeleteLimit : options.RateLimit;
        if (limit == 0)
        {
            return null;
        }

        var length = (long)(delete ? TimeSpan.FromMinutes(30) : TimeSpan.FromMinutes(5)).TotalSeconds;
        var window = time.GetUtcNow().ToUnixTimeSeconds() / length;
        lock (_lock)
        {
            var (former, count) = _counts.GetValueOrDefault((accountId, delete));
            count = former == window ? count + 1 : 1;
            _counts[(accountId, delete)] = (window, count);
            return new Allowance(limit, Math.Max(0, limit - count), DateTimeOffset.FromUnixTimeSeconds((window + 1) * length), count <= limit);
        }
    }
}
