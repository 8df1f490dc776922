using Coordination.Domain.Accounts;
using Coordination.Domain.People;

namespace Coordination.Storage.SignIns;

/// <summary>A sign-in at a platform as it lies in the database.</summary>
/// <param name="Account">Whose.</param>
/// <param name="Server">The server that it is for, as shown: what counts is sealed.</param>
/// <param name="Kind"><c>access-token</c>, <c>app-password</c> or <c>signed-requests</c>.</param>
/// <param name="Sealed">The secret with its server, sealed; its text form hides it. Null: it was removed, and since then another counts.</param>
/// <param name="ExpiresAt">When it ends (UTC), where somebody said so.</param>
/// <param name="SetAt">When it was set, or removed (UTC).</param>
/// <param name="SetBy">Staff id of who set it.</param>
/// <param name="SetByName">Their name at the time.</param>
public sealed record StoredSignIn(
    AccountKey Account, string Server, string Kind, string? Sealed, DateTimeOffset? ExpiresAt, DateTimeOffset SetAt, string SetBy, string SetByName)
{
    /// <inheritdoc/>
    public override string ToString() => $"sign-in of {Account} at {Server} ({Kind}, hidden)";
}

/// <summary>What came of a wish about a stored sign-in.</summary>
public enum StoredSignInOutcome
{
    /// <summary>It is set.</summary>
    Set,

    /// <summary>There is no such account.</summary>
    Gone,

    /// <summary>The account is retired.</summary>
    Retired,
}

/// <summary>Keeps accounts' sign-ins, sealed, each change with its journal entry.</summary>
public interface IStoredSignIns
{
    /// <summary>An account's, also one that was removed; null when none was ever stored.</summary>
    Task<StoredSignIn?> FindAsync(AccountKey account, CancellationToken cancellationToken);

    /// <summary>All that are not removed, by account.</summary>
    Task<IReadOnlyList<StoredSignIn>> AllAsync(CancellationToken cancellationToken);

    /// <summary>Sets an account's, in place of a former one.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="server">The server that it is for.</param>
    /// <param name="kind">Its kind.</param>
    /// <param name="sealed">The secret, sealed.</param>
    /// <param name="expiresAt">When it ends; null when nobody says.</param>
    /// <param name="actor">Who sets it.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    Task<StoredSignInOutcome> SetAsync(
        AccountKey account, Uri server, string kind, string @sealed, DateTimeOffset? expiresAt, Actor actor, CancellationToken cancellationToken);

    /// <summary>Removes an account's.</summary>
    /// <returns>Whether there was one.</returns>
    Task<bool> RemoveAsync(AccountKey account, Actor actor, CancellationToken cancellationToken);

    /// <summary>Puts the same secret under another key.</summary>
    /// <returns>False when it was set anew or removed meanwhile.</returns>
    Task<bool> ResealAsync(AccountKey account, string former, string @sealed, CancellationToken cancellationToken);
}
