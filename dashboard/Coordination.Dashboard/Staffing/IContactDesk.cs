using Coordination.Dashboard.Team;
using Coordination.Domain.Accounts;
using Coordination.Domain.Contacts;
using Coordination.Domain.People;
using Coordination.Storage.Desk;

namespace Coordination.Dashboard.Staffing;

/// <summary>Whom Comms would name as the contact of an account, and how they are reached.</summary>
/// <param name="StaffId">Who.</param>
/// <param name="Email">Their address; null or empty for none.</param>
/// <param name="Phone">Their number; this or an address is needed.</param>
public sealed record ContactWish(string StaffId, string? Email, string? Phone);

/// <summary>Where the contacts of accounts are asked for and confirmed (order 01/25, 2.1: a named individual whom Comms can contact).</summary>
public interface IContactDesk
{
    /// <summary>How every account stands with its contact, by key.</summary>
    Task<IReadOnlyList<AccountContact>> ListAsync(CancellationToken cancellationToken);

    /// <summary>The questions that wait for an answer.</summary>
    Task<IReadOnlyList<DeskRecord<ContactAsk>>> WaitingAsync(CancellationToken cancellationToken);

    /// <summary>The latest question about an account; null when nobody was ever asked.</summary>
    Task<DeskRecord<ContactAsk>?> FindAsync(AccountKey account, CancellationToken cancellationToken);

    /// <summary>Asks a member of staff whether they are the contact. Until they have said yes the former one stays. Repeating it is safe.</summary>
    Task<DeskAnswer<ContactAsk>> AskAsync(AccountKey account, ContactWish wish, string? reason, Actor actor, CancellationToken cancellationToken);

    /// <summary>Whoever is asked answers; with a yes the account's record has them from then on, with its former deputies.</summary>
    /// <exception cref="Contracts.StoreUnavailableException">It is not known whether all of that took; a repeat is safe.</exception>
    Task<DeskAnswer<ContactAsk>> AnswerAsync(AccountKey account, bool yes, string? reason, Actor actor, Guid operationId, CancellationToken cancellationToken);

    /// <summary>Comms takes a question back that waits.</summary>
    Task<DeskAnswer<ContactAsk>> WithdrawAsync(AccountKey account, string? reason, Actor actor, CancellationToken cancellationToken);
}
