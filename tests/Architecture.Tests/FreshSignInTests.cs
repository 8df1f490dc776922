using System.Text.RegularExpressions;
using Xunit;

namespace Coordination.Architecture.Tests;

/// <summary>An old sign-in lacks the permissions that need a fresh one wherever <c>Actor.May</c> is asked. Who asks <c>MayOnceFresh</c> instead passes over that: all of them stand here, with what it is for.</summary>
public sealed partial class FreshSignInTests
{
    private static readonly Dictionary<string, string> PassingOver = new(StringComparer.Ordinal)
    {
        ["grains/Coordination.Domain/People/Actor.cs"] = "its definition, and May, which adds the age of the sign-in",
        ["grains/Coordination.Domain/People/FreshSignIn.cs"] = "whether a fresh sign-in is all that is missing",
        ["grains/Coordination.Domain/People/StaffDecider.cs"] = "another person's sign-ins are ended: that stops",
        ["grains/Coordination.Domain/Holds/HoldDecider.Lifting.cs"] = "what a screen offers, and the decline of a lift, by which the hold stands",
        ["grains/Coordination.Domain/Clients/ClientRules.cs"] = "who sees a client, and may end it",
        ["dashboard/Coordination.Dashboard/Components/Clients/ClientsModel.cs"] = "what a screen offers",
        ["dashboard/Coordination.Dashboard/Components/Kit/LiveComponent.cs"] = "what a screen offers",
        ["dashboard/Coordination.Dashboard/SignIn/PermissionPolicies.cs"] = "pages and GETs, which look, and routes that stop",
    };

    [Fact]
    public void WhoPassesOverTheAgeOfASignIn_IsListed() =>
        Assert.Equal(PassingOver.Keys.Order(StringComparer.Ordinal), Found(MayOnceFresh()));

    // Such a route stops something; the permission that it asks for is needed for starting, too.
    [Fact]
    public void RoutesThatPassOverIt_AreTheDeclineOfALift() =>
        Assert.Equal(["dashboard/Coordination.Dashboard/Api/HoldLiftsApi.cs", "dashboard/Coordination.Dashboard/SignIn/PermissionPolicies.cs"], Found(OnceFreshRoute()));

    // A page that asked once, when it was opened, would act for hours as if it were fresh.
    [Fact]
    public void OpenPages_AskAnew_HowOldTheSignInIs() => Assert.DoesNotContain(
        Sources().Where(f => f.Path.Contains("/Components/", StringComparison.Ordinal) && f.Path.EndsWith(".razor", StringComparison.Ordinal)),
        f => f.Text.Contains("TryGetActor(", StringComparison.Ordinal) && !f.Text.Contains("ExcludeFromInteractiveRouting", StringComparison.Ordinal) && !f.Path.EndsWith("/ProviderSignIn.razor", StringComparison.Ordinal));

    private static IEnumerable<string> Found(Regex what) => Sources().Where(f => what.IsMatch(f.Text)).Select(f => f.Path).Order(StringComparer.Ordinal);

    private static IEnumerable<(string Path, string Text)> Sources() => from folder in (string[])["grains", "dashboard", "silo", "connectors"]
        from file in Directory.EnumerateFiles(Coordination.Testing.Repository.In(folder), "*.*", SearchOption.AllDirectories)
        where (file.EndsWith(".cs", StringComparison.Ordinal) || file.EndsWith(".razor", StringComparison.Ordinal)) && !file.Contains("/obj/", StringComparison.Ordinal)
        select (Path.GetRelativePath(Coordination.Testing.Repository.In("."), file).Replace('\\', '/'), File.ReadAllText(file));

    [GeneratedRegex(@"\bMayOnceFresh\b", RegexOptions.None, 5000)]
    private static partial Regex MayOnceFresh();

    [GeneratedRegex(@"\bRequirePermissionOnceFresh\b", RegexOptions.None, 5000)]
    private static partial Regex OnceFreshRoute();
}
