using System.Globalization;
using Coordination.Dashboard.Components.Kit;
using Coordination.Domain.Clients;
using Coordination.Domain.People;
using Coordination.Storage.People;

namespace Coordination.Dashboard.Components.Clients;

/// <summary>What is typed about a new client.</summary>
public sealed class ClientForm
{
    private readonly HashSet<Permission> _chosen = [Permission.Read];

    /// <summary>How long a token may last, for the choice.</summary>
    public static IReadOnlyList<Option> Lives { get; } =
        [new("30", "30 days"), new("90", "90 days"), new("180", "180 days"), new("365", "a year"), new("400", "400 days, the longest")];

    /// <summary>The name.</summary>
    public string Name { get; set; } = "";

    /// <summary>Staff id of the owner; empty while nobody was chosen.</summary>
    public string Owner { get; set; } = "";

    /// <summary>For how many days, as text.</summary>
    public string Days { get; set; } = ClientRules.UsualLife.ToString(CultureInfo.InvariantCulture);

    /// <summary>What it is for.</summary>
    public string Reason { get; set; } = "";

    /// <summary>Whether a permission is chosen.</summary>
    public bool Has(Permission permission) => _chosen.Contains(permission);

    /// <summary>Chooses a permission, or no longer.</summary>
    public void Turn(Permission permission)
    {
        if (!_chosen.Remove(permission))
        {
            _chosen.Add(permission);
        }
    }

    /// <summary>The wish, of what the owner's role may.</summary>
    public ClientWish Wish(StaffMember? owner)
    {
        IReadOnlyList<Permission> permissions = owner is null ? [] : [.. ClientRules.Grantable(owner.Role).Where(_chosen.Contains)];
        return new ClientWish(Name, Owner, permissions, Life(Days), Reason);
    }

    /// <summary>A choice of a life in days.</summary>
    public static int Life(string days) => int.Parse(days, NumberStyles.None, CultureInfo.InvariantCulture);
}
