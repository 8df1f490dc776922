using Coordination.Domain.Accounts;
using Coordination.Domain.People;
using Coordination.Domain.Posts;
using Coordination.Domain.Review;
using Xunit;

namespace Coordination.Domain.Tests.Accounts;

/// <summary>What becomes of a post by which surely nothing was sent, and how a person sends it again.</summary>
public sealed class FailureTests
{
    private static readonly DateTimeOffset Due = Given.Now;
    private static readonly Actor Holder = Given.People.First(p => p.Name == "account-holder").Actor;
    private static readonly Actor Fds = Given.People.First(p => p.Name == "fds-officer").Actor;

    [Theory]
    [InlineData(1, null, 1)]
    [InlineData(2, null, 2)]
    [InlineData(3, null, 4)]
    [InlineData(6, null, 30)]
    [InlineData(60, null, 30)]
    [InlineData(1, 120, 120)]
    [InlineData(6, 5, 30)]
    [InlineData(1, 0, 1)]
    public void Next_WaitsTwiceAsLongEachTime_AndNeverLessThanThePlatformAsks(int attempt, int? asked, int expected) =>
        Assert.Equal(Given.Now.AddSeconds(expected), RetryRules.Next(attempt, asked is { } s ? TimeSpan.FromSeconds(s) : null, Given.Now));

    [Fact]
    public void Next_StaysATime_WhateverThePlatformAsks() => Assert.True(RetryRules.Next(1, TimeSpan.MaxValue, Given.Now) > Given.Now);

    [Fact]
    public void NotSent_SaysWhenItIsTriedAgain_InThePlatformsWords()
    {
        var post = After(Scheduled(), new RecordNotSent(Given.Post, "No more.", 1, new FailedTry(FailureCause.RateLimit, "Slow down", TimeSpan.FromSeconds(90))));
        Assert.Equal(PostState.Scheduled, post.State);
        Assert.Equal(new PostFailure(FailureClass.WillRetry, FailureCause.RateLimit, Given.Now, "Slow down", Given.Now.AddSeconds(90)), post.About?.Failure);
        Assert.Equal(2, post.Attempt);
    }

    [Theory]
    [InlineData(300, PostState.Scheduled)]
    [InlineData(301, PostState.Missed)]
    public void NotSent_IsMissedAtOnce_WhereItCouldBeTriedAgainOnlyTooLate(int seconds, PostState expected)
    {
        var post = After(Scheduled(), new RecordNotSent(Given.Post, "No more.", 1, new FailedTry(FailureCause.RateLimit, null, TimeSpan.FromSeconds(seconds))));
        Assert.Equal(expected, post.State);
        Assert.Equal(expected == PostState.Missed ? FailureClass.NeedsYou : FailureClass.WillRetry, post.About!.Failure!.Class);
        Assert.Equal(expected == PostState.Missed, post.About.Failure.RetryAt is null);
    }

    [Fact]
    public void Missed_KeepsTheLastFailure_ForWhoeverDecides()
    {
        var state = Fold(Scheduled(), new RecordNotSent(Given.Post, "Refused.", 1, new FailedTry(FailureCause.Unreachable)));
        var post = Fold(state, new MissPost(Given.Post, "Too late.")).Find(Given.Post)!;
        Assert.Equal((FailureClass.NeedsYou, FailureCause.Unreachable), (post.About!.Failure!.Class, post.About.Failure.Cause));
        Assert.Contains("hand-back", post.About.Failure.ToDo(post.State), StringComparison.Ordinal);
    }

    [Fact]
    public void Failure_Goes_WhenAPersonConfirmsThePost_OrItIsOut()
    {
        var state = Fold(Scheduled(), new RecordNotSent(Given.Post, "Refused.", 1, new FailedTry(FailureCause.Unreachable)));
        Assert.NotNull(state.Find(Given.Post)!.About);
        Assert.Null(Fold(state, new ReschedulePost(Given.Post, Given.Now.AddHours(1), HoldsMet.None), Given.Manager).Find(Given.Post)!.About?.Failure);
        Assert.Null(Fold(state, new RecordPublished(Given.Post, "1", null, Given.Now)).Find(Given.Post)!.About);
        Assert.Null(Fold(state, new HoldPost(Given.Post, ["H-000001"])).Find(Given.Post)!.About);
    }

