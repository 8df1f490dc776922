using Coordination.Domain.Accounts;
using Coordination.Domain.Media;
using Coordination.Domain.Posts;
using Coordination.Domain.Review;
using CsCheck;
using Xunit;

namespace Coordination.Domain.Tests.Accounts;

/// <summary>Changes of a post that is out: each a post of its own to every rule, and over the one that it changes at the platform.</summary>
public sealed class PostEditingTests
{
    private static readonly PostId First = Given.Id(1);
    private static readonly PostId Change = Given.Id(2);
    private static readonly PostId Second = Given.Id(3);

    [Fact]
    public void Change_KeepsWhatItChanges_AndIsNoPostMoreWhenItIsOut()
    {
        var state = Do(Published(), Edit(Change, "Doors open at eleven"));
        var change = state.Find(Change)!;
        Assert.Equal((PostState.Scheduled, "edit", First, "r1"), (change.State, change.Action, change.About!.Corrects, change.About.Target));
        Assert.Equal("publish", state.Find(First)!.Action);
        Assert.Equal("Doors open at ten", PostEditing.TextNow(state, state.Find(First)!));

        var (posts, last) = (state.Counters.Published, state.LastPostAt);
        state = Do(state, Out(Change, "r1"));
        Assert.Equal(PostState.Published, state.Find(Change)!.State);
        Assert.Equal("Doors open at eleven", PostEditing.TextNow(state, state.Find(First)!));
        Assert.Equal((posts, last), (state.Counters.Published, state.LastPostAt));
        Assert.Equal("Doors open at ten", state.Find(First)!.Text);
    }

    [Fact]
    public void Change_OfAChange_IsOneOfThePostItself()
    {
        var state = Do(Published(), Edit(Change, "Doors open at eleven"), Out(Change, "r1"), Edit(Second, "Doors open at noon", Change));
        Assert.Equal((First, "r1"), (state.Find(Second)!.About!.Corrects, state.Find(Second)!.About!.Target));
        Assert.Equal("Doors open at noon", PostEditing.TextNow(Do(state, Out(Second, "r1")), state.Find(First)!));
    }

    [Fact]
    public void Writer_CannotSayWhatIsChanged_AtThePlatform()
    {
        var forged = new PostAbout { Corrects = First, InPlace = true, Target = "somebody-elses" };
        var state = Do(Published(), Edit(Change, "Doors open at eleven", about: forged));
        Assert.Equal("r1", state.Find(Change)!.About!.Target);
        state = Do(state, new EditPost(Change, 1, "Doors open at noon", Given.Now.AddHours(1), HoldsMet.None, forged with { Corrects = Second, InPlace = false }));
        var about = state.Find(Change)!.About!;
        Assert.Equal((First, true, "r1"), (about.Corrects, about.InPlace, about.Target));
        var plain = Do(Published(), new SchedulePost(Change, "A word more", Given.Now, PostRules.DefaultTolerance, null, HoldsMet.None, new PostAbout { Corrects = First, Target = "r9" }));
        Assert.Equal(("publish", (string?)null), (plain.Find(Change)!.Action, plain.Find(Change)!.About!.Target));
    }

    [Theory]
    [InlineData(PostState.Scheduled)]
    [InlineData(PostState.Submitted)]
    [InlineData(PostState.Returned)]
    [InlineData(PostState.Held)]
    [InlineData(PostState.Missed)]
    [InlineData(PostState.Unknown)]
    public void OneChangeWaitsAtATime(PostState waiting)
    {
        var state = Do(Published(), Edit(Change, "Doors open at eleven"));
        state = state with { Posts = state.Posts.SetItem(1, state.Posts[1] with { State = waiting }) };
        Assert.Equal("edit-waiting", Refused(state, Edit(Second, "Doors open at noon")).Code);
    }

    [Theory]
    [InlineData(PostState.Cancelled)]
    [InlineData(PostState.Rejected)]
    [InlineData(PostState.Failed)]
    public void Change_ThatNeverWentOut_LeavesThePostToAnother(PostState over)
    {
        var state = Do(Published(), Edit(Change, "Doors open at eleven"));
        state = state with { Posts = state.Posts.SetItem(1, state.Posts[1] with { State = over }) };
        Assert.Equal(PostState.Scheduled, Do(state, Edit(Second, "Doors open at noon")).Find(Second)!.State);
    }

