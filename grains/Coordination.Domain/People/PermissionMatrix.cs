using static Coordination.Domain.People.Permission;

namespace Coordination.Domain.People;

/// <summary>Who may do what, as data: the one place it is written down. What is not here is not allowed.</summary>
public static class PermissionMatrix
{
    private static readonly Dictionary<Role, Permission[]> Rows = new()
    {
        [Role.CommsManager] =
        [
            ReadGuide, Read, ReadJournal, PublishLocal, PublishCorporate, PlaceHold, PlaceHoldWithoutIncident, LiftHold, ConfirmLift, ReviewHold, ManageScopes,
            HandBack, ApprovePost, ManageTemplates, ManageRules, RemovePost, ManageAccounts, ManageRota, ReportIncident, ReadIncidents,
            DecideTakeover, ConfirmRules, ReadStaff, ManageStaff, ManageBreakGlass, SeeBreakGlass, ManageClients,
            Redact, ConfirmRedaction, ManageRetention,
        ],
        [Role.CommsOfficer] =
        [
            ReadGuide, Read, ReadJournal, PublishLocal, PublishCorporate, PlaceHold, PlaceHoldWithoutIncident, ConfirmLift, ReviewHold, ManageScopes,
            HandBack, ApprovePost, ManageTemplates, RemovePost, ManageAccounts, ManageRota, ReadIncidents, DecideTakeover, ConfirmRules, ReadStaff,
            SeeBreakGlass, ConfirmRedaction,
        ],
        [Role.FdsOfficer] = [ReadGuide, Read, PublishCorporate, PlaceHold, ReadIncidents],
        [Role.FireControl] = [ReadGuide, Read, PublishCorporate, PlaceHold, ReportIncident, ReadIncidents],
        [Role.AccountHolder] = [ReadGuide, Read, PublishLocal],
        [Role.Auditor] = [ReadGuide, Read, ReadJournal, ReadIncidents, ReadStaff],
        // The order binds them and gives them no account: who is given one is its account holder here.
        [Role.FireAuthorityMember] = [ReadGuide],
        [Role.Volunteer] = [ReadGuide],
        [Role.System] = [Read, Operate, PlaceHold, PlaceHoldWithoutIncident, RemovePost, ManageAccounts],
    };

    /// <summary>Whether the role has the permission.</summary>
    public static bool Allows(Role role, Permission permission) =>
        Rows.TryGetValue(role, out var row) && row.Contains(permission);

    /// <summary>The roles of people that have the permission, for an answer that says who may.</summary>
    public static IReadOnlyList<Role> WhoMay(Permission permission) =>
        [.. Roles.People.Where(role => Allows(role, permission))];

    /// <summary>The roles that have any one of the permissions, in words: "a Comms manager or a Comms officer".</summary>
    public static string WhoMayInWords(params Permission[] anyOf)
    {
        var names = Roles.People.Where(role => anyOf.Any(permission => Allows(role, permission))).Select(role => role.Name()).ToArray();
        return names.Length switch
        {
            0 => "nobody",
            1 => names[0],
            _ => string.Join(", ", names[..^1]) + " or " + names[^1],
        };
    }
}
