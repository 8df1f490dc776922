using Coordination.Dashboard.SignIn;
using Coordination.Dashboard.SignIn.OpenId;
using Coordination.Domain.People;
using Microsoft.Extensions.Configuration;

namespace Coordination.Pages.Tests.SignIn;

public sealed class OpenIdFaultsTests
{
    private static readonly Dictionary<string, string?> Good = new(StringComparer.Ordinal)
    {
        ["SignIn:Mode"] = "OpenIdConnect",
        ["SignIn:OpenIdConnect:Authority"] = "https://login.microsoftonline.com/0b1c/v2.0",
        ["SignIn:OpenIdConnect:ClientId"] = "coordination",
        ["SignIn:OpenIdConnect:ClientSecret"] = "secret",
        ["SignIn:OpenIdConnect:PublicAddress"] = "https://social.wmfs.example",
        ["SignIn:OpenIdConnect:Admit"] = "MappedGroups",
        ["SignIn:OpenIdConnect:Groups:0:Group"] = "g-comms",
        ["SignIn:OpenIdConnect:Groups:0:Role"] = "comms-manager",
        ["SignIn:OpenIdConnect:Groups:1:Group"] = "g-aston",
        ["SignIn:OpenIdConnect:Groups:1:Role"] = "account-holder",
        ["SignIn:OpenIdConnect:Groups:1:Stations:0"] = "aston",
    };

    [Fact]
    public void Settings_AreRead()
    {
        var options = Read([]);
        Assert.Empty(Faults(options));
        Assert.Equal([Role.CommsManager, Role.AccountHolder], options.OpenIdConnect.GroupRoles().Select(g => g.Role));
        Assert.Null(options.OpenIdConnect.GroupRoles()[0].PublishesOn);
        var scope = options.OpenIdConnect.GroupRoles()[1].PublishesOn!;
        Assert.Equal(["local"], scope.Kinds!);
        Assert.Equal(["aston"], scope.Stations!);
    }

    [Theory]
    [InlineData("https://login.microsoftonline.com/0b1c/v2.0", null, "oid")]
    [InlineData("https://id.example.org", null, "sub")]
    [InlineData("https://id.example.org", "employee", "employee")]
    public void Person_IsNamedByTheClaimThatLasts(string authority, string? claim, string expected) =>
        Assert.Equal(expected, Read([("Authority", authority), ("PersonClaim", claim)]).OpenIdConnect.Person);

    [Theory]
    [InlineData("Authority", null, "Authority must be")]
    [InlineData("Authority", "http://id.example.org", "Authority must be")]
    [InlineData("Authority", "ftp://127.0.0.1", "Authority must be")]
    [InlineData("Authority", "https://login.microsoftonline.com/common/v2.0", "lets in every organisation")]
    [InlineData("PublicAddress", null, "PublicAddress must be")]
    [InlineData("PublicAddress", "http://social.wmfs.example", "PublicAddress must be")]
    [InlineData("PublicAddress", "https://social.wmfs.example/sm", "PublicAddress must be")]
    [InlineData("ClientId", " ", "ClientId is not set")]
    [InlineData("ClientSecret", null, "it has none")]
    [InlineData("PublicClient", "true", "it has several")]
    [InlineData("ClientSecretFile", "/nowhere/at/all", "there is no file")]
    [InlineData("CallbackPath", "/sign-in", "CallbackPath is")]
    [InlineData("CallbackPath", "//example.org/back", "CallbackPath is")]
    [InlineData("CallbackPath", "/sign-out/callback", "are the same")]
    [InlineData("SignedOutPath", "https://example.org", "SignedOutPath is")]
    [InlineData("Scopes", "profile", "must contain openid")]
    [InlineData("PersonClaim", "", "PersonClaim is empty")]
    [InlineData("AskWhom", "", "AskWhom must be")]
    [InlineData("Admit", null, "Admit is not set")]
    [InlineData("Admit", "KnownStaff", "does not look at them")]
    [InlineData("SeveralGroups", "7", "SeveralGroups is 7")]
    [InlineData("Groups:0:Group", "", "Groups:0 names no Group")]
    [InlineData("Groups:0:Group", "g-aston", "lists g-aston more than once")]
    [InlineData("Groups:0:Role", "system", "has the Role 'system'")]
    [InlineData("Groups:0:Role", "boss", "has the Role 'boss'")]
    [InlineData("Groups:0:AllLocal", "true", "which only account-holder has")]
    [InlineData("Groups:1:Stations:0", null, "does not say where they publish")]
    public void Setting_ThatIsWrong_IsSaid(string name, string? value, string words) =>
        Assert.Contains(Faults(Read([(name, value)])), fault => fault.Contains(words, StringComparison.Ordinal));

    [Fact]
    public void Faults_ComeAllInOneMessage()
    {
        var options = new SignInOptions { Mode = SignInMode.OpenIdConnect };
        var message = new SignInOptionsValidator().Validate(null, options).FailureMessage;
        Assert.All(["Authority", "PublicAddress", "ClientId", "ClientSecretFile", "Admit"], name => Assert.Contains(name, message, StringComparison.Ordinal));
    }

    [Fact]
    public void Settings_OfThisMachine_MayGoWithoutTls() =>
        Assert.Empty(Faults(Read([("Authority", "http://127.0.0.1:3000"), ("PublicAddress", "http://localhost:8080")])));

    private static IEnumerable<string> Faults(SignInOptions options) => OpenIdFaults.Of(options.OpenIdConnect);

    private static SignInOptions Read((string Name, string? Value)[] changes)
    {
        var settings = new Dictionary<string, string?>(Good, StringComparer.Ordinal);
        foreach (var (name, value) in changes)
        {
            settings["SignIn:OpenIdConnect:" + name] = value;
        }

        // A setting that is null is one that is not there.
        return new ConfigurationBuilder().AddInMemoryCollection(settings.Where(s => s.Value is not null)).Build().GetSection("SignIn").Get<SignInOptions>()!;
    }
}
