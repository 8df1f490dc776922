using System.Reflection;
using Coordination.Dashboard.Components;
using Coordination.Domain.People;
using Coordination.SystemTests.Support;
using Microsoft.AspNetCore.Components;

namespace Coordination.SystemTests.Api;

/// <summary>Every page by every role: whoever has one of its permissions, by the matrix, is let in, and nobody else. A page that is in no list here fails.</summary>
public sealed class PageAuthorityTests(ServiceFixture fixture)
{
    // No permission: also for who is not signed in.
    private static readonly Permission[] Nobody = [];

    private static readonly Dictionary<string, Permission[]> Pages = new(StringComparer.Ordinal)
    {
        ["/sign-in"] = Nobody, ["/sign-in/refused"] = Nobody, ["/sign-in/problem"] = Nobody, ["/sign-in/break-glass"] = Nobody,
        ["/guide"] = [Permission.ReadGuide], ["/sign-in/again"] = [Permission.ReadGuide], ["/who"] = [Permission.ReadGuide], ["/not-found"] = [Permission.ReadGuide], ["/not-allowed"] = [Permission.ReadGuide],
        ["/"] = [Permission.Read], ["/calendar"] = [Permission.Read], ["/holds"] = [Permission.Read], ["/holds/{Id}"] = [Permission.Read], ["/scopes"] = [Permission.Read],
        ["/handback"] = [Permission.Read], ["/approvals"] = [Permission.Read], ["/rules"] = [Permission.Read], ["/templates"] = [Permission.Read], ["/tasks"] = [Permission.Read],
        ["/requests"] = [Permission.Read], ["/rota"] = [Permission.Read], ["/repeats"] = [Permission.Read], ["/repeats/{Id}"] = [Permission.Read], ["/sign-ins"] = [Permission.Read],
        ["/messages/{Id}"] = [Permission.Read], ["/posts/{Id}"] = [Permission.Read], ["/accounts/{Platform}/{Handle}"] = [Permission.Read], ["/clients"] = [Permission.Read],
        ["/me/break-glass"] = [Permission.Read],
        ["/holds/new"] = [Permission.PlaceHold],
        ["/compose"] = [Permission.PublishLocal, Permission.PublishCorporate],
        ["/accounts/import"] = [Permission.ManageAccounts], ["/accounts/{Platform}/{Handle}/sign-in"] = [Permission.ManageAccounts],
        ["/incidents"] = [Permission.ReadIncidents], ["/incidents/file/{*Number}"] = [Permission.ReadIncidents], ["/exercises/file/{*Number}"] = [Permission.ReadIncidents],
        ["/exercises/line/{Takeover:guid}"] = [Permission.ReadIncidents], ["/incidents/rules"] = [Permission.ReadIncidents], ["/incidents/rules/try"] = [Permission.ReadIncidents],
        ["/incidents/new"] = [Permission.ReportIncident], ["/incidents/replay"] = [Permission.ReportIncident],
        ["/staff"] = [Permission.ReadStaff], ["/staff/{Id}"] = [Permission.ReadStaff], ["/staff/contacts"] = [Permission.ReadStaff], ["/staff/new"] = [Permission.ManageStaff],
        ["/journal"] = [Permission.ReadJournal], ["/redactions"] = [Permission.ReadJournal], ["/retention"] = [Permission.ReadJournal], ["/staff/sign-ins"] = [Permission.ReadJournal], ["/verify"] = [Permission.ReadJournal], ["/proofs"] = [Permission.ReadJournal], ["/exports"] = [Permission.ReadJournal],
        ["/break-glass"] = [Permission.ManageBreakGlass],
    };

    // Somebody of each role, as the demo has them.
    private static readonly Dictionary<Role, string> People = new()
    {
        [Role.CommsManager] = "rowan-demo", [Role.CommsOfficer] = "sam-demo", [Role.FireControl] = "casey-demo", [Role.FdsOfficer] = "frankie-demo", [Role.AccountHolder] = "alex-demo",
        [Role.Auditor] = "morgan-demo", [Role.FireAuthorityMember] = "riley-demo", [Role.Volunteer] = "devon-demo",
    };

    /// <summary>All roles of people.</summary>
    public static TheoryData<Role> Everybody { get; } = new(Domain.People.Roles.People);

    [Fact]
    public void EveryPage_IsInTheList() => Assert.Equal(
        typeof(StaffRevalidation).Assembly.GetTypes().SelectMany(t => t.GetCustomAttributes<RouteAttribute>()).Select(r => r.Template).Order(StringComparer.Ordinal),
        Pages.Keys.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Everybody))]
    public async Task Page_LetsInWhoHasItsPermission_AndNobodyElse(Role role)
    {
        using var person = await Browsing.AsAsync(fixture.Service.BaseAddress, People[role]);
        var wrong = new List<string>();
        foreach (var (template, permissions) in Pages)
        {
            var (status, location, _) = await person.OpenAsync(Filled(template));

            var may = permissions.Length == 0 || permissions.Any(p => PermissionMatrix.Allows(role, p));

            // Whose sign-in is fresh is sent on from the page that asks for one.
            var letIn = status is HttpStatusCode.OK or HttpStatusCode.NotFound || (template == "/sign-in/again" && location == fixture.Service.BaseAddress.AbsoluteUri);
            if (letIn != may)
            {
                wrong.Add($"{template}: {(int)status} {location}, and by the matrix they {(may ? "may" : "may not")}");
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public async Task Page_SendsWhoIsNotSignedIn_ToTheSignIn()
    {
        using var nobody = await Browsing.AsAsync(fixture.Service.BaseAddress, null);
        foreach (var (template, permissions) in Pages)
        {
            var (status, location, _) = await nobody.OpenAsync(Filled(template));
            Assert.True(
                permissions.Length == 0 ? status == HttpStatusCode.OK : status == HttpStatusCode.Redirect && location!.Contains("/sign-in", StringComparison.Ordinal),
                $"{template} answered {(int)status} {location} to nobody.");
        }
    }

    // Things that are not there: a page that may be seen says so, one that may not tells nothing of it.
    private static string Filled(string template) => template
        .Replace("{Platform}", "x", StringComparison.Ordinal)
        .Replace("{Handle}", "demo_wmfs_aston", StringComparison.Ordinal)
        .Replace("{Id}", "none", StringComparison.Ordinal)
        .Replace("{*Number}", "none", StringComparison.Ordinal)
        .Replace("{Takeover:guid}", "0198a0a0-0000-7000-8000-000000000000", StringComparison.Ordinal);
}
