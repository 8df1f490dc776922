using System.Collections.Concurrent;
using Coordination.Domain.Accounts;
using Coordination.Domain.Platforms;

namespace Coordination.Silo.Publishing;

/// <summary>Keeps this silo's calls within what the platforms take, by their published limits and by what their servers said last.</summary>
/// <remarks>An account's posts go through one silo at a time, so its own count is right but for a move between silos; then the server's word comes on top.</remarks>
internal sealed class RateGate(TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, List<DateTimeOffset>> _taken = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<AccountKey, DateTimeOffset> _closedUntil = new();

    /// <summary>Takes a place for one call.</summary>
    /// <param name="account">Whose call.</param>
    /// <param name="place">The place: to be given back when no call is made.</param>
    /// <returns>When there is one and why not before, as a sentence; null when the place was taken.</returns>
    public RateWait? TryTake(AccountKey account, out DateTimeOffset place)
    {
        place = default;
        if (_closedUntil.TryGetValue(account, out var closed) && closed > time.GetUtcNow())
        {
            return new RateWait(closed, $"{account.Platform.Name} says that it takes no more posts of this account for now.");
        }

        lock (_lock)
        {
            // Inside, so that places are taken in the order of their times.
            var now = place = time.GetUtcNow();
            foreach (var limit in RateLimits.Of(account.Platform))
            {
                if (RateLimits.NextFits(limit, Of(account, limit, now), now) is { } next)
                {
                    return new RateWait(next, $"{account.Platform.Name} {limit.Words}.");
                }
            }

            foreach (var limit in RateLimits.Of(account.Platform))
            {
                Of(account, limit, now).Add(now);
            }
        }

        return null;
    }

    /// <summary>Gives a place back: no call was made.</summary>
    public void GiveBack(AccountKey account, DateTimeOffset place)
    {
        lock (_lock)
        {
            foreach (var limit in RateLimits.Of(account.Platform))
            {
                Of(account, limit, place).Remove(place);
            }
        }
    }

    /// <summary>Keeps that a server takes nothing more of an account for a while.</summary>
    public void Close(AccountKey account, TimeSpan wait) => _closedUntil[account] = time.GetUtcNow() + wait;

    private List<DateTimeOffset> Of(AccountKey account, RateLimit limit, DateTimeOffset now)
    {
        var key = $"{(limit.WholeService ? account.PlatformId : account.Value)} {limit.Window}";
        if (!_taken.TryGetValue(key, out var taken))
        {
            _taken[key] = taken = [];
        }

        var old = 0;
        while (old < taken.Count && taken[old] <= now - limit.Window)
        {
            old++;
        }

        taken.RemoveRange(0, old);
        return taken;
    }
}

/// <summary>There is no place for a call now.</summary>
/// <param name="Until">When there is one (UTC).</param>
/// <param name="Why">Why not before.</param>
internal sealed record RateWait(DateTimeOffset Until, string Why);
