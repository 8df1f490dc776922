using Coordination.Dashboard.Desks;
using Coordination.Dashboard.Team;
using Coordination.Domain;
using Coordination.Domain.Accounts;
using Coordination.Domain.Contacts;
using Coordination.Domain.People;
using Coordination.Storage.Desk;
using Coordination.Storage.People;
using Coordination.Storage.ReadModel;
using Microsoft.Extensions.Options;

namespace Coordination.Dashboard.Staffing;

/// <summary>Decides by the rules, and asks the database and the account.</summary>
public sealed class ContactDesk(
    IDeskRecords records, IContactReader contacts, IStaffRegister staff, IAccountReader accounts, IAccountDesk desk, DeskWatch watch, IOptions<StaffOptions> options, TimeProvider time) : IContactDesk
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<AccountContact>> ListAsync(CancellationToken cancellationToken) => contacts.ListAsync(options.Value.ContactAnswer, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<DeskRecord<ContactAsk>>> WaitingAsync(CancellationToken cancellationToken) =>
        records.ListAsync(DeskKinds.Contact, new DeskFilter(Open: true), cancellationToken);

    /// <inheritdoc/>
    public Task<DeskRecord<ContactAsk>?> FindAsync(AccountKey account, CancellationToken cancellationToken) =>
        records.FindAsync(DeskKinds.Contact, ContactIds.Of(account), cancellationToken);

    /// <inheritdoc/>
    public async Task<DeskAnswer<ContactAsk>> AskAsync(AccountKey account, ContactWish wish, string? reason, Actor actor, CancellationToken cancellationToken)
    {
        if (await accounts.ReadAsync([account.Value], cancellationToken) is not [{ Lifecycle: not AccountLifecycle.Retired } summary])
        {
            return No(Unknown.Account(account.Value));
        }

        if (await staff.FindAsync(wish.StaffId, cancellationToken) is not { } person)
        {
            return No(new Refusal("staff-unknown", "There is nobody with that id in the directory. Nothing was changed. GET /api/staff lists all.", RefusalKind.NotFound));
        }

        if (!PermissionMatrix.Allows(person.Entry.Role, Permission.Read))
        {
            return No(new Refusal("contact-role", $"{person.Entry.Name} is a {person.Entry.Role.Name()} and does not see accounts. Nothing was changed. Name a member of staff, or give them another role first.", RefusalKind.Conflict));
        }

        var contact = ContactRules.Tidy(new NamedContact(person.Entry.Name, wish.Email, wish.Phone, summary.Contact?.Deputies));
        if (ContactRules.Check(contact) is { Count: > 0 } faults)
        {
            return No(AccountAnswer.Unfit("contact-invalid", "The named contact", faults).Refusal!);
        }

        var known = await FindAsync(account, cancellationToken);
        return await DoAsync(account, known, ContactDecider.Ask(known?.Body, account, wish.StaffId, contact, person.State == StaffState.Active, reason, actor, Now), actor, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<DeskAnswer<ContactAsk>> AnswerAsync(AccountKey account, bool yes, string? reason, Actor actor, Guid operationId, CancellationToken cancellationToken)
    {
        if (await FindAsync(account, cancellationToken) is not { } known)
        {
            return No(NotAsked(account));
        }

        var decision = ContactDecider.Answer(known.Body, yes, reason, actor, Now);

        // The account first: should this host die between the two, the question still waits, and the person answers again.
        if (yes && decision is Decision<Change<ContactAsk>>.Accepted
            && (await desk.ChangeContactAsync(account, known.Body.Contact, Actor.System, operationId, cancellationToken)).Refusal is { } refusal)
        {
            return No(refusal);
        }

        return await DoAsync(account, known, decision, actor, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<DeskAnswer<ContactAsk>> WithdrawAsync(AccountKey account, string? reason, Actor actor, CancellationToken cancellationToken) =>
        await FindAsync(account, cancellationToken) is { } known
            ? await DoAsync(account, known, ContactDecider.Withdraw(known.Body, reason, actor, Now), actor, cancellationToken)
            : No(NotAsked(account));

    private DateTimeOffset Now => time.GetUtcNow().ToMicroseconds();

    private async Task<DeskAnswer<ContactAsk>> DoAsync(
        AccountKey account, DeskRecord<ContactAsk>? known, Decision<Change<ContactAsk>> decision, Actor actor, CancellationToken cancellationToken)
    {
        switch (decision)
        {
            case Decision<Change<ContactAsk>>.Refused refused:
                return No(refused.Why);
            case Decision<Change<ContactAsk>>.AlreadyDone:
                return new DeskAnswer<ContactAsk>(known, null);
            case Decision<Change<ContactAsk>>.Accepted { Events: [var change] }
                when await records.SaveAsync(DeskKinds.Contact, ContactIds.Of(account), known?.Version ?? 0, change, actor, null, cancellationToken):
                watch.Knock();
                return new DeskAnswer<ContactAsk>(await FindAsync(account, cancellationToken), null);
            default:
                return No(ContactDecider.NotOpen());
        }
    }

    private static Refusal NotAsked(AccountKey account) =>
        new("contact-not-asked", $"Nobody is asked about the contact of {account}. Nothing was changed. GET /api/contacts shows how accounts stand.", RefusalKind.NotFound);

    private static DeskAnswer<ContactAsk> No(Refusal why) => new(null, why);
}
