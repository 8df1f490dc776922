using Coordination.Domain.Accounts;
using Coordination.Domain.People;
using Coordination.Domain.Platforms;
using Coordination.Domain.Posts;
using Coordination.Domain.Review;
using Xunit;

namespace Coordination.Domain.Tests.Accounts;

/// <summary>Posts of several parts: each part goes out once and in its order, and what has gone out stays as it reads.</summary>
public sealed class ThreadTests
{
    private static readonly PostAbout Three = new() { Thread = ["Two", "Three"] };

    [Fact]
    public void Thread_IsOut_WithItsLastPart_AtTheAddressOfItsFirst()
    {
        var state = Do(Scheduled(), Out(0), Out(1));
        var post = state.Find(Given.Post)!;
        Assert.Equal((PostState.Scheduled, 2, "Three", (string?)null), (post.State, post.NextPart, post.TextOf(post.NextPart), post.RemoteId));
        Assert.Equal(0, state.Counters.Published);

        state = Do(state, Out(2));
        post = state.Find(Given.Post)!;
        Assert.Equal((PostState.Published, "r0", "https://example.org/0"), (post.State, post.RemoteId, post.Url));
        Assert.Equal((Given.Now.AddSeconds(2), 1), (post.PublishedAt, state.Counters.Published));
        Assert.IsType<Decision<AccountEvent>.AlreadyDone>(AccountDecider.Decide(state, Out(3), Actor.System, Given.Now));
        Assert.Equal(["r0", "r1", "r2"], post.About!.PartsOut.Select(p => p.RemoteId));
    }

    [Fact]
    public void Part_ThatIsReportedTwice_CountsOnce_AndNoneComesBeforeTheOneItAnswers()
    {
        var state = Do(Scheduled(), Out(0));
        Assert.IsType<Decision<AccountEvent>.AlreadyDone>(AccountDecider.Decide(state, Out(0), Actor.System, Given.Now));
        Assert.Equal("thread-order", Refused(state, Out(2)).Code);
    }

    [Fact]
    public void Attempt_IsCountedForEachPartByItself_AndAnOldReportHitsNoLaterPart()
    {
        var state = Do(Scheduled(), new RecordNotSent(Given.Post, "Refused.", 1), Out(0));
        Assert.Equal(1, state.Find(Given.Post)!.Attempt);
        foreach (var late in new PostCommand[]
        {
            new RecordNotSent(Given.Post, "Refused.", 1), new RecordRejected(Given.Post, "Too long."), new RecordUnknown(Given.Post, "No answer."),
            new RecordFailed(Given.Post, "No sign-in.", 1, 1),
        })
        {
            Assert.IsType<Decision<AccountEvent>.AlreadyDone>(AccountDecider.Decide(state, late, Actor.System, Given.Now));
        }

        Assert.Equal(2, Do(state, new RecordNotSent(Given.Post, "Refused.", 1, Part: 1)).Find(Given.Post)!.Attempt);
    }

    [Fact]
    public void Thread_OfWhichAPartIsOut_IsChangedNoMore()
    {
        var state = Do(Scheduled(), Out(0));
        Assert.Equal("post-partly-out", Refused(state, new EditPost(Given.Post, 1, "Other", Later, HoldsMet.None, Three), Given.Manager).Code);
        Assert.Equal("post-partly-out", Refused(state, new ReschedulePost(Given.Post, Later, HoldsMet.None), Given.Manager).Code);
        state = Do(state, new HoldPost(Given.Post, ["H-000001"]));
        Assert.Equal("post-partly-out", Refused(state, new ReleasePost(Given.Post, Later, "Still true.", HoldsMet.None, "Other"), Given.Manager).Code);
    }

    [Fact]
    public void Hold_BetweenTwoParts_StopsTheRest_AndAReleaseGoesOnWhereItStopped()
    {
        var state = Do(Scheduled(), Out(0), new HoldPost(Given.Post, ["H-000001"]));
        Assert.Equal((PostState.Held, 1), (state.Find(Given.Post)!.State, state.Find(Given.Post)!.NextPart));
        state = Do(state, new ReleasePost(Given.Post, Later, "Still true.", HoldsMet.None));
        var post = state.Find(Given.Post)!;
        Assert.Equal((PostState.Scheduled, 1, "Two"), (post.State, post.NextPart, post.TextOf(post.NextPart)));
        Assert.Equal(PostState.Published, Do(state, Out(1), Out(2)).Find(Given.Post)!.State);
    }