    [Fact]
    public void Retry_SendsItNow_AsItStands_WithItsApproval()
    {
        var approval = new PostApproval(1, "rowan", "Rowan", Given.Now.AddHours(-1), []);
        var failed = Failed(p => p with { Approval = approval });
        var post = Fold(failed, new RetryPost(Given.Post, HoldsMet.None), Holder).Find(Given.Post)!;
        Assert.Equal((PostState.Scheduled, Given.Now, 1, 2), (post.State, post.DueAt, post.Revision, post.Attempt));
        Assert.Equal(approval, post.Approval);
        Assert.Null(post.About?.Failure);
    }

    [Fact]
    public void Retry_Twice_IsDoneOnce()
    {
        var state = Fold(Failed(), new RetryPost(Given.Post, HoldsMet.None), Holder);
        Assert.IsType<Decision<AccountEvent>.AlreadyDone>(Decide(state, new RetryPost(Given.Post, HoldsMet.None), Holder));
    }

    [Fact]
    public void Retry_IsHeld_ByAHoldThatStands_AndNotByOneItWasApprovedUnder()
    {
        Assert.Equal(PostState.Held, Fold(Failed(), new RetryPost(Given.Post, new HoldsMet(["H-000001"], [])), Holder).Find(Given.Post)!.State);
        Assert.Equal(PostState.Held, Fold(Failed(), new RetryPost(Given.Post, new HoldsMet([], ["H-000002"])), Holder).Find(Given.Post)!.State);
        var approved = Failed(p => p with { Approval = new PostApproval(1, "rowan", "Rowan", Given.Now.AddHours(-1), ["H-000002"]) });
        Assert.Equal(PostState.Scheduled, Fold(approved, new RetryPost(Given.Post, new HoldsMet([], ["H-000002"])), Holder).Find(Given.Post)!.State);
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData(ContentAct.Reason, true)]
    [InlineData(ContentAct.Comms, false)]
    public void Retry_IsRefused_WhereTheRulesAskForMoreSince(ContentAct? settled, bool refused)
    {
        var legal = new ContentFound("legal", "A court case", "Who agreed?", ContentAct.Comms);
        var about = settled is { } act ? new PostAbout { Settled = new Dictionary<string, ContentAct>(StringComparer.Ordinal) { ["legal"] = act } } : null;
        var retry = new RetryPost(Given.Post, HoldsMet.None) { Look = new ContentLook(PublishingRules.Default, [legal]) };
        var decision = Decide(Failed(p => p with { About = about }), retry, Holder);
        Assert.Equal(refused ? "comms-asked" : null, (decision as Decision<AccountEvent>.Refused)?.Why.Code);
    }

    [Fact]
    public void Retry_OfAnothersPost_IsNoWayAroundAReview()
    {
        // Comms sent it unread on a corporate account; an FDS officer would have had it read.
        var state = Failed(p => p with { PosterId = Given.Manager.Id, PosterName = Given.Manager.Name }) with { Labels = Given.Labels with { Kind = AccountKind.Corporate } };
        Assert.Equal("retry-not-yours", Refusal(state, Fds));
        Assert.IsType<Decision<AccountEvent>.Accepted>(Decide(state, new RetryPost(Given.Post, HoldsMet.None), Given.Manager));

        var read = state with { Posts = [state.Posts[0] with { Approval = new PostApproval(1, "rowan", "Rowan", Given.Now, []) }] };
        Assert.IsType<Decision<AccountEvent>.Accepted>(Decide(read, new RetryPost(Given.Post, HoldsMet.None), Fds));
    }

