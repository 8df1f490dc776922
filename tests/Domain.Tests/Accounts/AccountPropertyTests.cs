using System.Text.Json;
using Coordination.Domain.Accounts;
using Coordination.Domain.People;
using Coordination.Domain.Posts;
using CsCheck;
using Xunit;

namespace Coordination.Domain.Tests.Accounts;

public sealed class AccountPropertyTests
{
    private const int Iterations = 2_000;

    [Fact]
    public void Fold_OfAllEvents_IsTheState() => AccountHistory.Commands.SampleSeeded(
        commands =>
        {
            var steps = AccountHistory.Run(commands).ToArray();
            var events = steps.SelectMany(s => s.Decision is Decision<AccountEvent>.Accepted a ? a.Events : []).ToArray();
            var stored = events.Select(e => JsonSerializer.Deserialize<AccountEvent>(JsonSerializer.Serialize(e))!);
            var folded = AccountFold.Fold(Given.Account(AccountLifecycle.Connected), stored);
            return steps.Length == 0 || Same(folded, steps[^1].After);
        },
        iter: Iterations);

    [Fact]
    public void Decide_IsDeterministic_AndChangesNothingItIsGiven() => AccountHistory.Commands.SampleSeeded(
        commands => AccountHistory.Run(commands).All(step =>
        {
            var before = JsonSerializer.Serialize(step.Before);
            var again = AccountDecider.Decide(step.Before, step.Command, step.Actor, Given.Now);
            return Words(again) == Words(step.Decision) && JsonSerializer.Serialize(step.Before) == before;
        }),
        iter: Iterations / 4);

    [Fact]
    public void Terminal_IsNeverLeft_ExceptForTheFactThatItWentOut() => AccountHistory.Commands.SampleSeeded(
        commands => AccountHistory.Run(commands).All(step => step.Before.Posts.All(before =>
            !before.State.IsTerminal()
            || step.After.Find(before.Id) is not { } after
            || after.State == before.State
            || (before.State != PostState.Removed && after.State == PostState.Published && step.Command is RecordPublished)
            || (before.Parts > 1 && before.State == PostState.Removed && after.State == PostState.Cancelled && after.Removal is not null && step.Command is RecordPublished)
            || (before.NextPart > 0 && after.State == PostState.Removed && step.Command is RecordRemoved))),
        iter: Iterations);

    [Fact]
    public void Published_LeadsToRemovedAlone() => AccountHistory.Commands.SampleSeeded(
        commands => AccountHistory.Run(commands).All(step => step.Before.Posts.Where(p => p.State == PostState.Published).All(before =>
            step.After.Find(before.Id) is not { State: not (PostState.Published or PostState.Removed) })),
        iter: Iterations);

    [Fact]
    public void Publication_HappensAtMostOnce_ForEachPost()
    {
        var published = 0;
        AccountHistory.Commands.SampleSeeded(
            commands =>
            {
                var ids = Events(commands).OfType<PostPublished>().Select(e => e.PostId).ToArray();
                Interlocked.Add(ref published, ids.Length);
                return ids.Distinct().Count() == ids.Length;
            },
            iter: Iterations);
        Assert.True(published > Iterations / 3, $"{published} publications were tried");
    }

