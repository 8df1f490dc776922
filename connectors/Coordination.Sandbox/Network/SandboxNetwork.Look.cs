namespace Coordination.Sandbox.Network;

/// <summary>What can be asked of the sandbox.</summary>
internal sealed partial class SandboxNetwork
{
    public SandboxAccount? ByToken(string token)
    {
        lock (_lock)
        {
            return _byToken.GetValueOrDefault(Hash(token));
        }
    }

    public SandboxAccount? ById(string id)
    {
        lock (_lock)
        {
            return _byId.GetValueOrDefault(id);
        }
    }

    public SandboxAccount? ByUsername(string username)
    {
        lock (_lock)
        {
            return _byUsername.GetValueOrDefault(username);
        }
    }

    /// <summary>The number of an account's posts and the newest one's time.</summary>
    public (int Count, DateTimeOffset? Last) Figures(SandboxAccount account)
    {
        lock (_lock)
        {
            var own = Of(account.Id);
            return (own.Count, own.Count == 0 ? null : _posts[own.Max].CreatedAt);
        }
    }

    /// <summary>The accounts and posts there are.</summary>
    public (int Accounts, int Posts) Size()
    {
        lock (_lock)
        {
            return (_byId.Count, _posts.Count);
        }
    }

    public SandboxPost? Post(long id)
    {
        lock (_lock)
        {
            return _posts.GetValueOrDefault(id);
        }
    }

    /// <summary>One page of posts, newest first.</summary>
    /// <param name="account">Whose; null for everybody's.</param>
    /// <param name="below">Only older ones than this id.</param>
    /// <param name="above">Only newer ones than this id: the newest of them.</param>
    /// <param name="justAbove">Only newer ones than this id: the oldest of them, right after it.</param>
    /// <param name="limit">At most so many.</param>
    public IReadOnlyList<SandboxPost> Page(SandboxAccount? account, long? below, long? above, long? justAbove, int limit)
    {
        lock (_lock)
        {
            var fitting = _posts.Values.Where(p =>
                (account is null || string.Equals(p.AccountId, account.Id, StringComparison.Ordinal))
                && (below is null || p.Id < below)
                && (above is null || p.Id > above)
                && (justAbove is null || p.Id > justAbove));
            return justAbove is null
                ? [.. fitting.Reverse().Take(limit)]
                : [.. fitting.Take(limit).Reverse()];
        }
    }

    /// <summary>What was accepted, in the order of acceptance.</summary>
    public IReadOnlyList<AcceptedRequest> Requests(string? username)
    {
        lock (_lock)
        {
            return [.. _requests.Where(r => username is null || string.Equals(r.Account, username, StringComparison.OrdinalIgnoreCase))];
        }
    }
}
