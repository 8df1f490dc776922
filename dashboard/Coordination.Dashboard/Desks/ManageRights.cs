using Coordination.Domain;
using Coordination.Domain.People;

namespace Coordination.Dashboard.Desks;

/// <summary>The edge's check for whoever manages accounts; the grain checks again.</summary>
internal static class ManageRights
{
    /// <summary>Whether the actor may.</summary>
    /// <returns>Null when allowed.</returns>
    public static Refusal? Check(Actor actor) => actor.May(Permission.ManageAccounts)
        ? null
        : new Refusal(
            "forbidden",
            $"{actor.Name} ({actor.Role.Name()}) may not change accounts. Nothing was changed. Who may: {PermissionMatrix.WhoMayInWords(Permission.ManageAccounts)}.",
            RefusalKind.Forbidden);
}