    [Fact]
    public void Parts_GoOutInOrder_EachOnce_AndAllOfThemBeforeTheThreadIsOut()
    {
        var (between, whole) = (0, 0);
        AccountHistory.Commands.SampleSeeded(
            commands =>
            {
                var steps = AccountHistory.Run(commands).ToArray();
                foreach (var thread in steps.SelectMany(s => s.Decision is Decision<AccountEvent>.Accepted a ? a.Events : []).OfType<PostEvent>().GroupBy(e => e.PostId))
                {
                    var parts = thread.OfType<PostPartPublished>().Select(e => e.Part).ToArray();
                    if (!parts.SequenceEqual(Enumerable.Range(0, parts.Length)))
                    {
                        return false;
                    }

                    Interlocked.Add(ref between, parts.Length == 1 ? 1 : 0);
                    if (parts.Length > 0 && thread.OfType<PostPublished>().Any())
                    {
                        Interlocked.Add(ref whole, 1);
                        if (thread.OfType<PostPartPublished>().Count() != 2)
                        {
                            return false;
                        }
                    }
                }

                return steps.All(s => s.After.Posts.All(p => p.NextPart == 0 || p.State != PostState.Published || p.NextPart == p.Parts))
                    && steps.All(s => s.Before.Posts.Where(p => p.NextPart > 0).All(p => s.After.Find(p.Id) is not { } after
                        || (after.NextPart >= p.NextPart && after.Text == p.Text && after.About!.Thread.SequenceEqual(p.About!.Thread))));
            },
            iter: Iterations * 2);
        Assert.True(between > 50 && whole > 3, $"{between} threads were partly out, {whole} wholly");
    }

    [Fact]
    public void Writing_ComesFirst_OfAllThatHappensToAPost() => AccountHistory.Commands.SampleSeeded(
        commands =>
        {
            // Of a post that the state keeps no more, the database knows whether it was ever written; erasing it is its decision.
            var seen = new HashSet<PostId>();
            return Events(commands).OfType<PostEvent>().Where(e => e is not PostRedacted).All(e => e is PostScheduled ? seen.Add(e.PostId) : (e is PostSubmitted && seen.Add(e.PostId)) || seen.Contains(e.PostId));
        },
        iter: Iterations);

    [Fact]
    public void Attempt_RisesByOne_WithEachAttemptReportedAsNotSent() => AccountHistory.Commands.SampleSeeded(
        commands => AccountHistory.Run(commands).All(step => step.Before.Posts.All(before =>
            step.After.Find(before.Id) is not { } after
            || after.Attempt == before.Attempt
            || (after.NextPart == before.NextPart + 1 && after.Attempt == 1)
            || (after.Attempt == before.Attempt + 1
                && (step.Command is RecordNotSent c ? !(c.Attempt < before.Attempt) : step.Command is RecordFailed { Attempt: { } attempt } && attempt >= before.Attempt)))),
        iter: Iterations);

    [Fact]
    public void Failed_IsLeftByAPersonAlone_WithItsTextRevisionAndApproval()
    {
        var retried = 0;
        AccountHistory.Commands.SampleSeeded(
            commands => AccountHistory.Run(commands).All(step => step.Before.Posts.Where(p => p.State == PostState.Failed).All(before =>
            {
                if (step.After.Find(before.Id) is not { State: not PostState.Failed } after)
                {
                    return true;
                }

                // What is out of a thread may be taken down; the rest stays unsent, and the thread is finished.
                if (step.Command is RecordRemoved && before.NextPart > 0)
                {
                    return after.State == PostState.Removed && after.Text == before.Text && after.Revision == before.Revision;
                }

                Interlocked.Add(ref retried, step.Command is RetryPost ? 1 : 0);
                return after.State == PostState.Published && step.Command is RecordPublished
                    ? after.About?.Failure is null
                    : step.Command is RetryPost && after.State is PostState.Scheduled or PostState.Held && step.Actor.Role != Role.System
                        && after.Text == before.Text && after.Revision == before.Revision && after.Attempt == before.Attempt
                        && Equals(after.Approval, before.Approval) && after.About?.Failure is null && after.PosterId == step.Actor.Id;
            })),
            iter: Iterations);
        Assert.True(retried > 0, $"{retried} failed posts were sent again");
    }

