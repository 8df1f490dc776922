using Coordination.Domain.Clients;
using Coordination.Domain.People;

namespace Coordination.Storage.People;

/// <summary>What became of a change of the clients.</summary>
public enum ClientOutcome
{
    /// <summary>It took.</summary>
    Done,

    /// <summary>It was done before; nothing was changed.</summary>
    Again,

    /// <summary>There is no such client or token.</summary>
    Unknown,

    /// <summary>The client was ended, or is a person's own token: it gets no other.</summary>
    Ended,

    /// <summary>Another client that goes on has the name.</summary>
    NameTaken,

    /// <summary>Nobody active has the owner's id.</summary>
    OwnerUnknown,

    /// <summary>There are as many as there may be.</summary>
    TooMany,
}

/// <summary>API clients and their tokens; every change is a journal entry in the same transaction. Of a token its SHA-256 alone is kept.</summary>
public interface IApiClientStore
{
    /// <summary>All clients, those that go on first, then by name.</summary>
    Task<IReadOnlyList<ApiClient>> AllAsync(CancellationToken cancellationToken);

    /// <summary>One client; null when there is none.</summary>
    Task<ApiClient?> FindAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Makes a client, and its first token if there is one.</summary>
    /// <param name="id">Its id: the same again is <see cref="ClientOutcome.Again"/>.</param>
    /// <param name="wish">As what.</param>
    /// <param name="token">Its token, of at least 256 random bits; null where another answers for it and makes it.</param>
    /// <param name="actor">Who makes it.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    Task<ClientOutcome> MakeAsync(Guid id, ClientWish wish, string? token, Actor actor, CancellationToken cancellationToken);

    /// <summary>Gives a client one more token.</summary>
    /// <param name="client">Which.</param>
    /// <param name="id">The token's id: the same again is <see cref="ClientOutcome.Again"/>.</param>
    /// <param name="token">The token, of at least 256 random bits.</param>
    /// <param name="days">How many days it lasts, from the database's now on.</param>
    /// <param name="reason">Why.</param>
    /// <param name="actor">Who makes it.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    Task<ClientOutcome> AddTokenAsync(Guid client, Guid id, string token, int days, string reason, Actor actor, CancellationToken cancellationToken);

    /// <summary>Revokes a token.</summary>
    Task<ClientOutcome> RevokeAsync(Guid token, string reason, Actor actor, CancellationToken cancellationToken);

    /// <summary>Ends a client for good, with all its tokens.</summary>
    Task<ClientOutcome> EndAsync(Guid client, string reason, Actor actor, CancellationToken cancellationToken);

    /// <summary>Says of a token whether it counts now, by the database's clock.</summary>
    Task<TokenFinding> FindTokenAsync(string token, CancellationToken cancellationToken);

    /// <summary>Says of some tokens, by their ids, which count now.</summary>
    Task<IReadOnlySet<Guid>> CountingAsync(IReadOnlyList<Guid> tokens, CancellationToken cancellationToken);

    /// <summary>Keeps that tokens were used now; of each at most once a minute.</summary>
    Task RecordUsesAsync(IReadOnlyList<Guid> tokens, CancellationToken cancellationToken);
}
