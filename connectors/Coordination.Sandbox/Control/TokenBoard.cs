namespace Coordination.Sandbox.Control;

/// <summary>Which accounts' tokens have an end, or were taken away.</summary>
internal sealed class TokenBoard(TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (bool Revoked, DateTimeOffset? ExpiresAt)> _tokens = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Takes a token away or gives it back, with the time when it ends.</summary>
    public void Set(string username, bool revoked, DateTimeOffset? expiresAt)
    {
        lock (_lock)
        {
            _tokens[username] = (revoked, expiresAt);
        }
    }

    /// <summary>When an account's token ends; null when it does not.</summary>
    public DateTimeOffset? ExpiresAt(string username)
    {
        lock (_lock)
        {
            return _tokens.GetValueOrDefault(username).ExpiresAt;
        }
    }

    /// <summary>Why a token is not accepted any more, in Doorkeeper's words; null while it is.</summary>
    public string? WhyNot(string username)
    {
        lock (_lock)
        {
            return !_tokens.TryGetValue(username, out var token) ? null
                : token.Revoked ? "The access token was revoked"
                : token.ExpiresAt <= time.GetUtcNow() ? "The access token expired"
                : null;
        }
    }
}
