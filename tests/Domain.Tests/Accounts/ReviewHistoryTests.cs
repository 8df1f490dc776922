using Coordination.Domain.Accounts;
using Coordination.Domain.People;
using Coordination.Domain.Posts;
using Coordination.Domain.Review;
using CsCheck;
using Xunit;

namespace Coordination.Domain.Tests.Accounts;

/// <summary>Random lives of posts that somebody else reads first: whatever is tried in any order, these hold.</summary>
public sealed class ReviewHistoryTests
{
    private const int Iterations = 2_000;

    [Fact]
    public void Submitted_IsScheduledByAnotherAlone_AndOnlyBeforeItsTime()
    {
        var approved = 0;
        AccountHistory.Commands.SampleSeeded(
            commands => AccountHistory.Run(commands).All(step => step.Before.Posts.Where(p => p.State == PostState.Submitted).All(before =>
            {
                var after = step.After.Find(before.Id)!;
                if (after.State is PostState.Submitted or PostState.Returned or PostState.Cancelled or PostState.Missed or PostState.Published)
                {
                    return true;
                }

                // Held is what a hold makes of an approval; an edit by whom no rule asks needs none.
                if (step.Command is ApprovePost)
                {
                    Interlocked.Increment(ref approved);
                    return step.Actor.Id != before.Writer.Id && after.Approval!.By == step.Actor.Id && after.DueAt > Given.Now - PostRules.PastGrace
                        && (step.Command is ApprovePost { DueAt: not null } || before.DueAt > Given.Now);
                }

                return step.Command is EditPost or ReschedulePost && after.Review is null && after.Revision == before.Revision + 1;
            })),
            iter: Iterations);
        Assert.True(approved > Iterations / 100, $"{approved} approvals were tried");
    }

    [Fact]
    public void WhatARuleSendsToComms_IsScheduledOnlyByComms() => AccountHistory.Commands.SampleSeeded(
        commands => AccountHistory.Run(commands).All(step => step.Command is not ConfirmingCommand { Look.Found.Count: > 0 } confirming
            || step.After.Find(confirming.PostId) is not { State: PostState.Scheduled } after
            || step.Before.Find(confirming.PostId) == after
            || after.Review is not { CommsOnly: true } && step.Actor.Role.IsComms()
            || (after.Review is { CommsOnly: true } && step.Command is ApprovePost && step.Actor.Role.IsComms())

            // What failed goes again as it was let go: its findings were settled then.
            || (step.Command is RetryPost && SecondLook.Unsettled(step.Before.Find(confirming.PostId)!, confirming.Look).Count == 0)),
        iter: Iterations);

    [Fact]
    public void Change_VoidsTheApproval() => AccountHistory.Commands.SampleSeeded(
        commands => AccountHistory.Run(commands).All(step => step.Before.Posts.Where(p => p.Approval is not null).All(before =>
            step.After.Find(before.Id) is not { } after
            || after.Revision == before.Revision
            || after.Approval is null
            || after.Approval.Revision == after.Revision)),
        iter: Iterations);
}
