using Coordination.Domain.Accounts;
using Coordination.Domain.People;
using Coordination.Domain.Posts;
using Xunit;

namespace Coordination.Domain.Tests.Accounts;

public sealed class PostRemovalTests
{
    [Fact]
    public void Removal_IsAskedOnce_AndKeepsItsReasonUntilThePlatformConfirms()
    {
        var asked = After(Given.Account(AccountLifecycle.Connected, PostState.Published), new RemovePost(Given.Post, "Wrong street."), Given.Manager);
        var post = asked.Find(Given.Post)!;
        Assert.Equal((PostState.Published, Given.Manager.Name), (post.State, post.Removal?.ByName));
        Assert.IsType<Decision<AccountEvent>.AlreadyDone>(AccountDecider.Decide(asked, new RemovePost(Given.Post, "Again."), Given.Manager, Given.Now));

        var gone = After(asked, new RecordRemoved(Given.Post, "It was off the platform."), Actor.System).Find(Given.Post)!;
        Assert.Equal((PostState.Removed, "Wrong street.", Given.Now), (gone.State, gone.Note, gone.RemovedAt));
    }

    [Fact]
    public void Removal_ThatThePlatformRefused_CanBeAskedForAgain()
    {
        var asked = After(Given.Account(AccountLifecycle.Connected, PostState.Published), new RemovePost(Given.Post, "Wrong street."), Given.Manager);
        var refused = After(asked, new RecordNotRemoved(Given.Post, "Not yours."), Actor.System);
        Assert.Equal((PostState.Published, null, "Not yours."), (refused.Find(Given.Post)!.State, refused.Find(Given.Post)!.Removal, refused.Find(Given.Post)!.Note));
        Assert.IsType<Decision<AccountEvent>.AlreadyDone>(AccountDecider.Decide(refused, new RecordNotRemoved(Given.Post, "Not yours."), Actor.System, Given.Now));

        Assert.NotNull(After(refused, new RemovePost(Given.Post, "Wrong street."), Given.Manager).Find(Given.Post)!.Removal);
    }

    [Fact]
    public void Post_StaysInTheAccount_WhileItsRemovalIsOpen()
    {
        var state = After(Given.Account(AccountLifecycle.Connected, PostState.Published), new RemovePost(Given.Post, "Wrong street."), Given.Manager);
        for (var i = 2; i <= AccountState.FinishedPostsKept * 2; i++)
        {
            state = After(state, new SchedulePost(Given.Id(i), $"Post {i}", Given.Now, PostRules.DefaultTolerance, null, HoldsMet.None), Given.Manager);
            state = After(state, new RecordPublished(Given.Id(i), $"{i}", null, Given.Now), Actor.System);
        }

        Assert.Null(state.Find(Given.Id(2)));
        Assert.NotNull(state.Find(Given.Post)?.Removal);
    }

    [Theory]
    [InlineData("", "reason-missing")]
    [InlineData("a\0b", "text-not-storable")]
    public void Removal_NeedsAReason(string reason, string code) => Assert.Equal(
        code,
        Assert.IsType<Decision<AccountEvent>.Refused>(AccountDecider.Decide(
            Given.Account(AccountLifecycle.Connected, PostState.Published), new RemovePost(Given.Post, reason), Given.Manager, Given.Now)).Why.Code);

    private static AccountState After(AccountState state, AccountCommand command, Actor actor) => AccountFold.Fold(
        state, Assert.IsType<Decision<AccountEvent>.Accepted>(AccountDecider.Decide(state, command, actor, Given.Now)).Events);
}