    [Fact]
    public void Part_ThatNobodyKnewOf_LeavesTheRestToAPerson()
    {
        var state = Do(Scheduled(), Out(0), new RecordUnknown(Given.Post, "No answer.", 1), Out(1));
        var post = state.Find(Given.Post)!;
        Assert.Equal((PostState.Missed, 2), (post.State, post.NextPart));
        Assert.Contains("Part 2 of 3", post.Note, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(PostState.Held)]
    [InlineData(PostState.Missed)]
    [InlineData(PostState.Rejected)]
    [InlineData(PostState.Failed)]
    [InlineData(PostState.Cancelled)]
    public void Removal_TakesOffWhatIsOut_AndTheRestNeverGoes(PostState state)
    {
        var account = Do(Scheduled(), Out(0));
        account = account with { Posts = [account.Posts[0] with { State = state }] };
        account = Do(account, new RemovePost(Given.Post, "Wrong street."));
        Assert.NotNull(account.Find(Given.Post)!.Removal);
        Assert.False(account.Find(Given.Post)!.State.IsWaiting());
        Assert.Equal(PostState.Removed, Do(account, new RecordRemoved(Given.Post, "Off.")).Find(Given.Post)!.State);
    }

    [Fact]
    public void Removal_ThatThePlatformRefused_IsDoneWhenAPersonHasDoneIt()
    {
        var refused = Do(Scheduled(), Out(0), new CancelPost(Given.Post, "Wrong."), new RemovePost(Given.Post, "Wrong."), new RecordNotRemoved(Given.Post, "Not by a program."));
        Assert.Null(refused.Find(Given.Post)!.Removal);
        var post = Do(refused, new RecordRemoved(Given.Post, "Rowan deleted it there.")).Find(Given.Post)!;
        Assert.Equal((PostState.Removed, "Rowan deleted it there."), (post.State, post.Note));
    }

    [Fact]
    public void Part_ThatComesToLight_AfterTheRemoval_IsTakenOffToo()
    {
        var state = Do(Scheduled(), Out(0), new CancelPost(Given.Post, "Wrong."), new RemovePost(Given.Post, "Wrong."), new RecordRemoved(Given.Post, "Off."), Out(1));
        var post = state.Find(Given.Post)!;
        Assert.Equal((PostState.Cancelled, 2), (post.State, post.NextPart));
        Assert.NotNull(post.Removal);
    }

    [Fact]
    public void Removal_OfAThreadThatGoesOutJustNow_WaitsForAPersonToTakeItBack() =>
        Assert.Equal("post-not-out", Refused(Do(Scheduled(), Out(0)), new RemovePost(Given.Post, "Wrong."), Given.Manager).Code);

    [Theory]
    [InlineData("x/demo_wmfs_aston", new[] { "Two" }, null)]
    [InlineData("x/demo_wmfs_aston", new[] { " " }, "text-empty")]
    [InlineData("x/demo_wmfs_aston", new[] { "One" }, "thread-repeats")]
    [InlineData("x/demo_wmfs_aston", new[] { "Two", "Two" }, "thread-repeats")]
    [InlineData("facebook/demo_wmfs_aston", new[] { "Two" }, "thread-unknown")]
    [InlineData("facebook/demo_wmfs_aston", new string[0], null)]
    public void Check_TakesWhatThePlatformTakes(string account, string[] further, string? code) =>
        Assert.Equal(code, PostThread.Check(AccountKey.Parse(account), "One", further)?.Code);

    [Fact]
    public void Check_NamesThePart_ThatDoesNotFit() =>
        Assert.StartsWith("Part 3 of the thread: ", PostThread.Check(Given.Key, "One", ["Two", new string('x', 281)])!.Reason, StringComparison.Ordinal);

    [Theory]
    [InlineData(24, null)]
    [InlineData(25, "thread-too-long")]
    public void Check_KnowsTheMostParts(int further, string? code) =>
        Assert.Equal(code, PostThread.Check(Given.Key, "One", [.. Enumerable.Range(2, further).Select(i => $"Part {i}")])?.Code);

    [Fact]
    public void For_MakesOneTextOfIt_WhereThereAreNoThreads()
    {
        Assert.Equal(("One\n\nTwo\n\nThree", (PostAbout?)null), PostThread.For(Platform.Facebook, "One", Three));
        Assert.Equal(("One", Three), PostThread.For(Platform.X, "One", Three));
        var about = PostThread.For(Platform.Facebook, "One", Three with { Topic = PostTopic.Event }).About;
        Assert.Equal((PostTopic.Event, 0), (about!.Topic, about.Thread.Count));
    }

    [Fact]
    public void Writer_CannotSayWhatIsOut()
    {
        var forged = Three with { PartsOut = [new PartOut("r0", null, Given.Now)] };
        var state = Do(Given.Account(AccountLifecycle.Connected), new SchedulePost(Given.Post, "One", Later, PostRules.DefaultTolerance, null, HoldsMet.None, forged));
        Assert.Equal(0, state.Find(Given.Post)!.NextPart);
        state = Do(state, new EditPost(Given.Post, 1, "One now", Later, HoldsMet.None, forged));
        Assert.Equal((2, 0), (state.Find(Given.Post)!.Revision, state.Find(Given.Post)!.NextPart));
    }

    [Fact]
    public void Words_AreAllThatThePublicReads() => Assert.Equal("One\nTwo\nThree", PostAbout.Words("One", Three));

    private static DateTimeOffset Later => Given.Now.AddHours(2);

    private static RecordPublished Out(int part) => new(Given.Post, $"r{part}", $"https://example.org/{part}", Given.Now.AddSeconds(part), part);

    private static AccountState Scheduled() =>
        Do(Given.Account(AccountLifecycle.Connected), new SchedulePost(Given.Post, "One", Given.Now, PostRules.DefaultTolerance, null, HoldsMet.None, Three));

    private static AccountState Do(AccountState state, params AccountCommand[] commands) => commands.Aggregate(state, (s, c) => AccountFold.Fold(
        s, Assert.IsType<Decision<AccountEvent>.Accepted>(AccountDecider.Decide(s, c, AccountHistory.Fitting(c), Given.Now)).Events));

    private static Refusal Refused(AccountState state, AccountCommand command, Actor? actor = null) =>
        Assert.IsType<Decision<AccountEvent>.Refused>(AccountDecider.Decide(state, command, actor ?? Actor.System, Given.Now)).Why;
}
