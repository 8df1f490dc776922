using Coordination.Domain.Clients;
using Coordination.Domain.People;

namespace Coordination.Storage.People;

/// <summary>A token of an API client; never the token itself.</summary>
/// <param name="Id">Its id.</param>
/// <param name="MadeAt">When it was made (UTC).</param>
/// <param name="MadeByName">By whom.</param>
/// <param name="EndsAt">From when on it is refused (UTC).</param>
/// <param name="LastUsedAt">When it was last used (UTC), to the minute; null: never.</param>
/// <param name="RevokedAt">When it was revoked (UTC); null while it was not.</param>
/// <param name="RevokedByName">By whom.</param>
/// <param name="RevokedWhy">Why.</param>
public sealed record ApiToken(
    Guid Id, DateTimeOffset MadeAt, string MadeByName, DateTimeOffset EndsAt, DateTimeOffset? LastUsedAt, DateTimeOffset? RevokedAt, string? RevokedByName, string? RevokedWhy)
{
    /// <summary>Whether it counts at a time.</summary>
    public bool Counts(DateTimeOffset now) => RevokedAt is null && now < EndsAt;

    /// <summary>Whether it counts, and ends soon.</summary>
    public bool EndsSoon(DateTimeOffset now) => Counts(now) && EndsAt - now <= ClientRules.WarnBefore;
}

/// <summary>An API client with its tokens.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">What people call it.</param>
/// <param name="OwnerId">Staff id of who answers for it.</param>
/// <param name="OwnerName">Their name now.</param>
/// <param name="OwnerRole">Their role now: it bounds what the client may do.</param>
/// <param name="OwnerActive">Whether they are active: else nothing of the client's is let in.</param>
/// <param name="Permissions">What it was given; null for a person's own token, which may all their role may.</param>
/// <param name="MadeAt">When it was made (UTC).</param>
/// <param name="MadeByName">By whom.</param>
/// <param name="EndedAt">When it was ended for good (UTC); null while it goes on.</param>
/// <param name="EndedByName">By whom.</param>
/// <param name="EndedWhy">Why.</param>
/// <param name="Tokens">Its tokens, the newest first.</param>
public sealed record ApiClient(
    Guid Id,
    string Name,
    string OwnerId,
    string OwnerName,
    Role OwnerRole,
    bool OwnerActive,
    IReadOnlyList<Permission>? Permissions,
    DateTimeOffset MadeAt,
    string MadeByName,
    DateTimeOffset? EndedAt,
    string? EndedByName,
    string? EndedWhy,
    IReadOnlyList<ApiToken> Tokens)
{
    /// <summary>Its tokens that count at a time.</summary>
    public IEnumerable<ApiToken> Counting(DateTimeOffset now) => Tokens.Where(t => t.Counts(now));

    /// <summary>Whether it never had a token, or its last one ends soon and nothing takes its place.</summary>
    public bool NeedsAToken(DateTimeOffset now) =>
        EndedAt is null && (Tokens.Count == 0 || (Counting(now).ToArray() is { Length: > 0 } counting && Array.TrueForAll(counting, t => t.EndsSoon(now))));
}

/// <summary>Who sends a request with a token that counts.</summary>
/// <param name="TokenId">Which token.</param>
/// <param name="ClientId">Of which client.</param>
/// <param name="ClientName">What people call it.</param>
/// <param name="Owner">For whom it acts.</param>
/// <param name="Permissions">What it was given; null for a person's own token.</param>
/// <param name="EndsAt">When the token ends (UTC).</param>
public sealed record TokenHolder(Guid TokenId, Guid ClientId, string ClientName, StaffMember Owner, IReadOnlyList<Permission>? Permissions, DateTimeOffset EndsAt)
{
    /// <summary>The actor behind the request: the owner, narrowed, and named together with the program.</summary>
    public Actor AsActor() => Permissions is null
        ? Owner.AsActor()
        : Owner.AsActor() with { Name = ClientRules.ActorName(ClientName, Owner.Name), Only = Permissions };
}

/// <summary>What the database knows of a token.</summary>
public abstract record TokenFinding
{
    private TokenFinding()
    {
    }

    /// <summary>It counts.</summary>
    public sealed record Counts(TokenHolder Holder) : TokenFinding;

    /// <summary>It did, until its end or its revocation.</summary>
    /// <param name="At">When that was (UTC).</param>
    /// <param name="Revoked">Whether somebody revoked it.</param>
    public sealed record Over(DateTimeOffset At, bool Revoked) : TokenFinding;

    /// <summary>It is nobody's, or its person is not active.</summary>
    public sealed record Unknown : TokenFinding;
}
