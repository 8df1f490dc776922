using System.Diagnostics.CodeAnalysis;

namespace Coordination.Domain.People;

/// <summary>Ids and names of the roles.</summary>
public static class Roles
{
    private static readonly Dictionary<Role, (string Id, string Name)> Known = new()
    {
        [Role.CommsManager] = ("comms-manager", "Comms manager"),
        [Role.CommsOfficer] = ("comms-officer", "Comms officer"),
        [Role.FdsOfficer] = ("fds-officer", "FDS officer"),
        [Role.FireControl] = ("fire-control", "Fire Control"),
        [Role.AccountHolder] = ("account-holder", "Account holder"),
        [Role.Auditor] = ("auditor", "Auditor"),
        [Role.FireAuthorityMember] = ("fire-authority-member", "Fire Authority member"),
        [Role.Volunteer] = ("volunteer", "Volunteer"),
        [Role.System] = ("system", "The service"),
    };

    /// <summary>The roles a person can have.</summary>
    public static IReadOnlyList<Role> People { get; } =
        [Role.CommsManager, Role.CommsOfficer, Role.FdsOfficer, Role.FireControl, Role.AccountHolder, Role.Auditor, Role.FireAuthorityMember, Role.Volunteer];

    /// <summary>The role's id, as in JSON and claims.</summary>
    public static string Id(this Role role) => Known[role].Id;

    /// <summary>The role's name, as on screen.</summary>
    public static string Name(this Role role) => Known[role].Name;

    /// <summary>Whether the role is one of Corporate Communications.</summary>
    public static bool IsComms(this Role role) => role is Role.CommsManager or Role.CommsOfficer;

    /// <summary>Finds a role by its id.</summary>
    public static bool TryParse([NotNullWhen(true)] string? id, out Role role)
    {
        foreach (var (candidate, words) in Known)
        {
            if (string.Equals(words.Id, id, StringComparison.Ordinal))
            {
                role = candidate;
                return true;
            }
        }

        role = default;
        return false;
    }
}
