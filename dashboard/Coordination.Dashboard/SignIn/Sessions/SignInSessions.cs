using System.Collections.Concurrent;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Coordination.Storage.People.Sessions;

namespace Coordination.Dashboard.SignIn.Sessions;

/// <summary>A sign-in as this host last read it.</summary>
/// <param name="Look">What the database said.</param>
/// <param name="At">When (UTC, by this host's clock, which measures how long ago that is and nothing else).</param>
public sealed record KnownSession(SessionLook Look, DateTimeOffset At)
{
    /// <summary>When it ends in all, by this host's clock.</summary>
    public DateTimeOffset EndsAt => At + Look.Left;

    /// <summary>Until when it is fresh, by this host's clock; null when nobody knows when its person proved who they are.</summary>
    public DateTimeOffset? FreshUntil(TimeSpan freshFor) => At + freshFor - Look.Age;
}

/// <summary>The open sign-ins of people, with a short memory: one that was ended, anywhere, counts no more within seconds.</summary>
/// <remarks>
/// While the database does not answer, one that was known minutes ago stays known, as who signed in by it does (<see cref="StaffDirectory"/>).
/// A request names one by its cookie's secret, what is open by its id. They are remembered apart: a former secret must not live on with an open page.
/// </remarks>
public sealed class SignInSessions(ISessionStore store, TimeProvider time)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FreshForOpen = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Usable = TimeSpan.FromMinutes(10);
    private const int Most = 20_000;
    private const int LongestSecret = 100;

    private readonly ConcurrentDictionary<string, KnownSession> _known = new(StringComparer.Ordinal);

    /// <summary>The open one that a cookie names; null when it is none, or ended.</summary>
    public Task<KnownSession?> FindAsync(string secret, CancellationToken cancellationToken) => secret.Length > LongestSecret
        ? Task.FromResult<KnownSession?>(null)
        : FindAsync("secret/" + Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(secret))), Fresh, ct => store.FindAsync(secret, ct), cancellationToken);

    /// <summary>Whether what somebody has open may stay: their sign-in goes on, or they came with a token. At most a second old.</summary>
    public async Task<bool> IsOpenAsync(ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (user.TokenId() is not null)
        {
            return true;
        }

        if (user.SessionId() is not { } id)
        {
            return false;
        }

        var open = await FindAsync("id/" + id.ToString("N"), FreshForOpen, ct => store.FindAsync(id, ct), cancellationToken) is not null;
        if (!open)
        {
            // The page goes to the sign-in page, where the cookie that was looked up a moment ago must not send it back.
            Forget(look => look.Id == id);
        }

        return open;
    }

    /// <summary>Forgets what has just been ended or renewed.</summary>
    public void Forget(Func<SessionLook, bool> which)
    {
        foreach (var (key, known) in _known)
        {
            if (which(known.Look))
            {
                _known.TryRemove(key, out _);
            }
        }
    }

    private async Task<KnownSession?> FindAsync(string key, TimeSpan fresh, Func<CancellationToken, Task<SessionLook?>> ask, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var remembered = _known.TryGetValue(key, out var known) && now < known.EndsAt;
        if (remembered && now - known!.At < fresh)
        {
            return known;
        }

        SessionLook? look;
        try
        {
            look = await ask(cancellationToken);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested && remembered && now - known!.At < Usable)
        {
            return known;
        }

        // Only what is open is remembered: guesses must not fill the memory.
        if (look is null)
        {
            _known.TryRemove(key, out _);
            return null;
        }

        if (_known.Count >= Most)
        {
            _known.Clear();
        }

        return _known[key] = new KnownSession(look, now);
    }
}
