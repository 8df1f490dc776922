using Coordination.Contracts;
using Coordination.Domain;
using Coordination.Domain.Accounts;
using Coordination.Domain.Holds;
using Coordination.Domain.Posts;
using Coordination.Storage.Fence;
using Coordination.Testing;
using Xunit;

namespace Coordination.Grains.Tests;

/// <summary>The walk of a post through its account's grain.</summary>
public sealed class AccountGrainTests(SharedCluster shared)
{
    private Cluster Cluster => shared.Cluster;

    [Fact]
    public async Task Post_IsHandedOver_AtItsTimeAndNotBefore()
    {
        var key = await Cluster.RegisterAsync("due");
        var id = await Cluster.ScheduleAsync(key, TimeSpan.FromSeconds(1.5));
        await Eventually.Becomes(() => Cluster.Queue.Of(id).Count > 0, "the post is handed over");
        var (due, at) = Cluster.Queue.Of(id)[0];
        Assert.InRange(at, due.Post.DueAt, due.Post.DueAt + TimeSpan.FromSeconds(20));
        Assert.Equal(key, due.Account);
        Assert.Equal((await Cluster.Account(key).Read()).Version, due.Version);
    }

    [Fact]
    public async Task RecordOutcome_AgreesEverywhere_WhenPublished()
    {
        var key = await Cluster.RegisterAsync("walk");
        var id = await Cluster.HandedOverAsync(key);
        var permit = Assert.IsType<PermitAnswer.Issued>(await Cluster.PermitAsync(key, id));
        var outcome = new PostOutcome(id, PostOutcomeKind.Published, permit.PermitId, permit.Token, RemoteId: "r1", Url: "https://example.org/r1", At: Cluster.Time.GetUtcNow());
        Assert.Equal(CommandOutcome.Accepted, (await Cluster.Account(key).RecordOutcome(outcome)).Outcome);
        Assert.Equal(CommandOutcome.AlreadyDone, (await Cluster.Account(key).RecordOutcome(outcome)).Outcome);

        var row = await Cluster.RowAsync(id);
        Assert.Equal(("published", "https://example.org/r1"), (row.State, row.Url));
        Assert.Equal(PostState.Published, (await Cluster.Account(key).Read()).State.Find(id)!.State);
        await Record.AssertAgreesAsync(Cluster, key);
        Assert.IsType<PermitAnswer.Stale>(await Cluster.PermitAsync(key, id, attempt: 2));
    }

    [Fact]
    public async Task Repeat_IsAnsweredOnce_UnderOneOperationId()
    {
        var key = await Cluster.RegisterAsync("repeat");
        var grain = Cluster.Account(key);
        var context = Cluster.By(People.Manager);
        var post = new NewPost(new PostId(Guid.CreateVersion7()), "Text", Cluster.Time.GetUtcNow() + TimeSpan.FromHours(1));
        Assert.Equal(CommandOutcome.Accepted, (await grain.Schedule(post, context)).Outcome);
        Assert.Equal(CommandOutcome.AlreadyDone, (await grain.Schedule(post, context)).Outcome);
        var other = await grain.Schedule(post with { Id = new PostId(Guid.CreateVersion7()), Text = "Other" }, context);
        Assert.Equal("operation-reused", other.Refusal?.Code);
        Assert.Single((await grain.Read()).State.Posts);
        await Record.AssertAgreesAsync(Cluster, key);
    }

    [Fact]
    public async Task Repeat_TellsTheTruth_WhenThePostHasChangedSince()
    {
        var key = await Cluster.RegisterAsync("again");
        var grain = Cluster.Account(key);
        var id = await Cluster.ScheduleAsync(key, TimeSpan.FromHours(1));
        var now0 = Cluster.Time.GetUtcNow().ToMicroseconds();
        var (first, second) = (now0 + TimeSpan.FromHours(2), now0 + TimeSpan.FromHours(3));
        var context = Cluster.By(People.Manager);
        await grain.Reschedule(id, first, context);
        var now = await grain.Reschedule(id, second, Cluster.By(People.Manager));

        var repeated = await grain.Reschedule(id, first, context);
        Assert.Equal(CommandOutcome.AlreadyDone, repeated.Outcome);
        Assert.Equal(second, repeated.Post!.DueAt);
        Assert.Equal(now.Version, repeated.Version);
        await Record.AssertAgreesAsync(Cluster, key);
    }

