using Coordination.Domain.Holds;

namespace Coordination.Domain.People;

/// <summary>The person, or the service itself, behind a command.</summary>
/// <param name="Id">Staff id: lower-case letters, digits and hyphens.</param>
/// <param name="Name">The name as on screen and in the journal.</param>
/// <param name="Role">The role the command is given in.</param>
/// <param name="PublishesOn">The local accounts an account holder may publish on; null means none.</param>
public sealed record Actor(string Id, string Name, Role Role, Scope? PublishesOn = null)
{
    /// <summary>The service itself.</summary>
    public static Actor System { get; } = new("system", "The service", Role.System);

    /// <summary>Whether the actor's role has the permission.</summary>
    public bool May(Permission permission) => PermissionMatrix.Allows(Role, permission);
}
