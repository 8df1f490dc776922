namespace Coordination.Domain.People;

/// <summary>Ids of permissions, as programs and the database know them: <c>placeHold</c>.</summary>
public static class PermissionIds
{
    private static readonly Dictionary<Permission, string> Ids =
        Enum.GetValues<Permission>().ToDictionary(p => p, p => char.ToLowerInvariant(p.ToString()[0]) + p.ToString()[1..]);

    private static readonly Dictionary<string, Permission> Permissions = Ids.ToDictionary(p => p.Value, p => p.Key, StringComparer.Ordinal);

    /// <summary>The permission's id.</summary>
    public static string Id(this Permission permission) => Ids[permission];

    /// <summary>Finds a permission by its id.</summary>
    public static bool TryParse(string? id, out Permission permission) => Permissions.TryGetValue(id ?? "", out permission);

    /// <summary>Those of a list that are known here. What is not, gives nobody anything.</summary>
    public static IReadOnlyList<Permission> Known(IEnumerable<string> ids) => [.. ids.Where(Permissions.ContainsKey).Select(id => Permissions[id])];
}