    [Fact]
    public async Task OperationId_OfAnotherAccount_IsNoRepeat()
    {
        var (one, two) = (await Cluster.RegisterAsync("one"), await Cluster.RegisterAsync("two"));
        var context = Cluster.By(People.Manager);
        Assert.Equal(CommandOutcome.Accepted, (await Cluster.Account(one).Manage(new RetireAccount("Closed."), context)).Outcome);
        Assert.Equal("operation-reused", (await Cluster.Account(two).Manage(new RetireAccount("Closed."), context)).Refusal?.Code);
        Assert.Equal(AccountLifecycle.Connected, (await Cluster.Account(two).Read()).State.Lifecycle);
    }

    [Fact]
    public async Task Changes_AreRefused_WhileThePermitIsOpen()
    {
        var key = await Cluster.RegisterAsync("sending");
        var grain = Cluster.Account(key);
        var id = await Cluster.HandedOverAsync(key);
        var permit = Assert.IsType<PermitAnswer.Issued>(await Cluster.PermitAsync(key, id));
        Assert.Equal("already-being-sent", (await grain.Cancel(id, "Stop.", Cluster.By(People.Manager))).Refusal?.Code);
        Assert.Equal("already-being-sent", (await grain.Reschedule(id, Cluster.Time.GetUtcNow() + TimeSpan.FromHours(1), Cluster.By(People.Manager))).Refusal?.Code);
        Assert.Equal("already-being-sent", (await grain.Manage(new RetireAccount("Closed."), Cluster.By(People.Manager))).Refusal?.Code);
        Assert.Equal(PostState.Scheduled, (await grain.Read()).State.Find(id)!.State);

        await grain.RecordOutcome(new PostOutcome(id, PostOutcomeKind.NotSent, permit.PermitId, permit.Token, "Refused to connect.", Attempt: 1));
        Assert.Equal(CommandOutcome.Accepted, (await grain.Cancel(id, "Stop.", Cluster.By(People.Manager))).Outcome);
        await Record.AssertAgreesAsync(Cluster, key);
    }

    [Theory]
    [InlineData(PostOutcomeKind.Missed)]
    [InlineData(PostOutcomeKind.Failed)]
    [InlineData(PostOutcomeKind.Held)]
    public async Task ReportWithoutAPermit_ChangesNothing_WhileAnotherPermitIsOpen(PostOutcomeKind kind)
    {
        // A worker died after its call; the next one finds the post too late, held, or without a sign-in. It may be out all the same.
        var key = await Cluster.RegisterAsync("orphan");
        var id = await Cluster.HandedOverAsync(key);
        var permit = Assert.IsType<PermitAnswer.Issued>(await Cluster.PermitAsync(key, id));
        var answer = await Cluster.Account(key).RecordOutcome(new PostOutcome(id, kind, Why: "Says who knows nothing of the call.", HoldIds: ["H-000001"]));
        Assert.Equal("already-being-sent", answer.Refusal?.Code);
        Assert.Equal(PostState.Scheduled, (await Cluster.Account(key).Read()).State.Find(id)!.State);

        await Cluster.Account(key).RecordOutcome(new PostOutcome(id, PostOutcomeKind.Unknown, permit.PermitId));
        Assert.Equal(PostState.Unknown, (await Cluster.Account(key).Read()).State.Find(id)!.State);
    }

