using Coordination.Domain;
using Coordination.Domain.Clients;
using Coordination.Domain.People;
using Coordination.Storage.People;

namespace Coordination.Dashboard.Clients;

/// <summary>Decides by the rules, and asks the database.</summary>
public sealed class ClientDesk(IApiClientStore store, IStaffStore staff, TokenDirectory tokens) : IClientDesk
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<ApiClient>> AllAsync(Actor actor, CancellationToken cancellationToken) =>
        [.. (await store.AllAsync(cancellationToken)).Where(c => ClientRules.MaySee(c.OwnerId, actor))];

    /// <inheritdoc/>
    public async Task<ClientAnswer> MakeAsync(Guid id, ClientWish wish, Actor actor, bool byToken, CancellationToken cancellationToken)
    {
        var owner = wish.OwnerId.Length > 0 && await staff.FindAsync(wish.OwnerId, cancellationToken) is { Active: true } member ? member.Role : (Role?)null;
        if (ClientRules.Make(wish, owner, actor, byToken) is { } refusal)
        {
            return new ClientAnswer(refusal);
        }

        var token = ClientRules.IsOwn(wish.OwnerId, actor) ? TokenText.New() : null;
        var tidy = wish with { Name = wish.Name.Trim(), Reason = wish.Reason.Trim(), Permissions = [.. wish.Permissions.Distinct().Order()] };
        var outcome = await store.MakeAsync(id, tidy, token, actor, cancellationToken);
        return outcome == ClientOutcome.Done ? await DoneAsync(id, token, cancellationToken) : new ClientAnswer(Why(outcome, tidy.Name));
    }

    /// <inheritdoc/>
    public async Task<ClientAnswer> AddTokenAsync(Guid client, Guid id, int days, string? reason, Actor actor, bool byToken, CancellationToken cancellationToken)
    {
        if (await SeenAsync(client, actor, cancellationToken) is not { } found)
        {
            return new ClientAnswer(Unknown());
        }

        if (ClientRules.Token(found.OwnerId, days, reason, actor, byToken) is { } refusal)
        {
            return new ClientAnswer(refusal);
        }

        var token = TokenText.New();
        var outcome = await store.AddTokenAsync(client, id, token, days, reason!.Trim(), actor, cancellationToken);
        return outcome == ClientOutcome.Done ? await DoneAsync(client, token, cancellationToken) : new ClientAnswer(Why(outcome, found.Name));
    }

    /// <inheritdoc/>
    public async Task<ClientAnswer> RevokeAsync(Guid client, Guid token, string? reason, Actor actor, CancellationToken cancellationToken)
    {
        if (await SeenAsync(client, actor, cancellationToken) is not { } found || found.Tokens.All(t => t.Id != token))
        {
            return new ClientAnswer(Unknown());
        }

        if (ClientRules.Stop(found.OwnerId, reason, actor) is { } refusal)
        {
            return new ClientAnswer(refusal);
        }

        await store.RevokeAsync(token, reason!.Trim(), actor, cancellationToken);
        tokens.Forget(holder => holder.TokenId == token);
        return await DoneAsync(client, null, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<ClientAnswer> EndAsync(Guid client, string? reason, Actor actor, CancellationToken cancellationToken)
    {
        if (await SeenAsync(client, actor, cancellationToken) is not { } found)
        {
            return new ClientAnswer(Unknown());
        }

        if (ClientRules.Stop(found.OwnerId, reason, actor) is { } refusal)
        {
            return new ClientAnswer(refusal);
        }

        await store.EndAsync(client, reason!.Trim(), actor, cancellationToken);
        tokens.Forget(holder => holder.ClientId == client);
        return await DoneAsync(client, null, cancellationToken);
    }

    private static Refusal Unknown() => new(
        "client-unknown", "There is no such client, or token of it, among those you manage or answer for. Nothing was changed. Look at the list again.", RefusalKind.NotFound);

    private static Refusal Why(ClientOutcome outcome, string name) => outcome switch
    {
        ClientOutcome.Again => new Refusal(
            "token-shown-once", "This request was carried out before: its token is made, and was shown once. Nothing was changed now. If it is lost, revoke it and make another.", RefusalKind.Conflict),
        ClientOutcome.NameTaken => new Refusal("client-name-taken", $"There is a client '{name}' already. Nothing was made. Take another name, so that the journal can tell them apart.", RefusalKind.Conflict),
        ClientOutcome.OwnerUnknown => new Refusal("owner-unknown", "Nobody active on the staff list has that id any more. Nothing was made. Choose who answers for the client."),
        ClientOutcome.Ended => new Refusal("client-ended", $"'{name}' gets no more tokens: it was ended, or is a person’s own. Nothing was made. Make a new client.", RefusalKind.Conflict),
        ClientOutcome.TooMany => new Refusal(
            "clients-too-many", $"There are {ClientRules.MostClients} clients, or {ClientRules.MostTokens} tokens of this one that count, and no more fit. Nothing was made. End or revoke what nobody uses.", RefusalKind.Conflict),
        _ => Unknown(),
    };

    // Who may not see a client is not told that there is one.
    private async Task<ApiClient?> SeenAsync(Guid client, Actor actor, CancellationToken cancellationToken) =>
        await store.FindAsync(client, cancellationToken) is { } found && ClientRules.MaySee(found.OwnerId, actor) ? found : null;

    private async Task<ClientAnswer> DoneAsync(Guid client, string? token, CancellationToken cancellationToken) =>
        new(null, await store.FindAsync(client, cancellationToken), token);
}