    [Fact]
    public void Change_ThatFailed_IsNotSentAgain_OverALaterOne()
    {
        var failed = Do(Published(), Edit(Change, "Doors open at eleven"), new RecordFailed(Change, "No sign-in.", 1));
        Assert.Equal(PostState.Scheduled, Do(failed, new RetryPost(Change, HoldsMet.None)).Find(Change)!.State);
        var waiting = Do(failed, Edit(Second, "Doors open at noon"));
        Assert.Equal("edit-waiting", Refused(waiting, new RetryPost(Change, HoldsMet.None)).Code);
        Assert.Equal("edit-overtaken", Refused(Do(waiting, Out(Second, "r1")), new RetryPost(Change, HoldsMet.None)).Code);
    }

    [Fact]
    public void Change_ThatWasHeld_IsNotReleased_OnceItsPostIsGone()
    {
        var held = Do(Published(), Edit(Change, "Doors open at eleven"), new HoldPost(Change, ["H-000001"]));
        var release = new ReleasePost(Change, Given.Now.AddHours(1), "Still true.", HoldsMet.None);
        Assert.Equal(PostState.Scheduled, Do(held, release).Find(Change)!.State);
        var asked = Do(held, new RemovePost(First, "Wrong street."));
        Assert.Equal("correction-not-out", Refused(asked, release).Code);
        Assert.Equal("correction-not-out", Refused(Do(asked, new RecordRemoved(First, "Off.")), release).Code);
    }

    [Fact]
    public void Removal_OfAPost_TakesItsChangesWithIt_AndThatOfAChangeMeansThePost()
    {
        var state = Do(Published(), Edit(Change, "Doors open at eleven"), Out(Change, "r1"), new RemovePost(Change, "Wrong street."));
        Assert.NotNull(state.Find(First)!.Removal);
        Assert.Null(state.Find(Change)!.Removal);
        Assert.IsType<Decision<AccountEvent>.AlreadyDone>(AccountDecider.Decide(state, new RemovePost(Change, "Wrong street."), Given.Manager, Given.Now));
        state = Do(state, new RecordRemoved(First, "Off."));
        Assert.All(state.Posts, p => Assert.Equal((PostState.Removed, "Wrong street."), (p.State, p.Note)));
    }

    [Fact]
    public void Change_ThatComesToLight_AfterTheRemoval_IsGoneToo()
    {
        var state = Do(Published(), Edit(Change, "Doors open at eleven"), new RecordUnknown(Change, "No answer."), new RemovePost(First, "Wrong street."), new RecordRemoved(First, "Off."));
        Assert.Equal(PostState.Unknown, state.Find(Change)!.State);
        Assert.Equal(PostState.Removed, Do(state, Out(Change, "r1")).Find(Change)!.State);
    }

    [Fact]
    public void BadChanges_AreRefused_WithWhatIsWrong()
    {
        var state = Published();
        Assert.Equal("edit-of-nothing", Refused(state, Edit(Change, "Other", about: new PostAbout { InPlace = true })).Code);
        Assert.Equal("edit-too-old", Refused(state, Edit(Change, "Other", Given.Id(9))).Code);
        Assert.Equal("edit-same", Refused(state, Edit(Change, "Doors open at ten")).Code);
        Assert.Equal("edit-words-only", Refused(state, Edit(Change, "Other", about: Over(First) with { Thread = ["More"] })).Code);
        Assert.Equal("edit-words-only", Refused(state, Edit(Change, "Other", about: Over(First) with { Images = [new PostImage(new string('a', 64), "A van", ImageRights.Own, null, ImagePeople.Nobody, null)] })).Code);
        Assert.Equal("edit-words-only", Refused(Do(state, Edit(Change, "Other")), new EditPost(Change, 1, "Else", Given.Now.AddHours(1), HoldsMet.None, new PostAbout { Thread = ["More"] })).Code);
        Assert.Equal("correction-not-out", Refused(Do(Account(), Post(First, "Not out")), Edit(Change, "Other")).Code);
        Assert.Equal("correction-not-out", Refused(Do(state, new RemovePost(First, "Wrong.")), Edit(Change, "Other")).Code);

        var thread = Do(Account(), Post(First, "One") with { About = new PostAbout { Thread = ["Two"] } }, Out(First, "r1"), Out(First, "r2") with { Part = 1 });
        Assert.Equal("edit-words-only", Refused(thread, Edit(Change, "Other")).Code);
        var elsewhere = Do(Given.Account(AccountLifecycle.Connected), Post(First, "Doors open at ten"), Out(First, "r1"));
        Assert.Equal("edit-not-there", Refused(elsewhere, Edit(Change, "Other")).Code);
    }

