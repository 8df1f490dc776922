using Coordination.Domain.Accounts;
using Coordination.Domain.People;
using Coordination.Domain.Posts;
using Coordination.Domain.Review;
using Xunit;

namespace Coordination.Domain.Tests.Accounts;

/// <summary>Posts that are planned for the quiet hours of Comms' rules, step by step.</summary>
public sealed class QuietTimeTests
{
    private static readonly DateTimeOffset Noon = new(2026, 5, 2, 11, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Night = new(2026, 5, 2, 21, 30, 0, TimeSpan.Zero);
    private static readonly Actor Holder = Given.People.First(p => p.Name == "account-holder").Actor;
    private static readonly Actor Officer = Given.People.First(p => p.Name == "comms-officer").Actor;
    private static readonly Actor Approver = new("watch", "Watch commander", Role.AccountHolder);
    private static readonly AccountState Empty = Given.Account(AccountLifecycle.Connected);
    private static readonly PostAbout Answered = new() { Answers = new Dictionary<string, string>(StringComparer.Ordinal) { [QuietHours.Rule] = "The night shift reads it." } };

    public static TheoryData<ContentAct, string, bool, string> Plans() => new()
    {
        { ContentAct.Warn, "holder", false, "scheduled" },
        { ContentAct.Warn, "comms", false, "scheduled" },
        { ContentAct.Reason, "holder", false, "reason-needed" },
        { ContentAct.Reason, "holder", true, "scheduled Reason" },
        { ContentAct.Reason, "comms", false, "reason-needed" },
        { ContentAct.Reason, "comms", true, "scheduled Comms" },
        { ContentAct.Comms, "holder", false, "submitted" },
        { ContentAct.Comms, "holder", true, "submitted Reason" },
        { ContentAct.Comms, "comms", false, "reason-needed" },
        { ContentAct.Comms, "comms", true, "scheduled Comms" },
    };

    [Theory]
    [MemberData(nameof(Plans))]
    public void Planned_ForTheNight_DoesAsTheRuleSays(ContentAct act, string who, bool answered, string what)
    {
        var actor = who == "comms" ? Officer : Holder;
        Assert.Equal(what, Outcome(Empty, Write(act, Night, answered ? Answered : null), actor));

        // Nothing of it by day, about an incident, or now, and nothing where there are no quiet hours.
        Assert.Equal("scheduled", Outcome(Empty, Write(act, Noon, null), actor));
        Assert.Equal("scheduled", Outcome(Empty, Write(act, Night, new PostAbout { Topic = PostTopic.Incident, Incident = "INC-1" }), actor));
        Assert.StartsWith("scheduled", Outcome(Empty, Write(act, Night, null), actor, Night), StringComparison.Ordinal);
        var never = PublishingRules.Default with { Quiet = new QuietHours(new TimeOnly(3, 0), new TimeOnly(3, 0), act) };
        Assert.Equal("scheduled", Outcome(Empty, Write(act, Night, null) with { Look = new ContentLook(never, []) }, actor));
    }

    [Theory]
    [MemberData(nameof(Plans))]
    public void Moved_AndChanged_IntoTheNight_DoTheSame(ContentAct act, string who, bool answered, string what)
    {
        var actor = who == "comms" ? Officer : Holder;
        var state = After(Empty, Write(act, Noon, answered ? Answered : null), actor);
        Assert.Equal(what, Outcome(state, new ReschedulePost(Given.Post, Night, HoldsMet.None) { Look = Look(act) }, actor));
        Assert.Equal(what, Outcome(state, new EditPost(Given.Post, 1, "Open day", Night, HoldsMet.None, answered ? Answered : null) { Look = Look(act) }, actor));
        Assert.Equal("scheduled", Outcome(state, new ReschedulePost(Given.Post, Noon.AddHours(1), HoldsMet.None) { Look = Look(act) }, actor));
    }

    [Fact]
    public void Comms_ReadsIt_ForTheQuietHoursAlone_AndItsApprovalSettlesIt()
    {
        var submitted = After(Empty, Write(ContentAct.Comms, Night, null), Holder);
        var review = submitted.Find(Given.Post)!.Review!;
        Assert.True(review.CommsOnly);
        Assert.Equal(new ReviewCause("quiet-hours", "Planned for the quiet hours, 22:00 to 07:00: Comms reads it first (quiet hours of Comms' rules)."), Assert.Single(review.Why));
        var approved = After(submitted, new ApprovePost(Given.Post, 1, HoldsMet.None) { Look = Look(ContentAct.Comms) }, Given.Manager);
        Assert.Equal(ContentAct.Comms, approved.Find(Given.Post)!.About!.Settled[QuietHours.Rule]);
        Assert.Empty(SecondLook.Unsettled(approved.Find(Given.Post)!, Look(ContentAct.Comms)));

        // By day nobody is asked for anything any more.
        Assert.Equal("scheduled", Outcome(submitted, new ReschedulePost(Given.Post, Noon, HoldsMet.None) { Look = Look(ContentAct.Comms) }, Holder));
    }

    [Theory]
    [InlineData(ContentAct.Warn, null)]
    [InlineData(ContentAct.Reason, "comms-asked")]
    [InlineData(ContentAct.Comms, "comms-asked")]
    public void AnApprover_DoesNotMoveIt_IntoTheNight(ContentAct act, string? code)
    {
        var look = new ContentLook(Look(act).Rules with { Approvals = [new ApprovalRule("local", ApprovalNeed.One, ["watch"])] }, []);
        var submitted = After(Empty, Write(act, Noon, null) with { Look = look }, Holder);
        var moved = Decide(submitted, new ApprovePost(Given.Post, 1, HoldsMet.None, Night) { Look = look }, Approver);
        Assert.Equal(code, (moved as Decision<AccountEvent>.Refused)?.Why.Code);
        Assert.True(Decide(submitted, new ApprovePost(Given.Post, 1, HoldsMet.None, Night) { Look = look }, Given.Manager) is Decision<AccountEvent>.Accepted);
    }

    [Theory]
    [InlineData(ContentAct.Warn)]
    [InlineData(ContentAct.Reason)]
    [InlineData(ContentAct.Comms)]
    public void Released_ByComms_ItGoesOut_NowOrLaterAtNight(ContentAct act)
    {
        var missed = Empty with { Posts = [Given.APost(Given.Post, PostState.Missed)] };
        var later = After(missed, new ReleasePost(Given.Post, Night, "Still true.", HoldsMet.None) { Look = Look(act) }, Given.Manager);
        Assert.Empty(SecondLook.Unsettled(later.Find(Given.Post)!, Look(act)));
        var now = After(missed, new ReleasePost(Given.Post, Night, "Still true.", HoldsMet.None) { Look = Look(act) }, Given.Manager, Night);
        Assert.Empty(SecondLook.Unsettled(now.Find(Given.Post)!, Look(act)));
        Assert.True(act != ContentAct.Warn || now.Find(Given.Post)!.About is not { Settled.Count: > 0 });
    }

    [Theory]
    [InlineData(ContentAct.Warn)]
    [InlineData(ContentAct.Reason)]
    [InlineData(ContentAct.Comms)]
    public void SentAgain_AtNight_ItGoesOut(ContentAct act)
    {
        var failed = Empty with { Posts = [Given.APost(Given.Post, PostState.Failed)] };
        var again = After(failed, new RetryPost(Given.Post, HoldsMet.None) { Look = Look(act) }, Holder, Night);
        var post = again.Find(Given.Post)!;
        Assert.Equal((PostState.Scheduled, Night), (post.State, post.DueAt));
        Assert.Empty(SecondLook.Unsettled(post, Look(act)));
        Assert.Equal(act != ContentAct.Warn, post.About is not null);
    }

    [Theory]
    [InlineData(null, ContentAct.Warn, false)]
    [InlineData(null, ContentAct.Reason, true)]
    [InlineData(null, ContentAct.Comms, true)]
    [InlineData(ContentAct.Reason, ContentAct.Reason, false)]
    [InlineData(ContentAct.Reason, ContentAct.Comms, true)]
    [InlineData(ContentAct.Comms, ContentAct.Comms, false)]
    public void SecondLook_StopsWhatIsPlanned_WhenTheRuleIsStricterNow(ContentAct? settled, ContentAct now, bool stops)
    {
        var about = settled is { } act ? new PostAbout { Settled = new Dictionary<string, ContentAct>(StringComparer.Ordinal) { [QuietHours.Rule] = act } } : null;
        var post = Given.APost(Given.Post, PostState.Scheduled) with { DueAt = Night, About = about };
        var unsettled = SecondLook.Unsettled(post, Look(now));
        Assert.Equal(stops, unsettled.Count > 0);
        Assert.True(!stops || SecondLook.Words(unsettled).Contains("Comms decides (quiet hours of Comms' rules).", StringComparison.Ordinal));

        // Never what was published now, what is about an incident, or what is due by day.
        Assert.Empty(SecondLook.Unsettled(post with { CreatedAt = Night }, Look(now)));
        Assert.Empty(SecondLook.Unsettled(post with { DueAt = Noon }, Look(now)));
        Assert.Empty(SecondLook.Unsettled(post with { About = new PostAbout { Topic = PostTopic.Incident, Incident = "INC-1" } }, Look(now)));
    }

    [Fact]
    public void Reason_SaysWhatToChange()
    {
        var answer = Assert.IsType<Decision<AccountEvent>.Refused>(Decide(Empty, Write(ContentAct.Reason, Night, null), Holder)).Why.Reason;
        Assert.Contains("Planned for the quiet hours, 22:00 to 07:00 (quiet-hours): Why can it not wait until 07:00?", answer, StringComparison.Ordinal);
        Assert.Contains("Change the time, or say why", answer, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatWasJustConfirmed_IsNotStopped_ByTheSameRules()
    {
        var quiet = 0;
        AccountHistory.Commands.SampleSeeded(
            commands => AccountHistory.Run(commands).All(step =>
            {
                if (step is not { Command: ConfirmingCommand c, Decision: Decision<AccountEvent>.Accepted } || step.After.Find(c.PostId) is not { State: PostState.Scheduled } after
                    || (c is ApprovePost && step.Before.Find(c.PostId)!.State == PostState.Scheduled))
                {
                    return true;
                }

                Interlocked.Add(ref quiet, c.Look.Rules.Quiet.Contain(after.DueAt) ? 1 : 0);
                return SecondLook.Unsettled(after, c.Look).Count == 0;
            }),
            iter: 2_000);
        Assert.True(quiet > 100, $"{quiet} posts for the quiet hours were tried");
    }

    private static ContentLook Look(ContentAct act) => new(PublishingRules.Default with { Quiet = QuietHours.Default with { Act = act } }, []);

    private static SchedulePost Write(ContentAct act, DateTimeOffset at, PostAbout? about) =>
        new(Given.Post, "Open day", at, PostRules.DefaultTolerance, null, HoldsMet.None, about) { Look = Look(act) };

    private static Decision<AccountEvent> Decide(AccountState state, AccountCommand command, Actor actor, DateTimeOffset? now = null) =>
        AccountDecider.Decide(state, command, actor, now ?? Given.Now);

    private static AccountState After(AccountState state, AccountCommand command, Actor actor, DateTimeOffset? now = null) =>
        AccountFold.Fold(state, Assert.IsType<Decision<AccountEvent>.Accepted>(Decide(state, command, actor, now)).Events);

    private static string Outcome(AccountState state, AccountCommand command, Actor actor, DateTimeOffset? now = null)
    {
        if (Decide(state, command, actor, now) is Decision<AccountEvent>.Refused refused)
        {
            return refused.Why.Code;
        }

        var post = After(state, command, actor, now).Find(Given.Post)!;
        return post.About?.Settled.TryGetValue(QuietHours.Rule, out var settled) == true ? $"{post.State.Id()} {settled}" : post.State.Id();
    }
}
