using Coordination.Domain.Accounts;
using Coordination.Domain.Media;
using Coordination.Domain.People;
using Coordination.Domain.Posts;
using Coordination.Domain.Review;
using Xunit;

namespace Coordination.Domain.Tests.Accounts;

/// <summary>A post that somebody else reads first, step by step.</summary>
public sealed class PostReviewTests
{
    private static readonly DateTimeOffset Later = Given.Now + TimeSpan.FromHours(2);
    private static readonly Actor Holder = Given.People.First(p => p.Name == "account-holder").Actor;
    private static readonly Actor Officer = Given.People.First(p => p.Name == "comms-officer").Actor;
    private static readonly Actor Approver = new("watch", "Watch commander", Role.AccountHolder);
    private static readonly AccountState Empty = Given.Account(AccountLifecycle.Connected);
    private static readonly ContentFound Legal = new("legal", "A court case", "Who agreed?", ContentAct.Comms);
    private static readonly ContentLook Court = new(PublishingRules.Default, [Legal]);
    private static readonly ContentLook One = new(PublishingRules.Default with { Approvals = [new ApprovalRule("local", ApprovalNeed.One, ["watch"])] }, []);
    private static readonly ContentLook Two = new(PublishingRules.Default with { Approvals = [new ApprovalRule("local", ApprovalNeed.Two, ["watch"])] }, []);

    [Fact]
    public void Submitted_WaitsForComms_AndIsScheduledByItsApproval()
    {
        var submitted = After(Empty, Write(Court), Holder);
        var post = submitted.Find(Given.Post)!;
        Assert.Equal((PostState.Submitted, true, "content/legal"), (post.State, post.Review!.CommsOnly, post.Review.Why[0].Rule));

        var approved = After(submitted, Approve(Court), Given.Manager).Find(Given.Post)!;
        Assert.Equal((PostState.Scheduled, 1, Given.Manager.Name, Later), (approved.State, approved.Approval!.Revision, approved.Approval.ByName, approved.DueAt));
        Assert.Equal("holder", approved.PosterId);
        Assert.Empty(SecondLook.Unsettled(approved, Court));
    }

    [Fact]
    public void Now_LeavesNoTimeToReadIt() =>
        AssertRefused("review-needs-time", Empty, new SchedulePost(Given.Post, "The court case", Given.Now, PostRules.DefaultTolerance, null, HoldsMet.None) { Look = Court }, Holder);

    [Fact]
    public void Approval_AfterItsTime_MakesItMissed()
    {
        var submitted = After(Empty, Write(Court), Holder);
        var late = Decide(submitted, Approve(Court), Given.Manager, Later);
        Assert.IsType<PostMissed>(Assert.Single(Assert.IsType<Decision<AccountEvent>.Accepted>(late).Events));

        // With another time the approver has said when.
        var moved = Assert.IsType<Decision<AccountEvent>.Accepted>(Decide(submitted, Approve(Court) with { DueAt = Later.AddHours(1) }, Given.Manager, Later.AddMinutes(1)));
        Assert.Equal((PostState.Scheduled, Later.AddHours(1)), (AccountFold.Fold(submitted, moved.Events).Find(Given.Post)!.State, AccountFold.Fold(submitted, moved.Events).Find(Given.Post)!.DueAt));
    }

    [Fact]
    public void Change_AfterAnApproval_VoidsIt()
    {
        var approved = After(After(Empty, Write(Court), Holder), Approve(Court), Given.Manager);
        foreach (var change in new ConfirmingCommand[]
        {
            new EditPost(Given.Post, 1, "The court case, told otherwise", Later, HoldsMet.None) { Look = Court },
            new ReschedulePost(Given.Post, Later.AddHours(1), HoldsMet.None) { Look = Court },
            new ConfirmPost(Given.Post, HoldsMet.None) { Look = Court },
        })
        {
            var post = After(approved, change, Holder).Find(Given.Post)!;
            Assert.Equal((PostState.Submitted, 2), (post.State, post.Revision));
            Assert.Null(post.Approval);
        }

        // Comms moves it without asking Comms; other words need an answer of theirs.
        Assert.Equal(PostState.Scheduled, After(approved, new ReschedulePost(Given.Post, Later.AddHours(1), HoldsMet.None) { Look = Court }, Officer).Find(Given.Post)!.State);
        AssertRefused("reason-needed", approved, new EditPost(Given.Post, 1, "The court case, told otherwise", Later, HoldsMet.None) { Look = Court }, Officer);
    }

