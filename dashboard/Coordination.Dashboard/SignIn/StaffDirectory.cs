using System.Collections.Concurrent;
using System.Security.Claims;
using Coordination.Dashboard.Clients;
using Coordination.Storage.People;

namespace Coordination.Dashboard.SignIn;

/// <summary>Staff by id, with a short memory: a person who is taken off the list is out within seconds.</summary>
/// <remarks>
/// While the database does not answer, who was known minutes ago stays known, so that a hold attempt is told plainly that it
/// did not take instead of "who are you?". Nothing can be changed in that time anyway.
/// </remarks>
public sealed class StaffDirectory(IStaffStore store, TokenDirectory tokens, TimeProvider time)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FreshForOpen = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Usable = TimeSpan.FromMinutes(10);
    private const int Most = 10_000;

    private readonly ConcurrentDictionary<string, Entry> _known = new(StringComparer.Ordinal);

    /// <summary>The active person with that id; null when there is none.</summary>
    public Task<StaffMember?> FindAsync(string id, CancellationToken cancellationToken) =>
        FindByIdAsync(id, Fresh, cancellationToken);

    /// <summary>The same for what is open and asks again and again, pages and connections: at most a second old.</summary>
    public Task<StaffMember?> FindForOpenAsync(string id, CancellationToken cancellationToken) =>
        FindByIdAsync(id, FreshForOpen, cancellationToken);

    /// <summary>Whoever signed in, or came with a token, and has something open: null when they, or the token, do not count any more.</summary>
    public async Task<StaffMember?> FindForOpenAsync(ClaimsPrincipal user, CancellationToken cancellationToken) =>
        user.TryGetActor(out var actor) && (user.TokenId() is not { } token || await tokens.CountsAsync(token, cancellationToken))
            ? await FindForOpenAsync(actor.Id, cancellationToken)
            : null;

    /// <summary>Forgets a person who has just been changed, and all that is remembered by their tokens.</summary>
    public void Forget(string id)
    {
        _known.TryRemove(id, out _);
        tokens.Forget(holder => string.Equals(holder.Owner.Id, id, StringComparison.Ordinal));
    }

    private async Task<StaffMember?> FindByIdAsync(string id, TimeSpan fresh, CancellationToken cancellationToken)
    {
        var member = await FindAsync(id, fresh, ct => store.FindAsync(id, ct), cancellationToken);
        if (member is null)
        {
            // A token that was looked up a moment ago must not let them in again.
            Forget(id);
        }

        return member;
    }

    private async Task<StaffMember?> FindAsync(string key, TimeSpan fresh, Func<CancellationToken, Task<StaffMember?>> ask, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (_known.TryGetValue(key, out var entry) && now - entry.At < fresh)
        {
            return entry.Member;
        }

        StaffMember? member;
        try
        {
            member = await ask(cancellationToken);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested && entry is not null && now - entry.At < Usable)
        {
            return entry.Member;
        }

        // Only who exists is remembered: guesses must not fill the memory.
        if (member is not { Active: true })
        {
            _known.TryRemove(key, out _);
            return null;
        }

        if (_known.Count >= Most)
        {
            _known.Clear();
        }

        _known[key] = new Entry(member, now);
        return member;
    }

    private sealed record Entry(StaffMember Member, DateTimeOffset At);
}
