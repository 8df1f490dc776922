using Coordination.Dashboard.Desks;
using Coordination.Domain;
using Coordination.Domain.Accounts;
using Coordination.Domain.Brigade;
using Coordination.Domain.People;
using Coordination.Domain.Requests;
using Coordination.Storage.Desk;
using Coordination.Storage.People;
using Coordination.Storage.ReadModel;

namespace Coordination.Dashboard.Team;

/// <summary>Decides by the rules, carries out what Comms agrees to, and asks the database.</summary>
public sealed class RequestDesk(
    IDeskRecords records, DeskWatch watch, IAccountReader accounts, IStaffStore staff, BrigadeMap map, RequestDeeds deeds, TimeProvider time) : IRequestDesk
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<DeskRecord<AccountRequest>>> ListAsync(bool? open, CancellationToken cancellationToken) =>
        records.ListAsync(DeskKinds.Request, new DeskFilter(open), cancellationToken);

    /// <inheritdoc/>
    public async Task<RequestAnswer> AskAsync(RequestWish wish, Actor actor, Guid operationId, CancellationToken cancellationToken)
    {
        var faults = new List<FieldFault>();
        var asked = Read(wish, actor, faults);
        if (faults.Count > 0)
        {
            return new RequestAnswer(null, new Refusal("request-invalid", $"The request cannot be taken as given, so nothing was asked for: {string.Join("; ", faults.Select(f => f.Words))}."), faults);
        }

        var decision = RequestDecider.Ask(asked, wish.Owner, await FindAsync(wish.Account, cancellationToken), asked.NewAccount is { } next ? await FindAsync(next, cancellationToken) : null, actor);
        if (decision is not Decision<Change<AccountRequest>>.Accepted { Events: [var change] })
        {
            return RequestAnswer.No(((Decision<Change<AccountRequest>>.Refused)decision).Why);
        }

        if (wish.Kind != RequestKind.Close && await LooksPersonalAsync(asked, cancellationToken) is { } personal)
        {
            return RequestAnswer.No(personal);
        }

        // There already: this is the repeat of a request whose answer was lost.
        var id = DerivedIds.Of(operationId, "request");
        await records.SaveAsync(DeskKinds.Request, id, 0, change, actor, operationId, cancellationToken);
        watch.Knock();
        var kept = await records.FindAsync(DeskKinds.Request, id, cancellationToken);
        return kept is not null && Same(kept.Body, change.After)
            ? new RequestAnswer(kept, null, [])
            : RequestAnswer.No(new Refusal("operation-reused", "This operation id was used before with other content. Nothing was asked for. Use a new Idempotency-Key for a new wish.", RefusalKind.Conflict));
    }

    /// <inheritdoc/>
    public async Task<RequestAnswer> ApproveAsync(Guid id, string? words, Actor actor, Guid operationId, CancellationToken cancellationToken)
    {
        if (await records.FindAsync(DeskKinds.Request, id, cancellationToken) is not { } known)
        {
            return RequestAnswer.No(NoRequest(id));
        }

        switch (RequestDecider.Approve(known.Body, words, actor, time.GetUtcNow().ToMicroseconds()))
        {
            case Decision<Change<AccountRequest>>.Refused refused:
                return RequestAnswer.No(refused.Why);
            case Decision<Change<AccountRequest>>.Accepted { Events: [var change] }:
                // The deed first: what an account refuses is not approved. Done and not recorded, it is found done by the repeat.
                var deed = await deeds.CarryOutAsync(known.Body, actor, operationId, cancellationToken);
                return deed.Refusal is { } no
                    ? RequestAnswer.No(no with { Reason = $"It was not approved, because the account refuses it: {no.Reason}" })
                    : await SaveAsync(known, change, actor, operationId, deed.Next, cancellationToken);
            default:
                return new RequestAnswer(known, null, []);
        }
    }

    /// <inheritdoc/>
    public async Task<RequestAnswer> DeclineAsync(Guid id, string? reason, Actor actor, Guid operationId, CancellationToken cancellationToken)
    {
        if (await records.FindAsync(DeskKinds.Request, id, cancellationToken) is not { } known)
        {
            return RequestAnswer.No(NoRequest(id));
        }

        return RequestDecider.Decline(known.Body, reason, actor, time.GetUtcNow().ToMicroseconds()) switch
        {
            Decision<Change<AccountRequest>>.Refused refused => RequestAnswer.No(refused.Why),
            Decision<Change<AccountRequest>>.Accepted { Events: [var change] } => await SaveAsync(known, change, actor, operationId, null, cancellationToken),
            _ => new RequestAnswer(known, null, []),
        };
    }

    private async Task<RequestAnswer> SaveAsync(
        DeskRecord<AccountRequest> known, Change<AccountRequest> change, Actor actor, Guid operationId, string? next, CancellationToken cancellationToken)
    {
        var saved = await records.SaveAsync(DeskKinds.Request, known.Id, known.Version, change, actor, operationId, cancellationToken);
        watch.Knock();
        return saved
            ? new RequestAnswer(await records.FindAsync(DeskKinds.Request, known.Id, cancellationToken), null, [], next)
            : RequestAnswer.No(new Refusal("request-decided", "Somebody else has decided about it in the same moment. Look at the request and at its account.", RefusalKind.Conflict));
    }

    private AccountRequest Read(RequestWish wish, Actor actor, List<FieldFault> faults)
    {
        var create = wish.Kind == RequestKind.Create;
        var contact = create && wish.Contact is not null ? ContactRules.Tidy(wish.Contact) : null;
        var name = wish.DisplayName?.Trim() ?? "";
        var labels = create ? LabelRules.Read((wish.Labels ?? new LabelWish("", null, null, null, null)) with { Platform = wish.Account.PlatformId }, map, faults) : null;
        if (create)
        {
            faults.AddRange(ContactRules.Check(contact ?? new NamedContact("")).Select(f => f with { Field = "contact." + f.Field }));
            if ((name.Length == 0 ? "is missing" : FieldRules.CheckName(name)) is { } wrong)
            {
                faults.Add(new FieldFault("displayName", $"the account's name {wrong}"));
            }
        }

        var next = wish.Kind == RequestKind.Rename && AccountKey.TryCreate(wish.Account.PlatformId, wish.NewHandle?.Trim(), out var key) ? key : (AccountKey?)null;
        return new AccountRequest
        {
            Kind = wish.Kind,
            Account = wish.Account,
            NewAccount = next,
            Labels = labels,
            DisplayName = create ? name : null,
            Contact = contact,
            Why = wish.Why ?? "",
            AskedBy = actor.Id,
            AskedByName = actor.Name,
            AskedAt = time.GetUtcNow().ToMicroseconds(),
            Open = true,
        };
    }

    private async Task<Refusal?> LooksPersonalAsync(AccountRequest asked, CancellationToken cancellationToken) => PersonalAccount.CheckName(
        [(asked.NewAccount ?? asked.Account).Handle, .. asked.DisplayName is { } name ? new[] { name } : []],
        (await staff.AllAsync(cancellationToken)).Select(s => s.Name),
        map.PlaceNames());

    private async Task<AccountSummary?> FindAsync(AccountKey key, CancellationToken cancellationToken) =>
        await accounts.ReadAsync([key.Value], cancellationToken) is [var summary] ? summary : null;

    private static bool Same(AccountRequest kept, AccountRequest wished) =>
        (kept.Kind, kept.Account, kept.NewAccount, kept.Labels, kept.DisplayName, kept.Contact, kept.Why, kept.AskedBy)
        == (wished.Kind, wished.Account, wished.NewAccount, wished.Labels, wished.DisplayName, wished.Contact, wished.Why, wished.AskedBy);

    private static Refusal NoRequest(Guid id) => new("request-unknown", $"There is no request '{id}'. Nothing was changed. GET /api/requests lists them.", RefusalKind.NotFound);
}
