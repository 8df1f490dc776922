using Coordination.Domain.Accounts;
using Coordination.Domain.Platforms;
using Xunit;

namespace Coordination.Domain.Tests.Platforms;

/// <summary>How a sign-in stands, in words.</summary>
public sealed class SignInRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 1, 9, 0, 0, TimeSpan.Zero);
    private static readonly SignInStanding Works = new(AccountKey.Parse("x/demo_wmfs_aston"), Now, Works: true);

    [Theory]
    [InlineData(15 * 24 * 60, SignInVerdict.Works, "works")]
    [InlineData(14 * 24 * 60, SignInVerdict.EndsSoon, "will stop working in 14 days: reconnect it before then")]
    [InlineData((7 * 24 * 60) - 1, SignInVerdict.EndsSoon, "will stop working in 6 days: reconnect it before then")]
    [InlineData(47 * 60, SignInVerdict.EndsSoon, "will stop working in 47 hours: reconnect it before then")]
    [InlineData(90, SignInVerdict.EndsSoon, "will stop working in 90 minutes: reconnect it before then")]
    [InlineData(0, SignInVerdict.Ended, "has stopped working: reconnect it")]
    [InlineData(-5, SignInVerdict.Ended, "has stopped working: reconnect it")]
    public void AnEndAhead_IsSaidInTime_AndNeverRoundedUp(int minutes, SignInVerdict verdict, string words)
    {
        var standing = Works with { ExpiresAt = Now.AddMinutes(minutes) };
        Assert.Equal((verdict, words), (SignInRules.Look(standing, Now), SignInRules.Words(standing, Now)));
    }

    [Fact]
    public void WhatWasRefused_IsRefused_WhateverItsEnd()
    {
        Assert.Equal(SignInVerdict.Refused, SignInRules.Look(Works with { Works = false, ExpiresAt = Now.AddDays(300) }, Now));
        Assert.Equal("does not work: reconnect it", SignInRules.Words(Works with { Works = false }, Now));
    }

    [Fact]
    public void WhatNobodyKnows_IsNotCalledBroken()
    {
        Assert.Equal(SignInVerdict.Unchecked, SignInRules.Look(new SignInStanding(Works.Account), Now));
        Assert.Equal("could not be checked yet", SignInRules.Words(new SignInStanding(Works.Account, FailedAt: Now), Now));
        Assert.Equal(SignInVerdict.Works, SignInRules.Look(Works with { FailedAt = Now }, Now));
        Assert.False(SignInRules.IsTrouble(SignInVerdict.Unchecked));
    }
}
