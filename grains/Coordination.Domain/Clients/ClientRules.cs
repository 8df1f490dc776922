using System.Globalization;
using Coordination.Domain.People;
using Coordination.Domain.Posts;

namespace Coordination.Domain.Clients;

/// <summary>The rules about API clients and their tokens. Pure.</summary>
public static class ClientRules
{
    /// <summary>Longest name, in characters.</summary>
    public const int LongestName = 60;

    /// <summary>Longest reason, in characters.</summary>
    public const int LongestReason = 500;

    /// <summary>Longest life of a token, in days.</summary>
    public const int LongestLife = 400;

    /// <summary>Life of a token when nobody says another, in days.</summary>
    public const int UsualLife = 90;

    /// <summary>Most tokens of one client that count at a time: the one in use, and the ones it is exchanged for.</summary>
    public const int MostTokens = 5;

    /// <summary>Most clients that go on: a longer list is not looked after.</summary>
    public const int MostClients = 200;

    /// <summary>How long before its end a token is called to mind.</summary>
    public static readonly TimeSpan WarnBefore = TimeSpan.FromDays(14);

    /// <summary>What a client can be given under a role: what the role may do, but for the clients themselves, and for what destroys evidence.</summary>
    /// <remarks>A token that could make tokens could outlive its own end. Content is erased by people who have read it.</remarks>
    public static IReadOnlyList<Permission> Grantable(Role role) =>
        [.. Enum.GetValues<Permission>().Where(p => p is not (Permission.ManageClients or Permission.Operate or Permission.Redact or Permission.ConfirmRedaction or Permission.ManageRetention) && PermissionMatrix.Allows(role, p))];

    /// <summary>The name under which a client's commands stand in the journal and on screen: the program and its person.</summary>
    public static string ActorName(string client, string owner) => $"{client} for {owner}";

    /// <summary>Decides whether a client may be made.</summary>
    /// <param name="wish">As what.</param>
    /// <param name="owner">The role of who is to answer for it; null when there is no such active person.</param>
    /// <param name="actor">Who makes it.</param>
    /// <param name="byToken">Whether the command itself comes by a token.</param>
    /// <returns>Null when it may.</returns>
    public static Refusal? Make(ClientWish wish, Role? owner, Actor actor, bool byToken)
    {
        if (FreshSignIn.Check(actor, Permission.ManageClients) is { } old)
        {
            return old;
        }

        if (!actor.May(Permission.ManageClients))
        {
            return Forbidden(actor);
        }

        if (wish.Name.Trim().Length is 0 or > LongestName)
        {
            return new Refusal("client-name-invalid", $"A client needs a name of 1 to {LongestName} characters, by which the journal calls it. Nothing was made. Name the program, such as Control room screen.");
        }

        if (owner is not { } role)
        {
            return new Refusal("owner-unknown", "Nobody active on the staff list has that id. Nothing was made. Choose who answers for the client.");
        }

        if (wish.Permissions.Count == 0)
        {
            return new Refusal("client-permissions-missing", "The client would be allowed nothing. Nothing was made. Choose at least one thing that it may do.");
        }

        var beyond = wish.Permissions.Except(Grantable(role)).ToArray();
        return beyond.Length > 0
            ? new Refusal(
                "client-permissions-beyond",
                $"A client can be given what its owner may do, and never the clients themselves. Too much for the owner’s role ({role.Name()}): {string.Join("; ", beyond.Select(p => PermissionGrounds.Of(p).Doing))}. Nothing was made.")
            : StorableText.Check("client", wish.Name, wish.Reason) ?? Life(wish.Days) ?? Reason(wish.Reason) ?? Bred(byToken);
    }

    /// <summary>Decides whether a client may have a token, or one more.</summary>
    /// <remarks>
    /// The person who answers for it alone makes and sees it, in person. Where two people are asked, a token of one in the hands of the other would
    /// be both of them.
    /// </remarks>
    /// <returns>Null when it may.</returns>
    public static Refusal? Token(string ownerId, int days, string? reason, Actor actor, bool byToken) =>
        Bred(byToken)
        ?? (IsOwn(ownerId, actor)
            ? FreshSignIn.Check(actor, FreshSignIn.MakeToken) ?? Life(days) ?? Reason(reason)
            : new Refusal("token-is-its-owners", "Who answers for a client makes its tokens, and nobody else sees them: a token acts in their name. Nothing was made. Ask them to open the page API clients.", RefusalKind.Forbidden));

    /// <summary>Whether a client is the actor's own, who came in person.</summary>
    public static bool IsOwn(string ownerId, Actor actor) => actor.Only is null && string.Equals(ownerId, actor.Id, StringComparison.Ordinal);

    /// <summary>Decides whether a token may be revoked or a client ended: by who manages them, and by who answers for this one.</summary>
    /// <remarks>Stopping is for more people than starting.</remarks>
    /// <returns>Null when it may.</returns>
    public static Refusal? Stop(string ownerId, string? reason, Actor actor) =>
        MaySee(ownerId, actor) ? Reason(reason) : Forbidden(actor);

    /// <summary>Whether somebody sees a client: who manages them all, and the person who answers for it.</summary>
    /// <remarks>A client does not look at the clients: only a person's own commands are narrowed by nothing.</remarks>
    public static bool MaySee(string ownerId, Actor actor) =>
        actor.MayOnceFresh(Permission.ManageClients) || IsOwn(ownerId, actor);

    /// <summary>The refusal of who may not manage them.</summary>
    public static Refusal Forbidden(Actor actor) => new(
        "forbidden",
        $"{actor.Name} ({actor.Role.Name()}) may not {PermissionGrounds.Of(Permission.ManageClients).Doing}. Nothing was changed. Who may: {PermissionMatrix.WhoMayInWords(Permission.ManageClients)}.",
        RefusalKind.Forbidden);

    private static Refusal? Life(int days) => days is < 1 or > LongestLife
        ? new Refusal(
            "token-life-out-of-range", string.Create(CultureInfo.InvariantCulture, $"A token lasts 1 to {LongestLife} days; {UsualLife} are usual. {days} was asked for. Nothing was made."))
        : null;

    private static Refusal? Bred(bool byToken) => byToken
        ? new Refusal("token-cannot-make-tokens", "A token cannot make tokens: it could outlive its own end so. Nothing was made. Its owner makes them on the page API clients.", RefusalKind.Forbidden)
        : null;

    private static Refusal? Reason(string? reason) => string.IsNullOrWhiteSpace(reason)
        ? new Refusal("reason-missing", "A change of clients needs a reason, which stands in the journal. Nothing was changed. Say why.")
        : reason.Trim().Length > LongestReason
        ? new Refusal("reason-too-long", $"The reason has {reason.Trim().Length} characters; {LongestReason} fit. Nothing was changed. Shorten it.")
        : StorableText.Check("client", reason);
}
