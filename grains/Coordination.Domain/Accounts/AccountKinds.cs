namespace Coordination.Domain.Accounts;

/// <summary>Ids of the kinds of account.</summary>
public static class AccountKinds
{
    /// <summary>The id, as in JSON, labels and scopes.</summary>
    public static string Id(this AccountKind kind) => kind == AccountKind.Corporate ? "corporate" : "local";

    /// <summary>Finds a kind by its id.</summary>
    public static bool TryParse(string? id, out AccountKind kind)
    {
        kind = string.Equals(id, "corporate", StringComparison.Ordinal) ? AccountKind.Corporate : AccountKind.Local;
        return id is "corporate" or "local";
    }
}
