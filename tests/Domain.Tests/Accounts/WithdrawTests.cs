using Coordination.Domain.Accounts;
using Coordination.Domain.Posts;
using Xunit;

namespace Coordination.Domain.Tests.Accounts;

/// <summary>A post that is taken back as it was read: another's change stands.</summary>
public sealed class WithdrawTests
{
    [Theory]
    [InlineData(PostState.Scheduled)]
    [InlineData(PostState.Submitted)]
    [InlineData(PostState.Returned)]
    [InlineData(PostState.Held)]
    public void Cancel_TakesBackTheRevisionThatWasRead_AndNoOther(PostState state)
    {
        var account = Given.Account(AccountLifecycle.Connected) with { Posts = [Given.APost(Given.Post, state) with { Revision = 2 }] };
        var refused = Assert.IsType<Decision<AccountEvent>.Refused>(AccountDecider.Decide(account, new CancelPost(Given.Post, "Stopped.", 1), Given.Manager, Given.Now));
        Assert.Equal("post-changed", refused.Why.Code);
        Assert.IsType<Decision<AccountEvent>.Accepted>(AccountDecider.Decide(account, new CancelPost(Given.Post, "Stopped.", 2), Given.Manager, Given.Now));
        Assert.IsType<Decision<AccountEvent>.Accepted>(AccountDecider.Decide(account, new CancelPost(Given.Post, "Stopped."), Given.Manager, Given.Now));
    }
}
