using Coordination.Domain.People;

namespace Coordination.Storage.People.BreakGlass;

/// <summary>One thing that was changed about an account, for the journal.</summary>
/// <param name="Event">Its event, one of <see cref="BreakGlassEvents"/>.</param>
/// <param name="Name">What it was done to, such as a passkey's name; null for nothing in particular. Never a secret.</param>
public sealed record BreakGlassChange(string Event, string? Name = null);

/// <summary>What a person changes about their own account.</summary>
public static class BreakGlassEvents
{
    /// <summary>A passkey was added.</summary>
    public const string PasskeyAdded = "break-glass-passkey-added";

    /// <summary>A passkey was removed.</summary>
    public const string PasskeyRemoved = "break-glass-passkey-removed";

    /// <summary>The password was set.</summary>
    public const string PasswordSet = "break-glass-password-set";

    /// <summary>An authenticator app was connected.</summary>
    public const string AppConnected = "break-glass-app-connected";

    /// <summary>Recovery codes were made; former ones ended.</summary>
    public const string CodesMade = "break-glass-codes-made";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [PasskeyAdded, PasskeyRemoved, PasswordSet, AppConnected, CodesMade];
}

/// <summary>A sign-in that is to be let in.</summary>
/// <param name="Reason">Why, in the person's words.</param>
/// <param name="Method"><c>passkey</c>, <c>app</c> or <c>code</c>.</param>
/// <param name="Proof">A hash of what proved it; the same proves nothing within an hour.</param>
/// <param name="Until">When it ends (UTC).</param>
public sealed record BreakGlassUse(string Reason, string Method, byte[] Proof, DateTimeOffset Until);

/// <summary>What an attempt to sign in did to an account.</summary>
public enum BreakGlassAttempt
{
    /// <summary>It is no attempt, or not one in vain.</summary>
    None,

    /// <summary>It was in vain, and is counted.</summary>
    Failed,

    /// <summary>It was in vain, and locked the account.</summary>
    Locked,
}

/// <summary>What came of keeping an account.</summary>
public enum BreakGlassSaved
{
    /// <summary>It is kept.</summary>
    Done,

    /// <summary>It was changed since it was read, or is none any more. Nothing was kept.</summary>
    Conflict,

    /// <summary>What proves the sign-in has proved one already. Nothing was kept.</summary>
    Again,
}

/// <summary>What everybody of Comms is to see.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Kind"><c>used</c> or <c>locked</c>.</param>
/// <param name="At">When (UTC).</param>
/// <param name="StaffId">Whose account.</param>
/// <param name="StaffName">Their name then.</param>
/// <param name="Reason">For a use, why.</param>
/// <param name="Method">For a use, how: <c>passkey</c>, <c>app</c> or <c>code</c>.</param>
public sealed record BreakGlassAlarm(long Id, string Kind, DateTimeOffset At, string StaffId, string StaffName, string? Reason, string? Method);

/// <summary>Keeps break-glass accounts; each change with its journal entry in the same commit.</summary>
public interface IBreakGlassStore
{
    /// <summary>All of them, by the person's name; those whose person is not active, too.</summary>
    Task<IReadOnlyList<BreakGlassAccount>> AllAsync(CancellationToken cancellationToken);

    /// <summary>An active person's; null for none.</summary>
    Task<BreakGlassAccount?> FindAsync(string staffId, CancellationToken cancellationToken);

    /// <summary>The one with a user name, of an active person; null for none.</summary>
    Task<BreakGlassAccount?> FindByUserNameAsync(string userName, CancellationToken cancellationToken);

    /// <summary>The one with a passkey, of an active person; null for none.</summary>
    Task<BreakGlassAccount?> FindByPasskeyAsync(byte[] credentialId, CancellationToken cancellationToken);

    /// <summary>The grant of an active person; null for none.</summary>
    Task<Guid?> GrantOfAsync(string staffId, CancellationToken cancellationToken);

    /// <summary>Gives somebody one, with nothing set up.</summary>
    /// <returns><c>done</c>, <c>already</c>, or <c>gone</c>: there is no such active member of staff.</returns>
    Task<string> GrantAsync(Actor by, StaffMember person, string stamp, string reason, CancellationToken cancellationToken);

    /// <summary>Takes one back, with all that it knows.</summary>
    /// <returns><c>done</c> or <c>already</c>.</returns>
    Task<string> RevokeAsync(Actor by, string staffId, string reason, CancellationToken cancellationToken);

    /// <summary>Keeps an account as it is now, if it is still as it was read.</summary>
    /// <param name="account">As it is now; its version is the one that was read.</param>
    /// <param name="changes">What its person changed about it.</param>
    /// <param name="attempt">What of an attempt in vain this is.</param>
    /// <param name="use">The sign-in that this lets in; null for none.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    Task<BreakGlassSaved> SaveAsync(BreakGlassAccount account, IReadOnlyList<BreakGlassChange> changes, BreakGlassAttempt attempt, BreakGlassUse? use, CancellationToken cancellationToken);

    /// <summary>Alarms that nobody has seen, the oldest first; at most 50.</summary>
    Task<IReadOnlyList<BreakGlassAlarm>> AlarmsAsync(CancellationToken cancellationToken);

    /// <summary>Says that somebody has seen one.</summary>
    /// <returns><c>done</c>, <c>already</c>, <c>own</c> (it is about them) or <c>gone</c>.</returns>
    Task<string> SeeAsync(Actor by, long id, CancellationToken cancellationToken);
}
