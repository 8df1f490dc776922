using Coordination.Domain.Accounts;
using Coordination.Domain.People;
using Coordination.Domain.Posts;
using Coordination.Domain.Tasks;

namespace Coordination.Domain.Requests;

/// <summary>Who may ask for accounts, and who decides: creating, renaming and closing need Comms' approval (order 01/25, 3.1). Pure.</summary>
public static class RequestDecider
{
    /// <summary>It was asked for.</summary>
    public const string Asked = "request-asked";

    /// <summary>Comms agreed, and it was carried out.</summary>
    public const string Approved = "request-approved";

    /// <summary>Comms declined.</summary>
    public const string Declined = "request-declined";

    /// <summary>Somebody asks.</summary>
    /// <param name="wish">What for: open, with who asks and when.</param>
    /// <param name="owner">Who owns the account, as declared.</param>
    /// <param name="account">The account as it is; null when there is none.</param>
    /// <param name="successor">The account that has the other handle already; null when there is none.</param>
    /// <param name="actor">Who asks.</param>
    public static Decision<Change<AccountRequest>> Ask(AccountRequest wish, string? owner, AccountSummary? account, AccountSummary? successor, Actor actor)
    {
        if ((MayNotAsk(wish, account, actor) ?? PersonalAccount.CheckOwner(owner)
            ?? PostRules.CheckReason(wish.Why, "A request needs a reason. Nothing was asked for. Say in a few words what the account is for, or why.")
            ?? Standing(wish, account, successor)) is { } refusal)
        {
            return new Decision<Change<AccountRequest>>.Refused(refusal);
        }

        return Accept(Asked, wish with { Why = wish.Why.Trim() }, wish.Why.Trim());
    }

    /// <summary>Comms agrees.</summary>
    public static Decision<Change<AccountRequest>> Approve(AccountRequest request, string? words, Actor actor, DateTimeOffset now) =>
        Decide(request, true, words, actor, now);

    /// <summary>Comms declines, with a reason.</summary>
    public static Decision<Change<AccountRequest>> Decline(AccountRequest request, string? reason, Actor actor, DateTimeOffset now) =>
        PostRules.CheckReason(reason, "Declining needs a reason. Nothing was decided. Say why in a few words; whoever asked reads it.") is { } unfit && actor.May(Permission.ManageAccounts)
            ? new Decision<Change<AccountRequest>>.Refused(unfit)
            : Decide(request, false, reason, actor, now);

    private static Decision<Change<AccountRequest>> Decide(AccountRequest request, bool approved, string? words, Actor actor, DateTimeOffset now)
    {
        if (!actor.May(Permission.ManageAccounts))
        {
            return Refuse("forbidden", $"{actor.Name} ({actor.Role.Name()}) may not decide about accounts. Nothing was decided. Who may: {PermissionMatrix.WhoMayInWords(Permission.ManageAccounts)}.", RefusalKind.Forbidden);
        }

        if (!request.Open)
        {
            return request.Approved == approved
                ? new Decision<Change<AccountRequest>>.AlreadyDone($"{request.DecidedByName} decided so.")
                : Refuse("request-decided", $"{request.DecidedByName} has {(request.Approved == true ? "approved" : "declined")} it already. Nothing was changed.", RefusalKind.Conflict);
        }

        if (string.Equals(request.AskedBy, actor.Id, StringComparison.Ordinal))
        {
            return Refuse("own-request", $"{actor.Name} asked for this, and nobody decides about their own request. Nothing was decided. Somebody else of Comms may.", RefusalKind.Forbidden);
        }

        var said = string.IsNullOrWhiteSpace(words) ? null : words.Trim();
        if (said is not null && PostRules.CheckReason(said, "") is { } unfit)
        {
            return new Decision<Change<AccountRequest>>.Refused(unfit);
        }

        return Accept(
            approved ? Approved : Declined,
            request with { Open = false, Approved = approved, DecidedBy = actor.Id, DecidedByName = actor.Name, DecidedAt = now, Answer = said },
            said);
    }

    // A new account may be asked for by whoever holds accounts; of one that is there, whoever looks after it. Corporate ones are Comms' (3.1).
    private static Refusal? MayNotAsk(AccountRequest wish, AccountSummary? account, Actor actor)
    {
        if (actor.May(Permission.ManageAccounts))
        {
            return null;
        }

        var labels = wish.Kind == RequestKind.Create ? wish.Labels : account?.Labels;
        return labels?.Kind == AccountKind.Corporate || !actor.May(Permission.PublishLocal)
            ? new Refusal("forbidden", $"{actor.Name} ({actor.Role.Name()}) may not ask for this: {(labels?.Kind == AccountKind.Corporate ? "corporate accounts are Comms' (order 01/25, 3.1)" : "accounts are asked for by account holders and Comms")}. Nothing was asked for. Ask a member of Comms.", RefusalKind.Forbidden)
            : wish.Kind != RequestKind.Create && account is not null && !TaskDecider.MayTend(account.Key, account.Labels, actor)
                ? new Refusal("not-your-account", $"{actor.Name} does not hold the account {account.Key}. Nothing was asked for. Ask whoever holds it, or Comms.", RefusalKind.Forbidden)
                : null;
    }

    private static Refusal? Standing(AccountRequest wish, AccountSummary? account, AccountSummary? successor) => wish.Kind switch
    {
        RequestKind.Create when account is not null => new Refusal("account-exists", $"The account {wish.Account} is registered already. Nothing was asked for.", RefusalKind.Conflict),
        RequestKind.Create => null,
        _ when account is null => new Refusal("account-unknown", $"There is no account {wish.Account}. Nothing was asked for. Check the platform and the handle.", RefusalKind.NotFound),
        _ when account.Lifecycle == AccountLifecycle.Retired => new Refusal("account-retired", $"The account {wish.Account} is retired. Nothing was asked for.", RefusalKind.Conflict),
        RequestKind.Rename when wish.NewAccount is not { } next || next == wish.Account || next.PlatformId != wish.Account.PlatformId => new Refusal("handle-invalid", $"The other handle is missing, or is the one that {wish.Account} has. Nothing was asked for. Give one of 1 to 100 letters a-z, digits and _ . @ -."),
        RequestKind.Rename when successor is not null => new Refusal("account-exists", $"There is an account {wish.NewAccount} already. Nothing was asked for. Take another handle.", RefusalKind.Conflict),
        _ => null,
    };

    private static Decision<Change<AccountRequest>> Accept(string name, AccountRequest after, string? why) => new Decision<Change<AccountRequest>>.Accepted([new Change<AccountRequest>(name, after, why)]);

    private static Decision<Change<AccountRequest>> Refuse(string code, string reason, RefusalKind kind) => new Decision<Change<AccountRequest>>.Refused(new Refusal(code, reason, kind));
}
