using Coordination.Contracts;
using Coordination.Dashboard.Live;
using Coordination.Domain;
using Coordination.Domain.Accounts;
using Coordination.Domain.Brigade;
using Coordination.Domain.Holds;
using Coordination.Domain.People;
using Coordination.Storage.ReadModel;

namespace Coordination.Dashboard.Desks;

/// <summary>Takes wishes about accounts to their grains, which decide.</summary>
public sealed class AccountDesk(
    AccountCalls calls, IAccountReader accounts, IBoard board, BrigadeMap map, IEnumerable<IConnectStep> connectSteps) : IAccountDesk
{
    /// <inheritdoc/>
    public Task<AccountAnswer> ApproveAsync(AccountKey account, Actor actor, Guid operationId, CancellationToken cancellationToken) =>
        ManageAsync(account, new ApproveAccount(), actor, operationId, cancellationToken);

    /// <inheritdoc/>
    public Task<AccountAnswer> ConnectAsync(AccountKey account, Actor actor, Guid operationId, CancellationToken cancellationToken) =>
        ManageAsync(account, new ConnectAccount(), actor, operationId, cancellationToken);

    /// <inheritdoc/>
    public Task<AccountAnswer> RetireAsync(AccountKey account, string? reason, Actor actor, Guid operationId, CancellationToken cancellationToken) =>
        ManageAsync(account, new RetireAccount(reason?.Trim() ?? ""), actor, operationId, cancellationToken);

    /// <inheritdoc/>
    public Task<AccountAnswer> ChangeContactAsync(AccountKey account, NamedContact contact, Actor actor, Guid operationId, CancellationToken cancellationToken)
    {
        var tidy = ContactRules.Tidy(contact);
        return ContactRules.Check(tidy) is { Count: > 0 } faults
            ? Task.FromResult(AccountAnswer.Unfit("contact-invalid", "The named contact", faults))
            : ManageAsync(account, new ChangeContact(tidy), actor, operationId, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<AccountAnswer> RelabelAsync(AccountKey account, LabelWish labels, Actor actor, Guid operationId, CancellationToken cancellationToken)
    {
        var faults = new List<FieldFault>();
        return LabelRules.Read(labels with { Platform = account.PlatformId }, map, faults) is { } read
            ? ManageAsync(account, new RelabelAccount(read), actor, operationId, cancellationToken)
            : Task.FromResult(AccountAnswer.Unfit("labels-invalid", "The labels", faults));
    }

    private async Task<AccountAnswer> ManageAsync(
        AccountKey account, AccountCommand command, Actor actor, Guid operationId, CancellationToken cancellationToken)
    {
        if (ManageRights.Check(actor) is { } refusal)
        {
            return AccountAnswer.No(refusal);
        }

        // An account that does not exist needs no grain to say so.
        if (await accounts.ReadAsync([account.Value], cancellationToken) is not [var before])
        {
            return AccountAnswer.No(Unknown.Account(account.Value));
        }

        if (command is ConnectAccount && before.Lifecycle == AccountLifecycle.Approved
            && await PrepareAsync(before, cancellationToken) is { } unready)
        {
            return AccountAnswer.No(unready);
        }

        var answer = await calls.AskAsync(account, grain => grain.Manage(command, new CommandContext(operationId, actor)), cancellationToken);
        if (answer.Refusal is { } no)
        {
            return AccountAnswer.No(no);
        }

        // From the database, which has what the grain committed before it answered.
        var after = (await accounts.ReadAsync([account.Value], cancellationToken))[0];
        return new AccountAnswer(new AccountRow(after, EffectiveLock.Of(account, after.Labels, board.Holds)), null, []);
    }

    private async Task<Refusal?> PrepareAsync(AccountSummary account, CancellationToken cancellationToken)
    {
        foreach (var step in connectSteps)
        {
            if (await step.PrepareAsync(account, cancellationToken) is { } refusal)
            {
                return refusal;
            }
        }

        return null;
    }
}
