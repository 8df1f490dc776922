using Coordination.Domain.Accounts;
using Coordination.Domain.Brigade;
using Coordination.Domain.Holds;
using Coordination.Domain.Posts;

namespace Coordination.Domain.People;

/// <summary>Who may change the staff directory, and what may stand in it. Pure.</summary>
/// <remarks>That one Comms manager always stays is decided where all of them are seen at once: in the database.</remarks>
public static class StaffDecider
{
    /// <summary>Longest name, in characters.</summary>
    public const int LongestName = 100;

    /// <summary>How far ahead a first or a last day may lie.</summary>
    public static readonly TimeSpan Furthest = TimeSpan.FromDays(3660);

    private const string Nothing = "Nothing was changed.";

    // The service's own id, and words that stand in addresses where an id stands.
    private static readonly string[] Taken = [Actor.System.Id, "new", "contacts", "sign-ins"];

    /// <summary>The rules about the accounts of an account holder.</summary>
    public static ScopeDecider Accounts { get; } = new(Nothing);

    /// <summary>Checks a wish to add somebody or to change them.</summary>
    /// <param name="id">Staff id.</param>
    /// <param name="known">As they are; null for somebody new.</param>
    /// <param name="wish">As they should be, tidied by <see cref="Tidy"/>.</param>
    /// <param name="reason">Why.</param>
    /// <param name="actor">Who wishes it.</param>
    /// <param name="labels">The labels that accounts have.</param>
    /// <param name="groupsOwn">Whether name, role and accounts follow the groups of a sign-in.</param>
    /// <param name="now">The time (UTC).</param>
    /// <returns>Null when it may be carried out.</returns>
    public static Refusal? Check(string id, StaffEntry? known, StaffEntry wish, string? reason, Actor actor, KnownLabels labels, bool groupsOwn, DateTimeOffset now) =>
        MayChange(id, actor)
        ?? (known is null ? CheckNew(id, groupsOwn) : null)
        ?? (groupsOwn && known is not null && !SameByGroups(known, wish) ? ByGroups() : null)
        ?? CheckName(wish.Name)
        ?? CheckAccounts(wish, labels)
        ?? CheckTerm(known, wish, now)
        ?? CheckReason(reason);

    /// <summary>Whether somebody may change another's entry. Nobody changes their own.</summary>
    /// <returns>Null when they may.</returns>
    public static Refusal? MayChange(string id, Actor actor)
    {
        if (FreshSignIn.Check(actor, Permission.ManageStaff) is { } old)
        {
            return old;
        }

        if (!actor.May(Permission.ManageStaff))
        {
            return new Refusal(
                "forbidden",
                $"{actor.Name} ({actor.Role.Name()}) may not change the staff directory. {Nothing} Who may: {PermissionMatrix.WhoMayInWords(Permission.ManageStaff)}.",
                RefusalKind.Forbidden);
        }

        return string.Equals(id, actor.Id, StringComparison.Ordinal) ? Own() : null;
    }

    /// <summary>Whether somebody may end another's sign-ins. It takes nothing away that they cannot have again by signing in, so it is asked for nothing more.</summary>
    /// <returns>Null when they may.</returns>
    public static Refusal? MayEndSignIns(string id, Actor actor) => !actor.MayOnceFresh(Permission.ManageStaff)
        ? new Refusal(
            "forbidden",
            $"{actor.Name} ({actor.Role.Name()}) may not end another person's sign-ins. {Nothing} Who may: {PermissionMatrix.WhoMayInWords(Permission.ManageStaff)}.",
            RefusalKind.Forbidden)
        : string.Equals(id, actor.Id, StringComparison.Ordinal) ? OwnSignIns() : null;

    /// <summary>One's own are ended elsewhere.</summary>
    public static Refusal OwnSignIns() => new("sign-ins-own", $"These are your own sign-ins. {Nothing} End them on your own page, Me.", RefusalKind.Conflict);

    /// <summary>Nobody raises their own rights, or prolongs them.</summary>
    public static Refusal Own() => new("staff-own", $"Nobody changes their own entry. {Nothing} Ask another Comms manager.", RefusalKind.Forbidden);

    /// <summary>A reason is kept with each change.</summary>
    public static Refusal? CheckReason(string? reason) => PostRules.CheckReason(reason, $"A change of the staff directory needs a reason. {Nothing} Say why in a few words.");

