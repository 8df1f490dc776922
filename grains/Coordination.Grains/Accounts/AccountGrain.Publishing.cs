using Coordination.Contracts;
using Coordination.Domain.Accounts;
using Coordination.Domain.Posts;
using Coordination.Storage.Accounts;

namespace Coordination.Grains.Accounts;

/// <content>Timers for what is due, and the worker's reports.</content>
public sealed partial class AccountGrain
{
    private static readonly TimeSpan Horizon = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan LongestBackoff = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PutBackPause = TimeSpan.FromSeconds(2);
    private readonly HashSet<PostId> _inHand = [];
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
        var answer = await CarryOutAsync(CommandOf(outcome), null, permits: Closing(outcome));
        if (answer.Outcome == CommandOutcome.Accepted && outcome.Kind == PostOutcomeKind.NotSent)
        {
            var attempt = answer.Post?.Attempt ?? 1;
            var backoff = TimeSpan.FromSeconds(Math.Min(0.5 * Math.Pow(2, attempt - 1), LongestBackoff.TotalSeconds));
            _notBefore[outcome.PostId] = time.GetUtcNow() + backoff;
            Arm();
        }
        else
        {
            _notBefore.Remove(outcome.PostId);
        }

        if (outcome.Attention is { } why && answer.Outcome != CommandOutcome.Refused)
        {
            await CarryOutAsync(new ReportAttention(why), null);
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

    // One timer, for the next post that is not with the worker yet.
    private void Arm()
    {
        var now = time.GetUtcNow();
        DateTimeOffset? next = null;
        foreach (var post in state.State.Posts)
        {
            if (post.State == PostState.Scheduled && !_inHand.Contains(post.Id) && post.DueAt <= now + Horizon)
            {
                var at = _notBefore.TryGetValue(post.Id, out var later) && later > post.DueAt ? later : post.DueAt;
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

    private Task HandOverAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        foreach (var post in state.State.Posts)
        {
            if (post.State == PostState.Scheduled && post.DueAt <= now
                && !(_notBefore.TryGetValue(post.Id, out var later) && later > now)
                && _inHand.Add(post.Id))
            {
                queue.Enqueue(new DuePost(Key, Version, post));
            }
        }

        Arm();
        return Task.CompletedTask;
    }

    private static PostCommand CommandOf(PostOutcome o) => o.Kind switch
    {
        PostOutcomeKind.Held => new HoldPost(o.PostId, o.HoldIds ?? []),
        PostOutcomeKind.Missed => new MissPost(o.PostId, o.Why ?? "Its time passed."),
        PostOutcomeKind.Published => new RecordPublished(o.PostId, o.RemoteId ?? "", o.Url, o.At ?? DateTimeOffset.UnixEpoch),
        PostOutcomeKind.NotSent => new RecordNotSent(o.PostId, o.Why ?? "It was not sent."),
        PostOutcomeKind.Rejected => new RecordRejected(o.PostId, o.Why ?? "The platform refused it."),
        PostOutcomeKind.Failed => new RecordFailed(o.PostId, o.Why ?? "It could not be sent."),
        PostOutcomeKind.Unknown => new RecordUnknown(o.PostId, o.Why ?? "Nobody knows whether it went out."),
        _ => throw new ArgumentOutOfRangeException(nameof(o), o.Kind, "No such outcome."),
    };

    private static IReadOnlyList<PermitClosing>? Closing(PostOutcome o) => o.PermitId is { } permit
        ? [new PermitClosing(permit, o.PermitToken, o.Kind switch
        {
            PostOutcomeKind.Published => "sent",
            PostOutcomeKind.Unknown => "unknown",
            _ => "not-sent",
        })]
        : null;
}
