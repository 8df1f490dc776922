using Coordination.Domain.People;
using Coordination.Storage.ReadModel;

namespace Coordination.Storage.People.Sessions;

/// <summary>Keeps the sign-ins of people that are open, by the database's clock.</summary>
public interface ISessionStore
{
    /// <summary>Opens one, or renews the one that the browser had if it is the same person's in the same way.</summary>
    /// <param name="wish">Whose, and how.</param>
    /// <param name="secret">What the cookie is to name it by; its hash alone is stored.</param>
    /// <param name="former">What the browser's cookie named until now; null for nothing.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    Task<SessionOpened> OpenAsync(SessionWish wish, string secret, string? former, CancellationToken cancellationToken);

    /// <summary>The open one that a cookie names; null when it is none, or ended.</summary>
    Task<SessionLook?> FindAsync(string secret, CancellationToken cancellationToken);

    /// <summary>The open one with that id; null when it is none, or ended.</summary>
    Task<SessionLook?> FindAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>A person's open ones, used last first.</summary>
    Task<IReadOnlyList<SessionRow>> OfAsync(string staffId, CancellationToken cancellationToken);

    /// <summary>Ends a person's own.</summary>
    /// <param name="staffId">Whose.</param>
    /// <param name="only">This one alone; null for all.</param>
    /// <param name="but">All but this one; null for all.</param>
    /// <param name="why">Why.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>How many there were.</returns>
    Task<int> EndAsync(string staffId, Guid? only, Guid? but, SessionEnd why, CancellationToken cancellationToken);

    /// <summary>Ends all of another person's; the journal has who did, and why.</summary>
    Task<SessionsEnded> EndOfAsync(string staffId, string reason, Actor actor, CancellationToken cancellationToken);

    /// <summary>The record of who signed in, was refused, and signed out, newest first.</summary>
    /// <param name="query">What is looked for.</param>
    /// <param name="limit">Most rows of a page.</param>
    /// <param name="cursor">Where the former page ended; null for the first.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="BadCursorException">The cursor is none of this list's.</exception>
    Task<Page<SignInEntry>> RecordAsync(SignInQuery query, int limit, string? cursor, CancellationToken cancellationToken);
}
