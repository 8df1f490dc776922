using Coordination.Domain;
using Coordination.Domain.Clients;
using Coordination.Domain.People;
using Coordination.Storage.People;

namespace Coordination.Dashboard.Clients;

/// <summary>What became of a wish about a client.</summary>
/// <param name="Refusal">Why it was not carried out; null when it was.</param>
/// <param name="Client">The client as it is now; null when it was refused.</param>
/// <param name="Token">The new token, to be shown once; null where none was made.</param>
public sealed record ClientAnswer(Refusal? Refusal, ApiClient? Client = null, string? Token = null);

/// <summary>Makes and ends API clients and their tokens.</summary>
public interface IClientDesk
{
    /// <summary>The clients that somebody sees: all, for who manages them; else those they answer for.</summary>
    Task<IReadOnlyList<ApiClient>> AllAsync(Actor actor, CancellationToken cancellationToken);

    /// <summary>Makes a client with its first token.</summary>
    /// <param name="id">The client's id: the same again is refused, and makes nothing.</param>
    /// <param name="wish">As what.</param>
    /// <param name="actor">Who wants it.</param>
    /// <param name="byToken">Whether the command itself comes by a token.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    Task<ClientAnswer> MakeAsync(Guid id, ClientWish wish, Actor actor, bool byToken, CancellationToken cancellationToken);

    /// <summary>Gives a client one more token; the others go on until they end or are revoked.</summary>
    /// <param name="client">Which.</param>
    /// <param name="id">The token's id: the same again is refused, and makes nothing.</param>
    /// <param name="days">How many days it lasts.</param>
    /// <param name="reason">Why.</param>
    /// <param name="actor">Who wants it.</param>
    /// <param name="byToken">Whether the command itself comes by a token.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    Task<ClientAnswer> AddTokenAsync(Guid client, Guid id, int days, string? reason, Actor actor, bool byToken, CancellationToken cancellationToken);

    /// <summary>Revokes a token; again is no error.</summary>
    Task<ClientAnswer> RevokeAsync(Guid client, Guid token, string? reason, Actor actor, CancellationToken cancellationToken);

    /// <summary>Ends a client for good, with all its tokens; again is no error.</summary>
    Task<ClientAnswer> EndAsync(Guid client, string? reason, Actor actor, CancellationToken cancellationToken);
}