    [Fact]
    public void Settled_ByComms_CountsForCommsAlone()
    {
        // A rule that came after the writing asks for a reason; Comms has read it and let it go.
        var person = new ContentLook(PublishingRules.Default, [new ContentFound("person", "A person", "Whose consent?", ContentAct.Reason)]);
        var approved = After(After(Empty, Write(Court), Holder), Approve(person), Given.Manager);
        AssertRefused("reason-needed", approved, new ReschedulePost(Given.Post, Later.AddHours(1), HoldsMet.None) { Look = person }, Holder);
        Assert.Equal(PostState.Scheduled, After(approved, new ReschedulePost(Given.Post, Later.AddHours(1), HoldsMet.None) { Look = person }, Officer).Find(Given.Post)!.State);
    }

    [Fact]
    public void Edit_IsOfTheRevisionThatWasRead()
    {
        var submitted = After(After(Empty, Write(Court), Holder), new EditPost(Given.Post, 1, "Other words", Later, HoldsMet.None) { Look = Court }, Holder);
        AssertRefused("post-changed", submitted, new EditPost(Given.Post, 1, "Mine", Later, HoldsMet.None), Holder);
        AssertRefused("post-changed", submitted, Approve(Court), Given.Manager);
        AssertRefused("post-changed", submitted, new ReturnPost(Given.Post, 1, "Which street?", PublishingRules.Default), Given.Manager);
    }

    [Fact]
    public void Edit_ThatLeavesOutWhatWasFound_NeedsNobody()
    {
        var post = After(After(Empty, Write(Court), Holder), new EditPost(Given.Post, 1, "Test your alarm", Later, HoldsMet.None), Holder).Find(Given.Post)!;
        Assert.Equal((PostState.Scheduled, 2, "Test your alarm"), (post.State, post.Revision, post.Text));
        Assert.Null(post.Review);
    }

    [Fact]
    public void Returned_GoesBackToItsWriter_WithAComment()
    {
        var submitted = After(Empty, Write(Court), Holder);
        AssertRefused("reason-missing", submitted, new ReturnPost(Given.Post, 1, " ", PublishingRules.Default), Given.Manager);
        var returned = After(submitted, new ReturnPost(Given.Post, 1, "Which street?", PublishingRules.Default), Given.Manager);
        Assert.Equal((PostState.Returned, "Which street?", Given.Manager.Name), (returned.Find(Given.Post)!.State, returned.Find(Given.Post)!.Return!.Comment, returned.Find(Given.Post)!.Return!.ByName));
        AssertRefused("post-returned", returned, Approve(Court), Given.Manager);

        var again = After(returned, new EditPost(Given.Post, 1, "The court case in Aston Road", Later, HoldsMet.None) { Look = Court }, Holder).Find(Given.Post)!;
        Assert.Equal((PostState.Submitted, 2), (again.State, again.Revision));
        Assert.Null(again.Return);
        Assert.Equal(PostState.Cancelled, After(returned, new CancelPost(Given.Post, ""), Holder).Find(Given.Post)!.State);
    }

    [Fact]
    public void Approver_OfTheAccount_ApprovesWhatCommsAloneIsNotAskedFor()
    {
        var waiting = After(Empty, Write(One), Holder);
        Assert.Equal(PostState.Scheduled, After(waiting, Approve(One), Approver).Find(Given.Post)!.State);
        AssertRefused("forbidden", waiting, Approve(One), new Actor("somebody", "Somebody", Role.AccountHolder));
        AssertRefused("forbidden", After(Empty, Write(Court), Holder), Approve(Court with { Rules = One.Rules }), Approver);

        // Somebody who may approve asks nobody, where one person is enough.
        Assert.Equal(PostState.Scheduled, After(Empty, Write(One), Holder with { Id = "watch" }).Find(Given.Post)!.State);
    }

    [Fact]
    public void Approver_DoesNotApprove_WhatRulesOfTodaySendToComms()
    {
        var waiting = After(Empty, Write(One), Holder);
        AssertRefused("comms-asked", waiting, Approve(One with { Found = [Legal] }), Approver);
        Assert.Equal(PostState.Scheduled, After(waiting, Approve(One with { Found = [Legal] }), Officer).Find(Given.Post)!.State);
    }

    [Fact]
    public void Nobody_ApprovesTheirOwn_WhereTwoAreAsked()
    {
        var own = After(Empty, Write(Two), Given.Manager);
        Assert.Equal(PostState.Submitted, own.Find(Given.Post)!.State);
        AssertRefused("approve-own", own, Approve(Two), Given.Manager);
        AssertRefused("approve-own", own, new ReturnPost(Given.Post, 1, "Hm.", Two.Rules), Given.Manager);
        Assert.Equal(PostState.Scheduled, After(own, Approve(Two), Officer).Find(Given.Post)!.State);

        // Nor by the back door of the hand-back list.
        var missed = After(own, new MissPost(Given.Post, "Late.", 1), Actor.System);
        AssertRefused("approve-own", missed, new ReleasePost(Given.Post, Later, "Still true.", HoldsMet.None) { Look = Two }, Given.Manager);
        Assert.Equal(PostState.Scheduled, After(missed, new ReleasePost(Given.Post, Later, "Still true.", HoldsMet.None) { Look = Two }, Officer).Find(Given.Post)!.State);
    }

