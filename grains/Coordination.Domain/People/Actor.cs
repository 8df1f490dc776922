using System.Text.Json.Serialization;
using Coordination.Domain.Holds;

namespace Coordination.Domain.People;

/// <summary>The person, or the service itself, behind a command.</summary>
/// <param name="Id">Staff id: lower-case letters, digits and hyphens.</param>
/// <param name="Name">The name as on screen and in the journal.</param>
/// <param name="Role">The role the command is given in.</param>
/// <param name="PublishesOn">The local accounts an account holder may publish on; null means none.</param>
/// <param name="Only">Where the command comes from an API client: of the role's permissions, the ones it was given. Null: all of the role's.</param>
/// <param name="StandsIn">For an account holder who stands in for others at this moment: those others' accounts. Null: for nobody.</param>
public sealed record Actor(
    string Id,
    string Name,
    Role Role,
    Scope? PublishesOn = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<Permission>? Only = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<Scope>? StandsIn = null)
{
    /// <summary>The service itself.</summary>
    public static Actor System { get; } = new("system", "The service", Role.System);

    /// <summary>The accounts that an account holder may publish on now, their own and those of whom they stand in for; none for any other role.</summary>
    public IEnumerable<Scope> Accounts() => Role == Role.AccountHolder ? [.. PublishesOn is null ? [] : (Scope[])[PublishesOn], .. StandsIn ?? []] : [];

    /// <summary>Whether the person signed in too long ago for what matters most (<see cref="FreshSignIn"/>). Never so of a program with a token, nor of the service itself.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Stale { get; init; }

    /// <summary>Whether the actor's role has the permission, and nothing narrows it away: not what a client was given, and no sign-in that is too old for it.</summary>
    public bool May(Permission permission) => MayOnceFresh(permission) && !(Stale && FreshSignIn.IsNeededFor(permission));

    /// <summary>The same for whoever signs in again first: for what is shown, and for what stops rather than starts.</summary>
    public bool MayOnceFresh(Permission permission) => PermissionMatrix.Allows(Role, permission) && (Only is null || Only.Contains(permission));
}
