using Coordination.Domain.Holds;
using Coordination.Domain.People;
using Coordination.Storage.People;

namespace Coordination.Dashboard.Composition.Local;

/// <summary>The demo's made-up people.</summary>
internal static class DemoStaff
{
    /// <summary>All of them. The first of each role is the one whose token is written to the file.</summary>
    public static IReadOnlyList<StaffMember> All { get; } =
    [
        new("rowan-demo", "Rowan Demo", Role.CommsManager, null),
        new("quinn-demo", "Quinn Demo", Role.CommsManager, null),
        new("sam-demo", "Sam Demo", Role.CommsOfficer, null),
        new("jo-demo", "Jo Demo", Role.CommsOfficer, null),
        new("frankie-demo", "Frankie Demo", Role.FdsOfficer, null),
        new("casey-demo", "Casey Demo", Role.FireControl, null),
        new("alex-demo", "Alex Demo", Role.AccountHolder, Scope.LocalAccounts),
        new("robin-demo", "Robin Demo", Role.AccountHolder, new Scope { Areas = ["coventry"], Kinds = ["local"] }),
        new("morgan-demo", "Morgan Demo", Role.Auditor, null),
        new("riley-demo", "Riley Demo", Role.FireAuthorityMember, null),
        new("devon-demo", "Devon Demo", Role.Volunteer, null),
    ];
}
