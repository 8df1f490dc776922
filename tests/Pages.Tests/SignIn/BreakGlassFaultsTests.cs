using Coordination.Dashboard.SignIn;
using Coordination.Dashboard.SignIn.BreakGlass;
using Coordination.Dashboard.SignIn.OpenId;

namespace Coordination.Pages.Tests.SignIn;

public sealed class BreakGlassFaultsTests
{
    [Fact]
    public void Settings_AreOff_UnlessSaid_AndThenNothingOfThemIsAFault()
    {
        Assert.Empty(BreakGlassFaults.Of(new SignInOptions { Mode = SignInMode.Tokens, BreakGlass = new BreakGlassOptions { Attempts = 99 } }));
        Assert.False(new SignInOptions().BreakGlass.Enabled);
    }

    [Fact]
    public void Settings_AreGood_InTheDemo_AndWithAProvider()
    {
        Assert.Empty(BreakGlassFaults.Of(new SignInOptions { Mode = SignInMode.Demo, BreakGlass = new BreakGlassOptions { Enabled = true } }));
        Assert.Empty(BreakGlassFaults.Of(WithProvider("https://social.wmfs.example", "keys")));
        Assert.Empty(BreakGlassFaults.Of(WithProvider("http://localhost:8080", "keys")));
        Assert.Empty(BreakGlassFaults.Of(WithProvider("https://social.wmfs.example", null), keysInDatabase: true));
    }

    [Fact]
    public void Fault_IsNamed_WithoutAFolderOfKeys_OrANameForPasskeys()
    {
        Assert.Contains("neither Secrets:Certificate nor SignIn:KeysFolder is set", Assert.Single(BreakGlassFaults.Of(WithProvider("https://social.wmfs.example", null))), StringComparison.Ordinal);
        Assert.Contains("PublicAddress has no name", Assert.Single(BreakGlassFaults.Of(WithProvider("http://127.0.0.1:8080", "keys"))), StringComparison.Ordinal);
    }

    [Fact]
    public void Faults_AreAllNamed()
    {
        var options = new BreakGlassOptions { Enabled = true, Lifetime = TimeSpan.FromDays(1), Attempts = 2, LockedFor = TimeSpan.FromSeconds(1) };
        var faults = new SignInOptionsValidator().Validate(null, new SignInOptions { Mode = SignInMode.Tokens, BreakGlass = options }).FailureMessage!;
        foreach (var fault in (string[])["nobody signs in to pages", "SignIn:BreakGlass:Lifetime", "SignIn:BreakGlass:Attempts is 2", "SignIn:BreakGlass:LockedFor"])
        {
            Assert.Contains(fault, faults, StringComparison.Ordinal);
        }
    }

    private static SignInOptions WithProvider(string address, string? keys) => new()
    {
        Mode = SignInMode.OpenIdConnect, KeysFolder = keys, OpenIdConnect = new OpenIdOptions { PublicAddress = address }, BreakGlass = new BreakGlassOptions { Enabled = true },
    };
}
