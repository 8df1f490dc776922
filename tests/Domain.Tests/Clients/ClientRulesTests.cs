using Coordination.Domain.Clients;
using Coordination.Domain.People;
using Xunit;

namespace Coordination.Domain.Tests.Clients;

public sealed class ClientRulesTests
{
    private static readonly Actor Manager = new("rowan", "Rowan Example", Role.CommsManager);
    private static readonly Actor Casey = new("casey", "Casey Example", Role.FireControl);
    private static readonly ClientWish Wish = new("Mobilising system", "casey", [Permission.Read, Permission.PlaceHold], 90, "Reports and holds");

    [Fact]
    public void Make_IsForCommsManagersAlone_AndNotByAToken()
    {
        Assert.Null(ClientRules.Make(Wish, Role.FireControl, Manager, byToken: false));
        Assert.Equal("token-cannot-make-tokens", ClientRules.Make(Wish, Role.FireControl, Manager, byToken: true)!.Code);
        Assert.Equal("token-cannot-make-tokens", ClientRules.Token("rowan", 90, "r", Manager, byToken: true)!.Code);
        Assert.All(
            Roles.People.Where(r => r != Role.CommsManager),
            role => Assert.Equal(RefusalKind.Forbidden, ClientRules.Make(Wish, Role.FireControl, Manager with { Role = role }, byToken: false)!.Kind));
        Assert.Equal(RefusalKind.Forbidden, ClientRules.Make(Wish, Role.FireControl, Manager with { Only = [Permission.Read] }, byToken: false)!.Kind);
    }

    [Theory]
    [InlineData("", 90, "r", "client-name-invalid")]
    [InlineData("S", 0, "r", "token-life-out-of-range")]
    [InlineData("S", 401, "r", "token-life-out-of-range")]
    [InlineData("S", 90, " ", "reason-missing")]
    [InlineData("S", 400, "r", null)]
    public void Make_SaysWhatIsWrong(string name, int days, string reason, string? code) =>
        Assert.Equal(code, ClientRules.Make(Wish with { Name = name, Days = days, Reason = reason }, Role.FireControl, Manager, byToken: false)?.Code);

    [Fact]
    public void Make_GivesNothingBeyondTheOwnersRole_AndNeverTheClients()
    {
        Assert.Equal("client-permissions-beyond", ClientRules.Make(Wish with { Permissions = [Permission.LiftHold] }, Role.FireControl, Manager, byToken: false)!.Code);
        Assert.Equal("client-permissions-beyond", ClientRules.Make(Wish with { Permissions = [Permission.ManageClients] }, Role.CommsManager, Manager, byToken: false)!.Code);
        Assert.Equal("client-permissions-missing", ClientRules.Make(Wish with { Permissions = [] }, Role.FireControl, Manager, byToken: false)!.Code);
        Assert.Equal("owner-unknown", ClientRules.Make(Wish, null, Manager, byToken: false)!.Code);
        Assert.All(Roles.People, role => Assert.DoesNotContain(Permission.ManageClients, ClientRules.Grantable(role)));

        // Nor one that destroys evidence: people do that, who have read it.
        Assert.All(Roles.People, role => Assert.Empty(ClientRules.Grantable(role).Intersect([Permission.Redact, Permission.ConfirmRedaction, Permission.ManageRetention])));
        Assert.All(Roles.People.Where(role => PermissionMatrix.Allows(role, Permission.Read)), role => Assert.Contains(Permission.Read, ClientRules.Grantable(role)));
    }

    [Fact]
    public void Token_IsMadeByItsOwnerAlone_InPerson()
    {
        Assert.Null(ClientRules.Token("casey", 90, "r", Casey, byToken: false));
        Assert.Equal("token-is-its-owners", ClientRules.Token("casey", 90, "r", Manager, byToken: false)!.Code);
        Assert.Equal("token-is-its-owners", ClientRules.Token("casey", 90, "r", Casey with { Only = [Permission.Read] }, byToken: false)!.Code);
        Assert.Equal("token-cannot-make-tokens", ClientRules.Token("casey", 90, "r", Casey, byToken: true)!.Code);
        Assert.Equal("token-life-out-of-range", ClientRules.Token("casey", 401, "r", Casey, byToken: false)!.Code);
        Assert.Equal("reason-missing", ClientRules.Token("casey", 90, "", Casey, byToken: false)!.Code);
    }

    [Fact]
    public void Stop_IsForManagers_AndForWhoAnswersForIt_InPerson()
    {
        Assert.Null(ClientRules.Stop("casey", "lost", Manager));
        Assert.Null(ClientRules.Stop("casey", "lost", Casey));
        Assert.Equal(RefusalKind.Forbidden, ClientRules.Stop("robin", "lost", Casey)!.Kind);
        Assert.Equal(RefusalKind.Forbidden, ClientRules.Stop("casey", "lost", Casey with { Only = [Permission.Read] })!.Kind);
        Assert.Equal("reason-missing", ClientRules.Stop("casey", "", Casey)!.Code);
    }
}
