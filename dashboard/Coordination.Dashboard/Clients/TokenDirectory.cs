using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Coordination.Storage.People;

namespace Coordination.Dashboard.Clients;

/// <summary>Tokens that count, with a short memory: one that has ended or was revoked is refused within seconds.</summary>
/// <remarks>
/// While the database does not answer, a token that counted minutes ago goes on to its end, so that a hold attempt is told plainly that it
/// did not take instead of "who are you?". Nothing can be changed in that time anyway.
/// </remarks>
public sealed class TokenDirectory(IApiClientStore store, TokenGuesses guesses, TimeProvider time)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan FreshForOpen = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Usable = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private const int Most = 10_000;

    private readonly ConcurrentDictionary<string, Entry> _known = new(StringComparer.Ordinal);
    // Whoever reconnects, reconnects at once and many times: of one token one look-up is under way at a time, and all wait for it.
    private readonly ConcurrentDictionary<string, Lazy<Task<TokenAnswer>>> _asking = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Guid, (bool Counts, DateTimeOffset At)> _open = new();

    /// <summary>Finds whose token it is.</summary>
    /// <param name="token">The token as it came.</param>
    /// <param name="address">From where: an address that sends too many tokens that are nobody's is not looked up any more for a while.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task<TokenAnswer> FindAsync(string token, IPAddress? address, CancellationToken cancellationToken)
    {
        if (token.Length > TokenText.Longest)
        {
            return new TokenAnswer.Unknown();
        }

        var now = time.GetUtcNow();
        var key = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
        var remembered = _known.TryGetValue(key, out var entry) && now - entry.At < Usable ? entry : null;
        if (remembered is not null && now - remembered.At < Fresh)
        {
            return Of(remembered.Holder, now);
        }

        var asking = _asking.GetOrAdd(key, _ => new Lazy<Task<TokenAnswer>>(() => AskAsync(key, token, address, remembered)));
        return await asking.Value.WaitAsync(cancellationToken);
    }

    /// <summary>Whether a token still counts, for what it has opened and that stays open: at most a second old.</summary>
    /// <exception cref="System.Data.Common.DbException">The database does not answer.</exception>
    public async Task<bool> CountsAsync(Guid token, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (_open.TryGetValue(token, out var last) && now - last.At < FreshForOpen)
        {
            return last.Counts;
        }

        var counts = (await store.CountingAsync([token], cancellationToken)).Contains(token);
        if (_open.Count >= Most)
        {
            _open.Clear();
        }

        _open[token] = (counts, now);
        if (!counts)
        {
            Forget(holder => holder.TokenId == token);
        }

        return counts;
    }

    /// <summary>Forgets those of which something has just changed.</summary>
    public void Forget(Func<TokenHolder, bool> which)
    {
        foreach (var (key, entry) in _known)
        {
            if (which(entry.Holder))
            {
                _known.TryRemove(key, out _);
                _open.TryRemove(entry.Holder.TokenId, out _);
            }
        }
    }

    private async Task<TokenAnswer> AskAsync(string key, string token, IPAddress? address, Entry? remembered)
    {
        try
        {
            // Who is known costs nothing: a flood from an address does not lock out who has been let in from there.
            if (remembered is null && !guesses.TryEnter(address, out var wait))
            {
                return new TokenAnswer.TooMany(wait);
            }

            // Of the database's own time, not of the one caller's who happened to come first.
            var now = time.GetUtcNow();
            using var patience = new CancellationTokenSource(Patience, time);
            return Remember(key, await store.FindTokenAsync(token, patience.Token), now);
        }
        catch (Exception) when (remembered is not null)
        {
            return Of(remembered.Holder, time.GetUtcNow());
        }
        catch (OperationCanceledException e)
        {
            throw new TimeoutException("The database did not say in time whose token it is.", e);
        }
        finally
        {
            _asking.TryRemove(key, out _);
        }
    }

    // Only what counts is remembered: guesses must not fill the memory.
    private TokenAnswer Remember(string key, TokenFinding found, DateTimeOffset asOf)
    {
        if (found is not TokenFinding.Counts { Holder: { } holder })
        {
            _known.TryRemove(key, out _);
            return found is TokenFinding.Over over ? new TokenAnswer.Over(over.At, over.Revoked) : new TokenAnswer.Unknown();
        }

        if (_known.Count >= Most)
        {
            _known.Clear();
        }

        _known[key] = new Entry(holder, asOf);
        return new TokenAnswer.Known(holder);
    }

    private static TokenAnswer Of(TokenHolder holder, DateTimeOffset now) =>
        now < holder.EndsAt ? new TokenAnswer.Known(holder) : new TokenAnswer.Over(holder.EndsAt, false);

    private sealed record Entry(TokenHolder Holder, DateTimeOffset At);
}