    [Fact]
    public async Task NotSent_IsTriedAgain_AfterAPause()
    {
        var key = await Cluster.RegisterAsync("backoff");
        var id = await Cluster.HandedOverAsync(key);
        var permit = Assert.IsType<PermitAnswer.Issued>(await Cluster.PermitAsync(key, id));
        var handed = Cluster.Queue.Of(id).Count;
        var told = Cluster.Time.GetUtcNow();
        await Cluster.Account(key).RecordOutcome(new PostOutcome(id, PostOutcomeKind.NotSent, permit.PermitId, permit.Token, "Refused.", Revision: 1, Attempt: 1));
        await Eventually.Becomes(() => Cluster.Queue.Of(id).Count > handed, "the post is handed over again");
        var (due, at) = Cluster.Queue.Of(id)[^1];
        Assert.Equal(2, due.Post.Attempt);
        Assert.True(at - told >= TimeSpan.FromSeconds(0.9), $"handed over again after {at - told}");
        Assert.IsType<PermitAnswer.Issued>(await Cluster.PermitAsync(key, id, attempt: 2));
    }

    [Fact]
    public async Task NotSent_CountsOnce_WhenItsAnswerWasLost()
    {
        var key = await Cluster.RegisterAsync("twice");
        var id = await Cluster.HandedOverAsync(key);
        var permit = Assert.IsType<PermitAnswer.Issued>(await Cluster.PermitAsync(key, id));
        var outcome = new PostOutcome(id, PostOutcomeKind.NotSent, permit.PermitId, permit.Token, "Refused.", Revision: 1, Attempt: 1);
        await Cluster.Account(key).RecordOutcome(outcome);
        Assert.Equal(CommandOutcome.AlreadyDone, (await Cluster.Account(key).RecordOutcome(outcome)).Outcome);

        // The fence issues attempt 2 after attempt 1, and would call 3 taken for ever.
        Assert.Equal(2, (await Cluster.Account(key).Read()).State.Find(id)!.Attempt);
        Assert.IsType<PermitAnswer.Issued>(await Cluster.PermitAsync(key, id, attempt: 2));
    }

    [Fact]
    public async Task PutBack_HandsOverAgain_AfterAPause()
    {
        var key = await Cluster.RegisterAsync("putback");
        var id = await Cluster.HandedOverAsync(key);
        var (count, told) = (Cluster.Queue.Of(id).Count, Cluster.Time.GetUtcNow());
        await Cluster.Account(key).PutBack(id);
        await Eventually.Becomes(() => Cluster.Queue.Of(id).Count > count, "the post is handed over again");
        Assert.True(Cluster.Queue.Of(id)[^1].At - told >= TimeSpan.FromSeconds(1.9));
    }

    [Fact]
    public async Task Outcome_IsRecorded_WhateverAPlatformWrote()
    {
        var key = await Cluster.RegisterAsync("garbage");
        var id = await Cluster.HandedOverAsync(key);
        var permit = Assert.IsType<PermitAnswer.Issued>(await Cluster.PermitAsync(key, id));
        var answer = await Cluster.Account(key).RecordOutcome(new PostOutcome(
            id, PostOutcomeKind.Rejected, permit.PermitId, permit.Token, "No\0such\uD800thing" + new string('x', 100_000), Attention: "At\0tention"));
        Assert.Equal(CommandOutcome.Accepted, answer.Outcome);
        Assert.Equal("rejected", (await Cluster.RowAsync(id)).State);
        Assert.Equal("At\uFFFDtention", (await Cluster.Account(key).Read()).State.Attention);
        await Record.AssertAgreesAsync(Cluster, key);
    }

    [Fact]
    public async Task Schedule_RefusesText_ThatTheDatabaseCannotKeep()
    {
        var key = await Cluster.RegisterAsync("nul");
        var answer = await Cluster.Account(key).Schedule(new NewPost(new PostId(Guid.CreateVersion7()), "a\0b", null), Cluster.By(People.Manager));
        Assert.Equal("text-not-storable", answer.Refusal?.Code);
    }