    [Fact]
    public void Unfinished_AreNeverForgotten_AndFinishedOnesNotInTheStepThatChangedThem()
    {
        var state = Given.Account(AccountLifecycle.Connected);
        var old = Given.Id(9_000);
        state = Do(state, new SchedulePost(old, "For December", Given.Now + TimeSpan.FromDays(200), PostRules.DefaultTolerance, null, HoldsMet.None));
        for (var i = 1; i <= AccountState.FinishedPostsKept * 2; i++)
        {
            state = Do(state, new SchedulePost(Given.Id(i), "Now", Given.Now, PostRules.DefaultTolerance, null, HoldsMet.None));
            state = Do(state, new RecordPublished(Given.Id(i), "r", null, Given.Now + TimeSpan.FromMinutes(i)));
            Assert.NotNull(state.Find(Given.Id(i)));
            Assert.NotNull(state.Find(old));
        }

        Assert.True(state.Posts.Count(p => p.State == PostState.Published) <= AccountState.FinishedPostsKept + 1);

        // The oldest by writing is published last: it must be there to be written to the read model, and stay the newest.
        state = Do(state, new RecordPublished(old, "r", null, Given.Now + TimeSpan.FromDays(200)));
        Assert.Equal(PostState.Published, state.Find(old)!.State);
        state = Do(state, new SchedulePost(Given.Id(8_000), "Next", Given.Now, PostRules.DefaultTolerance, null, HoldsMet.None));
        Assert.NotNull(state.Find(old));
        Assert.Null(state.Find(Given.Id(AccountState.FinishedPostsKept)));
        Assert.True(state.Posts.Count(p => p.State == PostState.Published) == AccountState.FinishedPostsKept);
    }

    [Fact]
    public void Retiring_KeepsEveryPostItCancels_ForTheCommit()
    {
        var state = Given.Account(AccountLifecycle.Connected);
        for (var i = 1; i <= AccountState.FinishedPostsKept * 3; i++)
        {
            state = Do(state, new SchedulePost(Given.Id(i), "Later", Given.Now + TimeSpan.FromDays(1), PostRules.DefaultTolerance, null, HoldsMet.None));
        }

        state = Do(state, new RetireAccount("Closed."));
        Assert.Equal(AccountState.FinishedPostsKept * 3, state.Posts.Count(p => p.State == PostState.Cancelled));
    }

    [Fact]
    public void Schedule_IsRefused_AtTheMostUnfinishedPosts()
    {
        var state = Given.Account(AccountLifecycle.Connected) with
        {
            Posts = [.. Enumerable.Range(1, PostRules.MostUnfinished).Select(i => Given.APost(Given.Id(i), PostState.Unknown))],
        };
        var decision = AccountDecider.Decide(
            state, new SchedulePost(Given.Id(1_000), "More", Given.Now, PostRules.DefaultTolerance, null, HoldsMet.None), Given.Manager, Given.Now);
        Assert.Equal("too-many-posts", Assert.IsType<Decision<AccountEvent>.Refused>(decision).Why.Code);
    }

    [Fact]
    public void Schedule_HoldsThePost_UnderTheHoldsThatRefuseIt()
    {
        var state = Do(
            Given.Account(AccountLifecycle.Connected),
            new SchedulePost(Given.Post, "Held", Given.Now, PostRules.DefaultTolerance, null, new HoldsMet(["H-000001", "H-000002"], [])));
        Assert.Equal(PostState.Held, state.Find(Given.Post)!.State);
        Assert.Equal(["H-000001", "H-000002"], state.Find(Given.Post)!.HeldBy);
    }

    private static AccountState Do(AccountState state, AccountCommand command) => AccountFold.Fold(
        state, Assert.IsType<Decision<AccountEvent>.Accepted>(AccountDecider.Decide(state, command, AccountHistory.Fitting(command), Given.Now)).Events);

    private static IEnumerable<AccountEvent> Events(IEnumerable<(AccountCommand Command, Actor Actor)> commands) =>
        AccountHistory.Run(commands).SelectMany(s => s.Decision is Decision<AccountEvent>.Accepted a ? a.Events : []);

    private static bool Same(AccountState a, AccountState b) => JsonSerializer.Serialize(a) == JsonSerializer.Serialize(b);

    private static string Words(Decision<AccountEvent> decision) => decision switch
    {
        Decision<AccountEvent>.Accepted a => JsonSerializer.Serialize(a.Events),
        var other => other.ToString(),
    };
}