    [Fact]
    public void Writer_ApprovesNothingOfTheirs_WhoeverMovedOrConfirmedIt()
    {
        var own = After(Empty, Write(Two), Given.Manager);
        AccountState[] touched =
        [
            After(own, new ReschedulePost(Given.Post, Later.AddHours(1), HoldsMet.None) { Look = Two }, Officer),
            After(own, new EditPost(Given.Post, 1, own.Find(Given.Post)!.Text, Later.AddHours(1), HoldsMet.None) { Look = Two }, Officer),
            After(After(own, Approve(Two), Officer), new ConfirmPost(Given.Post, HoldsMet.None) { Look = Two }, Officer),
        ];
        foreach (var moved in touched)
        {
            var post = moved.Find(Given.Post)!;
            Assert.Equal((PostState.Submitted, Officer.Id, Given.Manager.Id), (post.State, post.PosterId, post.Writer.Id));
            AssertRefused("approve-own", moved, Approve(Two) with { Revision = post.Revision }, Given.Manager);

            // Nor by the hand-back list; whoever moved it has read it as anybody else has.
            var missed = After(moved, new MissPost(Given.Post, "Late.", post.Revision), Actor.System);
            AssertRefused("approve-own", missed, new ReleasePost(Given.Post, Later, "Still true.", HoldsMet.None) { Look = Two }, Given.Manager);
            Assert.Equal(PostState.Scheduled, After(moved, Approve(Two) with { Revision = post.Revision }, Officer).Find(Given.Post)!.State);

            // Moved again by its writer it is theirs as before, and nothing is stored beside the poster.
            var back = After(moved, new ReschedulePost(Given.Post, Later.AddHours(2), HoldsMet.None) { Look = Two }, Given.Manager).Find(Given.Post)!;
            Assert.Equal((Given.Manager.Id, null), (back.Writer.Id, back.About?.Writer));
        }
    }

    [Fact]
    public void Writer_IsWhoeverChangedTheWordsOrTheImages()
    {
        var own = After(Empty, Write(Two), Given.Manager);
        var words = After(own, new EditPost(Given.Post, 1, "Other words", Later, HoldsMet.None) { Look = Two }, Officer);
        AssertRefused("approve-own", words, Approve(Two) with { Revision = 2 }, Officer);
        Assert.Equal(PostState.Scheduled, After(words, Approve(Two) with { Revision = 2 }, Given.Manager).Find(Given.Post)!.State);

        var image = new PostImage(new string('a', 64), "An engine", ImageRights.Own, null, ImagePeople.Nobody, null);
        var pictured = new EditPost(Given.Post, 1, own.Find(Given.Post)!.Text, Later, HoldsMet.None) { Look = Two, About = PostAbout.Nothing with { Images = [image] } };
        Assert.Equal(Officer.Id, After(own, pictured, Officer).Find(Given.Post)!.Writer.Id);

        // Who writes a post says of nobody that they wrote it.
        var forged = new EditPost(Given.Post, 1, "Other words", Later, HoldsMet.None) { Look = Two, About = PostAbout.Nothing with { Writer = new PostWriter(Given.Manager.Id, "Not they") } };
        Assert.Equal(Officer.Id, After(own, forged, Officer).Find(Given.Post)!.Writer.Id);
        var made = new SchedulePost(Given.Id(2), "Words", Later, PostRules.DefaultTolerance, null, HoldsMet.None) { Look = Two, About = PostAbout.Nothing with { Writer = new PostWriter(Given.Manager.Id, "Not they") } };
        Assert.Equal(Officer.Id, After(Empty, made, Officer).Find(Given.Id(2))!.Writer.Id);
    }

    [Fact]
    public void Release_WithOtherWords_IsNoSecondPersonsLook()
    {
        var missed = After(After(Empty, Write(Two), Given.Manager), new MissPost(Given.Post, "Late.", 1), Actor.System);
        var other = new ReleasePost(Given.Post, Later, "Still true.", HoldsMet.None) { Text = "Other words", Look = Two };
        AssertRefused("approve-own", missed, other, Officer);

        // Where one is enough, Comms may.
        var released = After(missed, other with { Look = One }, Officer).Find(Given.Post)!;
        Assert.Equal((PostState.Scheduled, Officer.Id), (released.State, released.Writer.Id));

        // Released as it stood, it is its writer's still.
        var stood = After(missed, other with { Text = null }, Officer).Find(Given.Post)!;
        Assert.Equal((Officer.Id, Given.Manager.Id), (stood.PosterId, stood.Writer.Id));
    }

