using Coordination.Dashboard.Live;
using Coordination.Domain;
using Coordination.Domain.Accounts;
using Coordination.Domain.People;

namespace Coordination.Dashboard.Desks;

/// <summary>What became of a wish about an account.</summary>
/// <param name="Account">The account as it is now; null when the wish was refused.</param>
/// <param name="Refusal">Why it was refused; null when it was not.</param>
/// <param name="Faults">What is wrong with what was given, field by field; empty when nothing is, or when it was refused for another reason.</param>
public sealed record AccountAnswer(AccountRow? Account, Refusal? Refusal, IReadOnlyList<FieldFault> Faults)
{
    internal static AccountAnswer No(Refusal refusal) => new(null, refusal, []);

    internal static AccountAnswer Unfit(string code, string what, IReadOnlyList<FieldFault> faults) => new(
        null, new Refusal(code, $"{what} cannot be taken as given, so nothing was changed: {string.Join("; ", faults.Select(f => f.Words))}."), faults);
}

/// <summary>Where accounts are managed (order 01/25, 2.1 and 3.1: Comms alone).</summary>
/// <remarks>Each method may throw <c>StoreUnavailableException</c>: then nothing is known to have changed; repeat with the same operation id.</remarks>
public interface IAccountDesk
{
    /// <summary>Comms agrees to a requested account.</summary>
    Task<AccountAnswer> ApproveAsync(AccountKey account, Actor actor, Guid operationId, CancellationToken cancellationToken);

    /// <summary>The account's sign-in is in place: from here on the service publishes on it.</summary>
    Task<AccountAnswer> ConnectAsync(AccountKey account, Actor actor, Guid operationId, CancellationToken cancellationToken);

    /// <summary>Closes the account for good and takes back what waits on it.</summary>
    Task<AccountAnswer> RetireAsync(AccountKey account, string? reason, Actor actor, Guid operationId, CancellationToken cancellationToken);

    /// <summary>Names another contact.</summary>
    Task<AccountAnswer> ChangeContactAsync(AccountKey account, NamedContact contact, Actor actor, Guid operationId, CancellationToken cancellationToken);

    /// <summary>Gives the account other labels; refused while that would take it out of a standing hold. The account's own platform counts, whatever the wish says.</summary>
    Task<AccountAnswer> RelabelAsync(AccountKey account, LabelWish labels, Actor actor, Guid operationId, CancellationToken cancellationToken);
}

/// <summary>What has to be done outside before an account is connected. The demo makes it known to the sandbox; otherwise there is nothing.</summary>
public interface IConnectStep
{
    /// <summary>Does it. Safe to repeat.</summary>
    /// <returns>Null when it is done, else why the account cannot be connected.</returns>
    Task<Refusal?> PrepareAsync(AccountSummary account, CancellationToken cancellationToken);
}