    [Fact]
    public void AnyLife_HasOneChangeUnderWayAtATime_AndKnowsWhatThePlatformShows() => Gen.Select(Gen.Int[0, 11], Gen.Int[2, 5]).Array[0, 40].SampleSeeded(steps =>
    {
        var (state, shown) = (Published(), "Doors open at ten");
        foreach (var (kind, n) in steps)
        {
            var id = Given.Id(n);
            AccountCommand command = kind switch
            {
                0 or 1 => Edit(id, $"Edition {n}"),
                2 or 3 => Out(id, "r1"),
                4 => new RecordUnknown(id, "No answer."),
                5 => new RecordFailed(id, "No sign-in.", state.Find(id)?.Revision ?? 1),
                6 => new HoldPost(id, ["H-000001"]),
                7 => new ReleasePost(id, Given.Now.AddHours(1), "Still true.", HoldsMet.None),
                8 => new RetryPost(id, HoldsMet.None),
                9 => new CancelPost(id, "Not now."),
                10 => new RemovePost(n == 2 ? First : id, "Wrong street."),
                _ => n == 2 ? new RecordRemoved(First, "Off.") : new CancelPost(id, "Not now."),
            };

            // The platform is asked only for what is scheduled; what came of it may be learnt late.
            var arrives = command is RecordPublished && state.Find(id) is { State: PostState.Scheduled or PostState.Unknown };
            if (command is RecordPublished && !arrives)
            {
                continue;
            }

            if (AccountDecider.Decide(state, command, AccountHistory.Fitting(command), Given.Now) is Decision<AccountEvent>.Accepted accepted)
            {
                state = AccountFold.Fold(state, accepted.Events);
                shown = arrives ? state.Find(id)!.Text : shown;
            }

            var first = state.Find(First)!;
            Assert.True(state.Posts.Count(p => p.About is { InPlace: true } && (p.State.IsWaiting() || p.State == PostState.Unknown)) <= 1);
            Assert.True(first.State != PostState.Removed || !PostEditing.OutOver(state, First).Any());
            Assert.True(first.State == PostState.Removed || PostEditing.TextNow(state, first) == shown);
        }
    });

    private static PostAbout Over(PostId post) => new() { Corrects = post, InPlace = true };

    private static SchedulePost Post(PostId id, string text) => new(id, text, Given.Now, PostRules.DefaultTolerance, null, HoldsMet.None);

    private static SchedulePost Edit(PostId id, string text, PostId? of = null, PostAbout? about = null) => Post(id, text) with { About = about ?? Over(of ?? First) };

    private static RecordPublished Out(PostId id, string remoteId) => new(id, remoteId, "https://example.org/" + remoteId, Given.Now.AddSeconds(1));

    private static AccountState Account() => Given.Account(AccountLifecycle.Connected) with { Key = AccountKey.Parse("mastodon/wmfs_aston"), Labels = Given.Labels with { Platform = "mastodon" } };

    private static AccountState Published() => Do(Account(), Post(First, "Doors open at ten"), Out(First, "r1"));

    private static AccountState Do(AccountState state, params AccountCommand[] commands) => commands.Aggregate(state, (s, c) => AccountFold.Fold(
        s, Assert.IsType<Decision<AccountEvent>.Accepted>(AccountDecider.Decide(s, c, AccountHistory.Fitting(c), Given.Now)).Events));

    private static Refusal Refused(AccountState state, AccountCommand command) =>
        Assert.IsType<Decision<AccountEvent>.Refused>(AccountDecider.Decide(state, command, AccountHistory.Fitting(command), Given.Now)).Why;
}
