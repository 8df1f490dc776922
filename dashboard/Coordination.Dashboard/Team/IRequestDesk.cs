using Coordination.Domain;
using Coordination.Domain.Accounts;
using Coordination.Domain.People;
using Coordination.Domain.Requests;
using Coordination.Storage.Desk;

namespace Coordination.Dashboard.Team;

/// <summary>What somebody asks for about an account, as they wrote it.</summary>
/// <param name="Kind">What.</param>
/// <param name="Account">The account; of one to create, the key that it would have.</param>
/// <param name="Owner">Who owns it: <c>brigade</c>, or <c>person</c>, which is refused.</param>
/// <param name="Why">What a new account is for, or why.</param>
/// <param name="NewHandle">The other handle; null where none is asked for.</param>
/// <param name="Labels">Where a new account belongs; null for other requests.</param>
/// <param name="DisplayName">A new account's name; null for other requests.</param>
/// <param name="Contact">A new account's named contact; null for other requests.</param>
public sealed record RequestWish(
    RequestKind Kind, AccountKey Account, string? Owner, string? Why, string? NewHandle = null, LabelWish? Labels = null, string? DisplayName = null, NamedContact? Contact = null);

/// <summary>What came of a request.</summary>
/// <param name="Record">As it is now; null when the wish was refused.</param>
/// <param name="Refusal">Why not; null when it was done.</param>
/// <param name="Faults">What is wrong with what was given, by field; empty when nothing is.</param>
/// <param name="Next">What is left for people to do; null when nothing is.</param>
public sealed record RequestAnswer(DeskRecord<AccountRequest>? Record, Refusal? Refusal, IReadOnlyList<FieldFault> Faults, string? Next = null)
{
    internal static RequestAnswer No(Refusal refusal) => new(null, refusal, []);
}

/// <summary>Where accounts are asked for and Comms decides (order 01/25, 3.1).</summary>
public interface IRequestDesk
{
    /// <summary>Requests, those that changed last first.</summary>
    Task<IReadOnlyList<DeskRecord<AccountRequest>>> ListAsync(bool? open, CancellationToken cancellationToken);

    /// <summary>Asks. The request's id is derived from the operation id, so a repeat finds it.</summary>
    Task<RequestAnswer> AskAsync(RequestWish wish, Actor actor, Guid operationId, CancellationToken cancellationToken);

    /// <summary>Agrees, and carries it out: a new account is registered as approved, one to close is retired, for another handle its account is registered.</summary>
    /// <exception cref="Contracts.StoreUnavailableException">It is not known whether all of that took; a repeat with the same operation id is safe.</exception>
    Task<RequestAnswer> ApproveAsync(Guid id, string? words, Actor actor, Guid operationId, CancellationToken cancellationToken);

    /// <summary>Declines.</summary>
    Task<RequestAnswer> DeclineAsync(Guid id, string? reason, Actor actor, Guid operationId, CancellationToken cancellationToken);
}
