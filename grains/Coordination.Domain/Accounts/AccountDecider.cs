using Coordination.Domain.People;
using Coordination.Domain.Posts;

namespace Coordination.Domain.Accounts;

/// <summary>The rules of an account: what a command makes of a state. Pure, and total over every pair of state and command.</summary>
public static partial class AccountDecider
{
    /// <summary>Longest reason for retiring an account, in characters.</summary>
    public const int LongestReason = 1000;

    /// <summary>Decides a command.</summary>
    /// <param name="state">The account as it is.</param>
    /// <param name="command">What is asked.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="now">The time (UTC).</param>
    public static Decision<AccountEvent> Decide(AccountState state, AccountCommand command, Actor actor, DateTimeOffset now) => command switch
    {
        RequestAccount c => Request(state, c, actor),
        RegisterAccount c => Register(state, c, actor),
        _ when state.Lifecycle == AccountLifecycle.None => Refuse(
            "account-unknown", "There is no such account. Nothing was changed. Check the platform and the handle.", RefusalKind.NotFound),
        RecordCounters c => Operate(state, actor) ?? Accept(new CountersRead(c.Followers, c.RemotePosts, now)),
        AcknowledgeHold c => Operate(state, actor) ?? Acknowledge(state, c),
        PostCommand c => DecidePost(state, c, actor, now),
        _ when state.Lifecycle == AccountLifecycle.Retired => command is RetireAccount
            ? Already("The account is retired.")
            : Refuse("account-retired", $"The account {state.Key} is retired. Nothing was changed.", RefusalKind.Conflict),
        ReportAttention c => Operate(state, actor) ?? NeedsAttention(state, c),
        _ => Manage(state, command, actor),
    };

    private static Decision<AccountEvent> Request(AccountState state, RequestAccount c, Actor actor) => state.Lifecycle switch
    {
        AccountLifecycle.None when actor.Role == Role.Auditor => Refuse("forbidden", "An auditor changes nothing.", RefusalKind.Forbidden),
        AccountLifecycle.None when CheckDetails(c.Key, c.Labels, c.DisplayName, c.Contact) is { } unfit => new Decision<AccountEvent>.Refused(unfit),
        AccountLifecycle.None => Accept(new AccountRequested(c.Key, c.Labels, c.DisplayName, c.Contact)),
        _ => Exists(state, c.Labels, c.DisplayName),
    };

    private static Decision<AccountEvent> Register(AccountState state, RegisterAccount c, Actor actor) => state.Lifecycle switch
    {
        _ when !actor.May(Permission.ManageAccounts) => Refuse(
            "forbidden", $"{actor.Name} may not register accounts. Who may: {PermissionMatrix.WhoMayInWords(Permission.ManageAccounts)}.", RefusalKind.Forbidden),
        AccountLifecycle.None when CheckDetails(c.Key, c.Labels, c.DisplayName, c.Contact) is { } unfit => new Decision<AccountEvent>.Refused(unfit),
        AccountLifecycle.None => Accept(new AccountRequested(c.Key, c.Labels, c.DisplayName, c.Contact), new AccountApproved()),
        _ => Exists(state, c.Labels, c.DisplayName),
    };

    private static Decision<AccountEvent> Exists(AccountState state, AccountLabels labels, string name) =>
        state.Labels == labels && string.Equals(state.DisplayName, name, StringComparison.Ordinal)
            ? Already("The account is registered.")
            : Refuse("account-exists", $"The account {state.Key} exists with other details. Nothing was changed. Change its labels or its contact instead.", RefusalKind.Conflict);

    private static Decision<AccountEvent> Manage(AccountState state, AccountCommand command, Actor actor)
    {
        if (AccountAuthority.To(Permission.ManageAccounts, state, actor, "manage") is { } refusal)
        {
            return new Decision<AccountEvent>.Refused(refusal);
        }

        if (CheckWords(state, command) is { } unfit)
        {
            return new Decision<AccountEvent>.Refused(unfit);
        }

        return (command, state.Lifecycle) switch
        {
            (ApproveAccount, AccountLifecycle.Requested) => Accept(new AccountApproved()),
            (ApproveAccount, _) => Already("The account is approved."),
            (ConnectAccount, AccountLifecycle.Requested) => NotApproved(state),
            (ConnectAccount, AccountLifecycle.Connected) when state.Attention is null => Already("The account is connected."),
            (ConnectAccount, _) => Accept(new AccountConnected()),
            (RetireAccount c, _) => Retire(state, c),
            (RelabelAccount c, _) => c.Labels == state.Labels ? Already("The account has these labels.") : Accept(new AccountRelabelled(c.Labels)),
            (RenameAccount c, _) => string.Equals(c.DisplayName, state.DisplayName, StringComparison.Ordinal) ? Already("That is the account's name.") : Accept(new AccountRenamed(c.DisplayName)),
            (ChangeContact c, _) => Equals(c.Contact, state.Contact) ? Already("That is the named contact.") : Accept(new ContactChanged(c.Contact)),
            _ => throw new ArgumentOutOfRangeException(nameof(command), command.GetType().Name, "No rule for this command."),
        };
    }

