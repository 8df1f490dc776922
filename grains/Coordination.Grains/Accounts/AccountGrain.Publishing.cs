using Coordination.Contracts;
using Coordination.Domain.Accounts;
using Coordination.Domain.Posts;
using Coordination.Storage.Accounts;

namespace Coordination.Grains.Accounts;

/// <content>Timers for what is due, and the worker's reports.</content>
public sealed partial class AccountGrain
{
    private static readonly TimeSpan Horizon = TimeSpan.FromSeconds(90);
    private const int LongestWords = 2000;
    private const int LongestSaid = 200;
    private static readonly TimeSpan PutBackPause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestInHand = TimeSpan.FromMinutes(2);
    private readonly Dictionary<PostId, DateTimeOffset> _inHand = [];
    private readonly Dictionary<PostId, DateTimeOffset> _notBefore = [];
    private IGrainTimer? _timer;

    /// <inheritdoc/>
    public Task Wake()
    {
        Arm();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task<CommandAnswer> RecordOutcome(PostOutcome outcome)
    {
        _inHand.Remove(outcome.PostId);

        // Without a permit of its own a report knows nothing of a call that another worker may have made: while a permit is
        // open, the post's outcome is that permit's (FENCE.md rule 8).
        _notBefore.Remove(outcome.PostId);
        var answer = await CarryOutAsync(CommandOf(outcome), null, guard: outcome.PermitId is null ? [outcome.PostId] : null, permits: Closing(outcome));
        if (outcome.Attention is { } why && answer.Outcome != CommandOutcome.Refused)
        {
            await CarryOutAsync(new ReportAttention(Words(why)), null);
        }

        return answer;
    }

    /// <inheritdoc/>
    public Task PutBack(PostId post)
    {
        _inHand.Remove(post);
        _notBefore[post] = time.GetUtcNow() + PutBackPause;
        Arm();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task Defer(PostId post, DateTimeOffset until)
    {
        _inHand.Remove(post);
        _notBefore[post] = until;
        Arm();
        return Task.CompletedTask;
    }

    // Nothing is in hand for ever: a worker's message may be lost, and the fence knows what a second one may not do.
    private bool IsInHand(PostId post, DateTimeOffset now) => _inHand.TryGetValue(post, out var since) && now - since < LongestInHand;

    // What the worker asked for, and what the last failure left in the state: the later of them.
    private DateTimeOffset? NotBefore(Post post) =>
        _notBefore.TryGetValue(post.Id, out var later) && !(post.About?.Failure?.RetryAt > later) ? later : post.About?.Failure?.RetryAt;

    // One timer, for the next post that is not with the worker yet.
    private void Arm()
    {
        var now = time.GetUtcNow();
        DateTimeOffset? next = null;
        foreach (var post in state.State.Posts)
        {
            if (post.State is PostState.Scheduled or PostState.Submitted && !IsInHand(post.Id, now) && post.DueAt <= now + Horizon)
            {
                var at = NotBefore(post) is { } later && later > post.DueAt ? later : post.DueAt;
                next = next is null || at < next ? at : next;
            }
        }

        _timer?.Dispose();
        _timer = null;
        if (next is { } due)
        {
            var wait = due > now ? due - now : TimeSpan.Zero;
            _timer = this.RegisterGrainTimer(HandOverAsync, new GrainTimerCreationOptions(wait, Timeout.InfiniteTimeSpan) { KeepAlive = true });
        }
    }

    private async Task HandOverAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        foreach (var post in state.State.Posts)
        {
            if (post.State == PostState.Scheduled && post.DueAt <= now
                && !(NotBefore(post) > now)
                && !IsInHand(post.Id, now))
            {
                _inHand[post.Id] = now;
                queue.Enqueue(new DuePost(Key, state.State.Labels, Version, post));
            }
        }

        await MissUnapprovedAsync(now);
        Arm();
    }

    // What nobody has approved by its time is missed: an approval that comes later must not send it at once.
    private async Task MissUnapprovedAsync(DateTimeOffset now)
    {
        var late = state.State.Posts.Where(p => p.State == PostState.Submitted && p.DueAt <= now && !(NotBefore(p) > now)).ToArray();
        foreach (var post in late)
        {
            // Should the commit fail, the activation ends, and the due scan wakes the next one.
            _notBefore[post.Id] = now + PutBackPause;
            await CarryOutAsync(new MissPost(post.Id, "Nobody had approved it when its time came.", post.Revision), null);
        }
    }

    private static PostCommand CommandOf(PostOutcome o) => o.Kind switch
    {
        PostOutcomeKind.Held => new HoldPost(o.PostId, o.HoldIds ?? [], o.Revision),
        PostOutcomeKind.Missed => new MissPost(o.PostId, Words(o.Why ?? "Its time passed."), o.Revision),
        PostOutcomeKind.Published => new RecordPublished(
            o.PostId, Words(o.RemoteId ?? ""), o.Url is { } url ? Words(url) : null, o.At ?? DateTimeOffset.UnixEpoch, o.Part),
        PostOutcomeKind.NotSent => new RecordNotSent(o.PostId, Words(o.Why ?? "It was not sent."), o.Attempt, TryOf(o) ?? new FailedTry(FailureCause.Unreachable), o.Part),
        PostOutcomeKind.Rejected => new RecordRejected(o.PostId, Words(o.Why ?? "The platform refused it."), TryOf(o), o.Part),
        PostOutcomeKind.Failed => new RecordFailed(o.PostId, Words(o.Why ?? "It could not be sent."), o.Revision, o.PermitId is null ? null : o.Attempt, TryOf(o), o.Part),
        PostOutcomeKind.Unknown => new RecordUnknown(o.PostId, Words(o.Why ?? "Nobody knows whether it went out."), o.Part),
        _ => throw new ArgumentOutOfRangeException(nameof(o), o.Kind, "No such outcome."),
    };

    private static FailedTry? TryOf(PostOutcome o) =>
        o.Try is { } tried ? tried with { Says = tried.Says is { } says ? StorableText.Clean(says, LongestSaid) : null } : null;

    // A platform may answer anything; what it said must never make the record of what it did impossible.
    private static string Words(string text) => StorableText.Clean(text, LongestWords);

    private static IReadOnlyList<PermitClosing>? Closing(PostOutcome o) => o.PermitId is { } permit
        ? [new PermitClosing(permit, o.PermitToken, o.Kind switch
        {
            PostOutcomeKind.Published => "sent",
            PostOutcomeKind.Unknown => "unknown",
            _ => "not-sent",
        })]
        : null;
}