    [Theory]
    [InlineData(PostState.Rejected, "post-rejected")]
    [InlineData(PostState.Unknown, "post-unknown-outcome")]
    [InlineData(PostState.Held, "post-waits")]
    [InlineData(PostState.Missed, "post-waits")]
    [InlineData(PostState.Cancelled, "post-finished")]
    [InlineData(PostState.Submitted, "post-not-failed")]
    public void Retry_IsRefused_WhereItCouldSendTwiceOrPassSomebodyBy(PostState state, string code) =>
        Assert.Equal(code, Refusal(Given.Account(AccountLifecycle.Connected, state), Given.Manager));

    [Fact]
    public void LateReport_OfTheFailedAttempt_DoesNotFailTheOneThatIsTriedAgain()
    {
        var state = Fold(Failed(), new RetryPost(Given.Post, HoldsMet.None), Holder);
        Assert.IsType<Decision<AccountEvent>.AlreadyDone>(Decide(state, new RecordFailed(Given.Post, "No sign-in.", 1, 1, new FailedTry(FailureCause.SignIn)), Actor.System));
    }

    [Fact]
    public void Failure_IsNoWritersToSay()
    {
        var about = PostAbout.Nothing with { Failure = new PostFailure(FailureClass.Never, FailureCause.Text, Given.Now) };
        var scheduled = Fold(Given.Account(AccountLifecycle.Connected), new SchedulePost(Given.Id(2), "Test your alarm", Given.Now.AddHours(1), PostRules.DefaultTolerance, null, HoldsMet.None, about), Holder);
        Assert.Null(scheduled.Find(Given.Id(2))!.About);
        var edited = Fold(Scheduled(), new EditPost(Given.Post, 1, "Test your alarm", Given.Now.AddHours(1), HoldsMet.None, about), Holder);
        Assert.Null(edited.Find(Given.Post)!.About?.Failure);
    }

    [Fact]
    public void ClassesAndCauses_HaveAnIdEach_AndSayWhatToDo()
    {
        Assert.Equal(["will-retry", "needs-you", "never"], Enum.GetValues<FailureClass>().Select(c => c.Id()));
        Assert.Equal(["unreachable", "rate-limit", "closed", "sign-in", "settings", "text", "image"], Enum.GetValues<FailureCause>().Select(c => c.Id()));
        foreach (var kind in Enum.GetValues<FailureClass>())
        {
            Assert.All(Enum.GetValues<FailureCause>(), cause => Assert.True(new PostFailure(kind, cause, Given.Now).ToDo(PostState.Failed).Length > 20));
        }
    }

    private static AccountState Scheduled() => Given.Account(AccountLifecycle.Connected) with { Posts = [Given.APost(Given.Post, PostState.Scheduled) with { DueAt = Due, PosterId = Holder.Id, PosterName = Holder.Name }] };

    private static AccountState Failed(Func<Post, Post>? change = null)
    {
        var state = Scheduled();
        state = state with { Posts = [change?.Invoke(state.Posts[0]) ?? state.Posts[0]] };
        return Fold(state, new RecordFailed(Given.Post, "No sign-in.", 1, 1, new FailedTry(FailureCause.SignIn, "The access token was revoked")));
    }

    private static Post After(AccountState state, AccountCommand command) => Fold(state, command).Find(Given.Post)!;

    private static AccountState Fold(AccountState state, AccountCommand command, Actor? actor = null) =>
        AccountFold.Fold(state, Assert.IsType<Decision<AccountEvent>.Accepted>(Decide(state, command, actor ?? Actor.System)).Events);

    private static Decision<AccountEvent> Decide(AccountState state, AccountCommand command, Actor actor) => AccountDecider.Decide(state, command, actor, Given.Now);

    private static string Refusal(AccountState state, Actor actor) =>
        Assert.IsType<Decision<AccountEvent>.Refused>(Decide(state, new RetryPost(Given.Post, HoldsMet.None), actor)).Why.Code;
}
