using System.Data.Common;
using Coordination.Contracts;
using Coordination.Dashboard.Desks;
using Coordination.Domain;
using Coordination.Domain.Accounts;
using Coordination.Domain.Incidents.Lines;
using Coordination.Domain.People;
using Coordination.Storage.Incidents;
using Coordination.Storage.ReadModel;

namespace Coordination.Dashboard.Incidents;

/// <summary>The hold whose agreed line a message is to be, or why it can be none.</summary>
public sealed record LineHold(string? HoldId, Refusal? Refusal);

/// <summary>Ties a message to the hold whose agreed line it says. Pages and API come through here alike.</summary>
public sealed class LineDesk(IHoldReader holds, ITakeoverStore takeovers, IAgreedLineStore lines)
{
    /// <summary>Writes that a message is the agreed line of a hold. Repeating it is safe.</summary>
    /// <param name="hold">The hold's id.</param>
    /// <param name="message">The message, before any account was asked.</param>
    /// <param name="accounts">The accounts that it is meant for.</param>
    /// <param name="actor">Who says it.</param>
    /// <param name="cancellationToken">Ends the waiting; what was sent stays sent.</param>
    /// <returns>Why it is not the line, and may not be sent as that; null when it is.</returns>
    /// <exception cref="StoreUnavailableException">It is not known whether it was written; no account was asked. Repeat with the same id.</exception>
    public async Task<Refusal?> SayAsync(string hold, Guid message, IReadOnlyCollection<AccountKey> accounts, Actor actor, CancellationToken cancellationToken)
    {
        try
        {
            if (await holds.FindAsync(hold, cancellationToken) is not { } found)
            {
                return Unknown.Hold(hold);
            }

            if (LineRules.Check(found, actor) is { } refusal)
            {
                return refusal;
            }

            return await lines.SayAsync(message, found.Id, [.. accounts.Select(a => a.Value)], actor, cancellationToken) switch
            {
                LineOutcome.Said or LineOutcome.Same => null,
                LineOutcome.Lifted => new Refusal(
                    "line-hold-lifted", $"{found.Id} was lifted, so no line is said under it any more. Nothing was sent. Send an ordinary message instead.", RefusalKind.Conflict),
                LineOutcome.Other => new Refusal(
                    "operation-reused", "This Idempotency-Key was used for another message before. Nothing was sent. Make a new UUID for each wish.", RefusalKind.Conflict),
                _ => Unknown.Hold(hold),
            };
        }
        catch (Exception e) when (e is DbException or TimeoutException)
        {
            throw new StoreUnavailableException($"It is not known whether the line of {hold} was written.", e);
        }
    }

    /// <summary>Finds the hold of a takeover.</summary>
    public async Task<LineHold> OfTakeoverAsync(string takeover, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(takeover, out var id) || await takeovers.FindAsync(id, cancellationToken) is not { } found)
        {
            return new LineHold(null, TakeoverDesk.Unknown(Domain.Posts.StorableText.Clean(takeover, 40)) with { Kind = RefusalKind.Invalid });
        }

        return found switch
        {
            { Exercise: true } => new LineHold(null, new Refusal(
                "line-of-exercise", "The takeover is an exercise’s: it holds no real account, and no real line is said for it. Nothing was sent.", RefusalKind.Conflict)),
            { HoldId: { } hold } => new LineHold(hold, null),
            _ => new LineHold(null, new Refusal("line-no-hold", "The takeover has no hold, so no line is said for it. Nothing was sent. GET /api/takeovers/{id} says where it is.", RefusalKind.Conflict)),
        };
    }
}