    private static Refusal? CheckWords(AccountState state, AccountCommand command) => command switch
    {
        RetireAccount c => CheckReason(state, c.Reason),
        RenameAccount c => CheckName(c.DisplayName),
        RelabelAccount c => CheckLabels(state.Key, c.Labels),
        ChangeContact c => CheckContact(c.Contact),
        _ => null,
    };

    private static Refusal? CheckDetails(AccountKey key, AccountLabels labels, string name, NamedContact contact) =>
        CheckLabels(key, labels) ?? CheckName(name) ?? CheckContact(contact);

    private static Refusal? CheckReason(AccountState state, string? reason) => reason switch
    {
        _ when string.IsNullOrWhiteSpace(reason) => new Refusal("reason-missing", $"Retiring an account needs a reason. {state.Key} is unchanged. Say why in a few words; it stays in the record."),
        { Length: > LongestReason } => new Refusal("reason-too-long", $"The reason has {reason.Length} characters; {LongestReason} fit. {state.Key} is unchanged."),
        _ => StorableText.Check("reason", reason),
    };

    private static Refusal? CheckName(string name) => StorableText.Check("display name", name)
        ?? (string.IsNullOrWhiteSpace(name) ? new Refusal("name-missing", "The account has no name on screen. Nothing was changed. Give it one.") : null);

    // A hold on a platform finds its accounts by label: an account labelled otherwise would walk out of it.
    private static Refusal? CheckLabels(AccountKey key, AccountLabels labels) =>
        string.Equals(labels.Platform, key.PlatformId, StringComparison.Ordinal)
            ? StorableText.Check("label", labels.Area, labels.Station, labels.Department)
            : new Refusal("platform-mismatch", $"The account {key} cannot be labelled with the platform '{labels.Platform}'. Nothing was changed. Its platform is '{key.PlatformId}'.");

    private static Refusal? CheckContact(NamedContact contact) =>
        CheckStorable(contact) ?? (ContactRules.Check(contact) is { Count: > 0 } faults ? Unfit(faults) : null);

    private static Refusal? CheckStorable(NamedContact contact) =>
        StorableText.Check("named contact", contact.Name, contact.Email, contact.Phone)
        ?? contact.Deputies?.Select(CheckStorable).FirstOrDefault(refusal => refusal is not null);

    private static Refusal Unfit(IReadOnlyList<FieldFault> faults) => new(
        "contact-invalid", $"The named contact cannot be kept: {string.Join("; ", faults.Select(f => f.Words))}. Nothing was changed.");

    private static Decision<AccountEvent> Retire(AccountState state, RetireAccount c)
    {
        var events = state.Posts
            .Where(p => p.State.IsWaiting())
            .Select(AccountEvent (p) => new PostCancelled(p.Id, "The account was retired."))
            .Append(new AccountRetired(c.Reason));
        return new Decision<AccountEvent>.Accepted([.. events]);
    }

    private static Decision<AccountEvent> NeedsAttention(AccountState state, ReportAttention c) =>
        string.Equals(state.Attention, c.Why, StringComparison.Ordinal) ? Already("The account is marked.") : Accept(new AccountNeedsAttention(c.Why));

    private static Decision<AccountEvent> Acknowledge(AccountState state, AcknowledgeHold c)
    {
        var held = c.FellDue
            .Where(id => state.Find(id)?.State == PostState.Scheduled)
            .Select(AccountEvent (id) => new PostHeld(id, [c.HoldId]))
            .ToList();
        return new Decision<AccountEvent>.Accepted([.. held, new HoldAcknowledged(c.HoldId, held.Count)]);
    }

    private static Decision<AccountEvent>.Refused? Operate(AccountState state, Actor actor) =>
        AccountAuthority.To(Permission.Operate, state, actor, "record what happened on") is { } refusal
            ? new Decision<AccountEvent>.Refused(refusal)
            : null;

    private static Decision<AccountEvent> NotApproved(AccountState state) => Refuse(
        "account-not-approved", $"Comms has not approved the account {state.Key} yet. Nothing was changed.", RefusalKind.Conflict);

    private static Decision<AccountEvent> Accept(params AccountEvent[] events) => new Decision<AccountEvent>.Accepted(events);

    private static Decision<AccountEvent> Already(string what) => new Decision<AccountEvent>.AlreadyDone(what);

    private static Decision<AccountEvent> Refuse(string code, string reason, RefusalKind kind = RefusalKind.Invalid) =>
        new Decision<AccountEvent>.Refused(new Refusal(code, reason, kind));
}