    /// <summary>A wish as it is kept: the name without spaces around; accounts for an account holder alone, and local ones.</summary>
    public static StaffEntry Tidy(StaffEntry wish) => wish with
    {
        Name = wish.Name.Trim(),
        PublishesOn = wish is { Role: Role.AccountHolder, PublishesOn: { IsEmpty: false } scope }
            ? scope with { Name = null, Kinds = scope.Kinds is { Count: > 0 } kinds ? kinds : ["local"] }
            : null,
    };

    /// <summary>Whether two scopes say the same, in the same order.</summary>
    public static bool SameScope(Scope? one, Scope? other) => (one, other) switch
    {
        (null, null) => true,
        ({ } a, { } b) => a.All == b.All && Same(a.Areas, b.Areas) && Same(a.Stations, b.Stations) && Same(a.Platforms, b.Platforms) && Same(a.Kinds, b.Kinds)
            && Same(a.Departments, b.Departments) && Same(a.Accounts, b.Accounts) && SameScope(a.Except, b.Except),
        _ => false,
    };

    private static bool Same(IReadOnlyList<string>? one, IReadOnlyList<string>? other) => (one ?? []).SequenceEqual(other ?? [], StringComparer.Ordinal);

    private static bool SameByGroups(StaffEntry known, StaffEntry wish) =>
        string.Equals(known.Name, wish.Name, StringComparison.Ordinal) && known.Role == wish.Role && SameScope(known.PublishesOn, wish.PublishesOn);

    private static Refusal ByGroups() => new(
        "groups-own", $"Name, role and accounts follow the groups of the brigade's directory here. {Nothing} Have the person's groups changed; it counts at their next sign-in. To take access away at once, end it here.", RefusalKind.Conflict);

    private static Refusal? CheckNew(string id, bool groupsOwn)
    {
        if (groupsOwn)
        {
            return new Refusal("groups-own", $"A group of the brigade's directory gives access here, and the first sign-in makes the entry. {Nothing} Put the person into a group.", RefusalKind.Conflict);
        }

        return Slug.IsValid(id) && !Taken.Contains(id, StringComparer.Ordinal)
            ? null
            : new Refusal("staff-id-invalid", $"A staff id is 1 to 60 lower-case letters, digits and single inner hyphens, and none of {string.Join(", ", Taken)}. {Nothing} Write one such as jane-marsh.");
    }

    private static Refusal? CheckName(string name)
    {
        var wrong = name.Length == 0 ? "is missing" : name.Length > LongestName ? $"is longer than {LongestName} characters" : FieldRules.CheckName(name);
        return wrong is null ? StorableText.Check("name", name) : new Refusal("name-invalid", $"The name {wrong}. {Nothing}");
    }

    private static Refusal? CheckAccounts(StaffEntry wish, KnownLabels labels)
    {
        if (!Roles.People.Contains(wish.Role))
        {
            return new Refusal("role-unknown", $"That is no role of a person. {Nothing} Roles: {string.Join(", ", Roles.People.Select(r => r.Id()))}.");
        }

        return wish.PublishesOn switch
        {
            null => null,
            { Kinds: not ["local"] } => new Refusal("scope-not-local", $"An account holder publishes on local accounts alone. {Nothing} Leave 'kinds' out, or give [\"local\"]."),
            var scope => Accounts.Check(scope, labels),
        };
    }

    private static Refusal? CheckTerm(StaffEntry? known, StaffEntry wish, DateTimeOffset now) => wish switch
    {
        { StartsAt: { } first, EndsAt: { } over } when over <= first => new Refusal("term-ends-first", $"The last day is before the first. {Nothing}"),
        _ when wish.StartsAt > now + Furthest || wish.EndsAt > now + Furthest => new Refusal("time-too-far", $"A day is more than ten years ahead. {Nothing} Leave the last day empty for no end."),
        { Active: true, EndsAt: { } past } when past <= now => new Refusal(
            "term-over",
            known is { Active: true } && known.EndsAt != wish.EndsAt
                ? $"That last day is over already. {Nothing} To take access away now, end it instead; the last day says when it ends by itself."
                : $"Their last day is over. {Nothing} Set another last day, or none, together with giving access again."),
        _ => null,
    };
}