    [Fact]
    public void Retry_ByAnother_LeavesItItsWriters()
    {
        var failed = After(After(After(Empty, Write(Two), Given.Manager), Approve(Two), Officer), new RecordFailed(Given.Post, "Down."), Actor.System);
        var again = After(failed, new RetryPost(Given.Post, HoldsMet.None) { Look = Two }, Officer).Find(Given.Post)!;
        Assert.Equal((PostState.Scheduled, Officer.Id, Given.Manager.Id), (again.State, again.PosterId, again.Writer.Id));
    }

    [Fact]
    public void Approval_UnderAHold_IsHeld_AndApprovesForTheHoldThatAsks()
    {
        var submitted = After(Empty, Write(Court), Holder);
        Assert.Equal(["H-000001"], After(submitted, Approve(Court) with { Holds = new HoldsMet(["H-000001"], []) }, Given.Manager).Find(Given.Post)!.HeldBy);
        var approved = After(submitted, Approve(Court) with { Holds = new HoldsMet([], ["H-000002"]) }, Given.Manager).Find(Given.Post)!;
        Assert.Equal((PostState.Scheduled, "H-000002"), (approved.State, Assert.Single(approved.Approval!.HoldIds)));

        // The account's approver is not Comms: the hold's question stays open.
        var local = After(After(Empty, Write(One), Holder), Approve(One) with { Holds = new HoldsMet([], ["H-000002"]) }, Approver).Find(Given.Post)!;
        Assert.Equal(PostState.Scheduled, local.State);
        Assert.Empty(local.Approval!.HoldIds);
    }

    [Fact]
    public void Settled_IsNothingThatAWriterCanClaim()
    {
        var claims = new PostAbout { Settled = new Dictionary<string, ContentAct>(StringComparer.Ordinal) { ["legal"] = ContentAct.Comms } };
        AssertRefused("reason-needed", Empty, Write(Court) with { About = claims }, Officer);
        AssertRefused("reason-needed", After(Empty, Write(ContentLook.Nothing), Officer), new EditPost(Given.Post, 1, "The court case", Later, HoldsMet.None, claims) { Look = Court }, Officer);
    }

    [Theory]
    [InlineData("incident-missing", PostTopic.Incident, null, "")]
    [InlineData("incident-missing", PostTopic.Incident, " ", "")]
    [InlineData("text-not-storable", PostTopic.Incident, "a\0", "")]
    [InlineData("text-not-storable", PostTopic.General, null, "\0")]
    [InlineData(null, PostTopic.Incident, "INC-1", "Yes.")]
    public void About_IsChecked(string? code, PostTopic topic, string? incident, string answer)
    {
        var about = new PostAbout { Topic = topic, Incident = incident, Answers = new Dictionary<string, string>(StringComparer.Ordinal) { ["legal"] = answer } };
        Assert.Equal(code, about.Check()?.Code);
        Assert.Equal(code, (Decide(Empty, Write(ContentLook.Nothing) with { About = about }, Holder) as Decision<AccountEvent>.Refused)?.Why.Code);
    }

    [Fact]
    public void About_IsLimited()
    {
        Assert.Equal("incident-too-long", new PostAbout { Topic = PostTopic.Incident, Incident = new string('a', PostAbout.LongestIncident + 1) }.Check()?.Code);
        Assert.Equal("reasons-too-many", new PostAbout { Answers = Enumerable.Range(0, PostAbout.MostAnswers + 1).ToDictionary(i => $"r{i}", _ => "a", StringComparer.Ordinal) }.Check()?.Code);
        Assert.Equal("reason-too-long", new PostAbout { Answers = new Dictionary<string, string>(StringComparer.Ordinal) { ["legal"] = new('a', PostRules.LongestReason + 1) } }.Check()?.Code);
    }

    private static SchedulePost Write(ContentLook look) =>
        new(Given.Post, "The court case", Later, PostRules.DefaultTolerance, null, HoldsMet.None) { Look = look };

    private static ApprovePost Approve(ContentLook look) => new(Given.Post, 1, HoldsMet.None) { Look = look };

    private static Decision<AccountEvent> Decide(AccountState state, AccountCommand command, Actor actor, DateTimeOffset? now = null) =>
        AccountDecider.Decide(state, command, actor, now ?? Given.Now);

    private static AccountState After(AccountState state, AccountCommand command, Actor actor) =>
        AccountFold.Fold(state, Assert.IsType<Decision<AccountEvent>.Accepted>(Decide(state, command, actor)).Events);

    private static void AssertRefused(string code, AccountState state, AccountCommand command, Actor actor) =>
        Assert.Equal(code, Assert.IsType<Decision<AccountEvent>.Refused>(Decide(state, command, actor)).Why.Code);
}
