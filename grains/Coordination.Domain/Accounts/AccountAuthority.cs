using Coordination.Domain.People;

namespace Coordination.Domain.Accounts;

/// <summary>Who may do what on one account. The last check before a command is decided; the edge and the grain filter ask first.</summary>
public static class AccountAuthority
{
    /// <summary>Whether the actor may publish on the account (order 01/25, 3.1).</summary>
    /// <returns>Null when allowed.</returns>
    public static Refusal? ToPublish(AccountState account, Actor actor)
    {
        var permission = account.Labels.Kind == AccountKind.Corporate ? Permission.PublishCorporate : Permission.PublishLocal;
        if (!actor.May(permission))
        {
            return Forbidden(account, actor, permission, "publish on");
        }

        return !Holds(account.Key, account.Labels, actor)
            ? new Refusal(
                "not-your-account",
                $"{actor.Name} does not hold the account {account.Key}. Nothing was changed. Ask Comms to be named as a holder of it.",
                RefusalKind.Forbidden)
            : null;
    }

    /// <summary>The same as a plain answer, for an account of which only the labels are at hand.</summary>
    public static bool MayPublish(AccountKey key, AccountLabels labels, Actor actor) =>
        actor.May(labels.Kind == AccountKind.Corporate ? Permission.PublishCorporate : Permission.PublishLocal) && Holds(key, labels, actor);

    /// <summary>Whether the actor has the permission.</summary>
    /// <returns>Null when allowed.</returns>
    public static Refusal? To(Permission permission, AccountState account, Actor actor, string doing) =>
        actor.May(permission) ? null : FreshSignIn.Check(actor, permission) ?? Forbidden(account, actor, permission, doing);

    private static bool Holds(AccountKey key, AccountLabels labels, Actor actor) =>
        actor.Role != Role.AccountHolder || actor.Accounts().Any(scope => scope.Covers(key, labels));

    private static Refusal Forbidden(AccountState account, Actor actor, Permission permission, string doing) => new(
        "forbidden",
        $"{actor.Name} ({actor.Role.Name()}) may not {doing} the {account.Labels.Kind.Id()} account {account.Key}. Nothing was changed. Who may: {PermissionMatrix.WhoMayInWords(permission)}.",
        RefusalKind.Forbidden);
}
