using System.Security.Claims;
using Coordination.Domain;
using Coordination.Domain.People;
using Coordination.Storage.People.Sessions;

namespace Coordination.Dashboard.SignIn.Sessions;

/// <summary>What people do about sign-ins that are open: their own, and Comms about others'.</summary>
public sealed partial class SessionDesk(ISessionStore store, SignInSessions sessions, ILogger<SessionDesk> logger)
{
    /// <summary>A person's own, used last first.</summary>
    public Task<IReadOnlyList<SessionRow>> OwnAsync(Actor me, CancellationToken cancellationToken) => store.OfAsync(me.Id, cancellationToken);

    /// <summary>Ends one of their own, or with null all but the one that they are here by.</summary>
    /// <returns>How many ended.</returns>
    public async Task<int> EndOwnAsync(ClaimsPrincipal me, Guid? only, CancellationToken cancellationToken)
    {
        var id = me.Actor().Id;
        var ended = await store.EndAsync(id, only, only is null ? me.SessionId() : null, SessionEnd.ByPerson, cancellationToken);
        Forget(id);
        return ended;
    }

    /// <summary>Ends the one that somebody is here by: no copy of their cookie counts any more, and what they have open by it ends.</summary>
    /// <returns>Whether it is certain; the cookie goes all the same.</returns>
    public async Task<bool> SignOutAsync(ClaimsPrincipal me)
    {
        if (!me.TryGetActor(out var actor) || me.SessionId() is not { } session)
        {
            return true;
        }

        try
        {
            // Whoever leaves the page at once is signed out all the same.
            await store.EndAsync(actor.Id, session, null, SessionEnd.SignedOut, CancellationToken.None);
            Forget(actor.Id);
            return true;
        }
        catch (Exception e)
        {
            LogNotEnded(e.GetType().Name);
            return false;
        }
    }

    /// <summary>Another person's, for who may see the staff directory; null for who may not.</summary>
    public async Task<IReadOnlyList<SessionRow>?> OfAsync(string staffId, Actor actor, CancellationToken cancellationToken) =>
        actor.May(Permission.ReadStaff) ? await store.OfAsync(staffId, cancellationToken) : null;

    /// <summary>Ends all of another person's. Their access stays.</summary>
    /// <returns>Why not; null when there is none any more.</returns>
    public async Task<Refusal?> EndOfAsync(string staffId, string? reason, Actor actor, CancellationToken cancellationToken)
    {
        if ((StaffDecider.MayEndSignIns(staffId, actor) ?? StaffDecider.CheckReason(reason)) is { } refusal)
        {
            return refusal;
        }

        var outcome = await store.EndOfAsync(staffId, reason!.Trim(), actor, cancellationToken);
        Forget(staffId);
        return outcome switch
        {
            SessionsEnded.Done => null,
            SessionsEnded.None => new Refusal("no-sign-ins", "They are signed in nowhere. Nothing was changed.", RefusalKind.Conflict),
            SessionsEnded.Own => StaffDecider.OwnSignIns(),
            SessionsEnded.Unknown => new Refusal("staff-unknown", "There is nobody with that id in the directory. Nothing was changed.", RefusalKind.NotFound),
            _ => new Refusal("forbidden", "Your own entry in the directory was changed, so this does not count. Nothing was changed. Sign in again.", RefusalKind.Forbidden),
        };
    }

    private void Forget(string staffId) => sessions.Forget(look => string.Equals(look.StaffId, staffId, StringComparison.Ordinal));

    [LoggerMessage(1, LogLevel.Warning, "A sign-out could not be stored ({Failure}): the cookie is gone from that browser, and a copy of it would count until its time.")]
    private partial void LogNotEnded(string failure);
}
