using Coordination.Domain.People;
using Coordination.Domain.People.BreakGlass;
using Xunit;

namespace Coordination.Domain.Tests.People;

public sealed class BreakGlassRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 28, 4, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0, true, true, true, true)]
    [InlineData(1, true, false, true, true)]
    [InlineData(0, true, false, true, false)]
    [InlineData(1, false, false, true, false)]
    [InlineData(1, true, true, false, false)]
    [InlineData(0, false, true, true, false)]
    public void Account_IsComplete_WithPasswordAndCodes_AndAPasskeyOrAnApp(int passkeys, bool password, bool app, bool codes, bool complete) =>
        Assert.Equal(complete, BreakGlassRules.IsComplete(passkeys, password, app, codes));

    [Theory]
    [InlineData(90, null, false)]
    [InlineData(91, null, true)]
    [InlineData(400, 90, false)]
    [InlineData(400, 91, true)]
    public void Account_IsToBeTried_EveryNinetyDays(int granted, int? worked, bool due) =>
        Assert.Equal(due, BreakGlassRules.IsToBeTried(worked is { } w ? Now.AddDays(-w) : null, Now.AddDays(-granted), Now));

    [Theory]
    [InlineData("Jane Marsh", "jane-marsh")]
    [InlineData("  O’Neill,  Zoë (SC) ", "o-neill-zo-sc")]
    [InlineData("李", "staff")]
    [InlineData("A name that is much longer than forty letters are", "a-name-that-is-much-longer-than-forty-le")]
    public void UserName_IsTheName_InSmallLetters(string name, string user) => Assert.Equal(user, BreakGlassRules.UserName(name));

    [Fact]
    public void Rights_AreOfComms_AndAReasonIsNeeded()
    {
        foreach (var role in Roles.People)
        {
            var actor = new Actor("a", "A", role);
            Assert.Equal(role == Role.CommsManager ? null : "forbidden", BreakGlassRules.MayManage(actor, "Duty")?.Code);
            Assert.Equal(role is Role.CommsManager or Role.CommsOfficer ? null : "forbidden", BreakGlassRules.MaySee(actor)?.Code);
        }

        Assert.Equal("reason-missing", BreakGlassRules.MayManage(new Actor("a", "A", Role.CommsManager), " ")?.Code);
        Assert.Equal(("reason-missing", "reason-too-long", null), (BreakGlassRules.CheckReason("")?.Code, BreakGlassRules.CheckReason(new string('x', 1001))?.Code, BreakGlassRules.CheckReason("Down")?.Code));
    }
}