    [Fact]
    public async Task Post_FinishedLast_IsFinishedInTheReadModel_ThoughItWasWrittenFirst()
    {
        var key = await Cluster.RegisterAsync("december");
        var first = await Cluster.ScheduleAsync(key, TimeSpan.FromDays(200));
        for (var i = 0; i <= AccountState.FinishedPostsKept; i++)
        {
            var id = await Cluster.ScheduleAsync(key, TimeSpan.FromDays(1));
            await Cluster.Account(key).Cancel(id, "Not now.", Cluster.By(People.Manager));
        }

        var answer = await Cluster.Account(key).RecordOutcome(
            new PostOutcome(first, PostOutcomeKind.Published, RemoteId: "r", At: Cluster.Time.GetUtcNow()));
        Assert.Equal(PostState.Published, answer.Post?.State);
        Assert.Equal("published", (await Cluster.RowAsync(first)).State);
        await Record.AssertAgreesAsync(Cluster, key);
    }

    [Fact]
    public async Task Filter_RefusesACaller_WithoutThePermission()
    {
        var key = await Cluster.RegisterAsync("filter");
        var refused = await Assert.ThrowsAsync<UnauthorizedAccessException>(() => Cluster.Account(key).Manage(new RetireAccount("x"), Cluster.By(People.Auditor)));
        Assert.Contains("Manage", refused.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => Cluster.Account(key).Schedule(new NewPost(default, "x", null), Cluster.By(People.Auditor)));
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => Cluster.Account(key).Cancel(default, "x", Cluster.By(People.Auditor)));
        Assert.Equal(AccountLifecycle.Connected, (await Cluster.Account(key).Read()).State.Lifecycle);
    }

    [Fact]
    public async Task Schedule_IsHeld_UnderAStandingHold()
    {
        var key = await Cluster.RegisterAsync("held");
        var hold = await Cluster.PlaceAsync(new Scope { Accounts = [key.Value] });
        var id = await Cluster.ScheduleAsync(key, TimeSpan.FromHours(1));
        var row = await Cluster.RowAsync(id);
        Assert.Equal("held", row.State);
        Assert.Equal([hold.Id], row.HeldBy);
        await Record.AssertAgreesAsync(Cluster, key);
    }

    [Fact]
    public async Task RandomCommands_LeaveAJournal_ThatFoldsToTheState()
    {
        var key = await Cluster.RegisterAsync("random");
        var grain = Cluster.Account(key);
        var random = new Random(125);
        var ids = new List<PostId>();
        for (var i = 0; i < 120; i++)
        {
            var post = ids.Count == 0 ? default : ids[random.Next(ids.Count)];
            var later = Cluster.Time.GetUtcNow() + TimeSpan.FromHours(1 + random.Next(50));
            switch (random.Next(9))
            {
                case 0 or 1:
                    ids.Add(await Cluster.ScheduleAsync(key, TimeSpan.FromHours(1 + random.Next(50))));
                    break;
                case 2:
                    await grain.Cancel(post, "Not now.", Cluster.By(People.Manager));
                    break;
                case 3:
                    await grain.Reschedule(post, later, Cluster.By(People.Manager));
                    break;
                case 4:
                    await grain.Release(new PostRelease(post, later, "Still true."), Cluster.By(People.Manager));
                    break;
                case 5:
                    await grain.RecordCounters(random.Next(1000), i);
                    break;
                case 6:
                    await grain.Manage(new ChangeContact(new NamedContact($"Person {i}", "person@example.org")), Cluster.By(People.Manager));
                    break;
                default:
                    await grain.RecordOutcome(new PostOutcome(
                        post, (PostOutcomeKind)random.Next(7), Why: $"Reason {i}", RemoteId: $"r{i}", At: Cluster.Time.GetUtcNow(), HoldIds: ["H-000001"]));
                    break;
            }
        }

        Assert.True((await grain.Read()).Version > 60);
        await Record.AssertAgreesAsync(Cluster, key);
    }
}
