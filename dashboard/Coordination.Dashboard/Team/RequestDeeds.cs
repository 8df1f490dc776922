using Coordination.Contracts;
using Coordination.Dashboard.Desks;
using Coordination.Domain;
using Coordination.Domain.Accounts;
using Coordination.Domain.People;
using Coordination.Domain.Requests;
using Coordination.Domain.Tasks;
using Coordination.Storage.ReadModel;

namespace Coordination.Dashboard.Team;

/// <summary>Carries out what Comms agreed to, by the commands there are. What only a person can do on the platform becomes a task.</summary>
/// <remarks>A handle is part of an account's key, and its journal is under that key: another handle is another account here, with the same labels and contact.</remarks>
public sealed class RequestDeeds(AccountCalls calls, IAccountDesk desk, ITaskDesk tasks, IAccountReader accounts)
{
    /// <summary>Carries it out. Safe to repeat under the same operation id.</summary>
    /// <returns>Why an account refuses it, or what is left for people to do.</returns>
    public async Task<(Refusal? Refusal, string? Next)> CarryOutAsync(AccountRequest request, Actor actor, Guid operationId, CancellationToken cancellationToken)
    {
        switch (request.Kind)
        {
            case RequestKind.Create:
                var register = new RegisterAccount(request.Account, request.Labels!, request.DisplayName!, request.Contact!);
                return (await RegisterAsync(register, actor, operationId, cancellationToken), $"{request.Account} is registered. Create it on the platform, and connect it on its page.");
            case RequestKind.Rename:
                return await RenameAsync(request, request.NewAccount!.Value, actor, operationId, cancellationToken);
            case RequestKind.Close:
                return await CloseAsync(request, actor, operationId, cancellationToken);
            default:
                throw new InvalidOperationException($"No rule for {request.Kind}.");
        }
    }

    private async Task<(Refusal? Refusal, string? Next)> RenameAsync(AccountRequest request, AccountKey next, Actor actor, Guid operationId, CancellationToken cancellationToken)
    {
        if (await accounts.ReadAsync([request.Account.Value], cancellationToken) is not [{ Contact: { } contact } former])
        {
            return (new Refusal("account-unknown", $"The account {request.Account} is not there, or has no named contact. Name one first.", RefusalKind.Conflict), null);
        }

        if (await RegisterAsync(new RegisterAccount(next, former.Labels, former.DisplayName, contact), actor, operationId, cancellationToken) is { } refusal)
        {
            return (refusal, null);
        }

        var what = $"Change the handle on the platform from {request.Account.Handle} to {next.Handle}, connect {next} here, write anew what is still planned on {request.Account}, then retire that one.";
        return (await OpenAsync(request.Account, what, actor, operationId, cancellationToken), $"{next} is registered; here it is an account of its own. A task says what is left to do.");
    }

    private async Task<(Refusal? Refusal, string? Next)> CloseAsync(AccountRequest request, Actor actor, Guid operationId, CancellationToken cancellationToken)
    {
        var answer = await desk.RetireAsync(request.Account, request.Why, actor, DerivedIds.Of(operationId, "retire"), cancellationToken);
        return answer.Refusal is { } no
            ? (no, null)
            : (await OpenAsync(request.Account, "Close the account on the platform itself. Here it is retired.", actor, operationId, cancellationToken), "It is retired here. A task is open to close it on the platform.");
    }

    private async Task<Refusal?> RegisterAsync(RegisterAccount register, Actor actor, Guid operationId, CancellationToken cancellationToken) =>
        (await calls.AskAsync(register.Key, grain => grain.Register(register, new CommandContext(DerivedIds.Of(operationId, "register"), actor)), cancellationToken)).Refusal;

    private async Task<Refusal?> OpenAsync(AccountKey account, string what, Actor actor, Guid operationId, CancellationToken cancellationToken) =>
        (await tasks.OpenAsync(account, new TaskWish(TaskKind.Other, what, null, null), actor, operationId, cancellationToken)).Refusal;
}
