using Coordination.Contracts;
using Coordination.Domain;
using Coordination.Domain.People;

namespace Coordination.Dashboard.Desks;

/// <summary>Takes a decision about many posts to each post's account.</summary>
public sealed class HandBackDesk(IPostDesk posts, TimeProvider time) : IHandBackDesk
{
    /// <summary>Most posts of one decision: as many as a page of the list has.</summary>
    public const int MostPosts = 200;

    /// <summary>The widest pause between two posts that are released one after the other.</summary>
    public static readonly TimeSpan WidestSpacing = TimeSpan.FromHours(24);

    private const int AtOnce = 32;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<HandBackPart>> DecideAsync(
        HandBackAct act, IReadOnlyList<HandBackItem> items, string reason, Actor actor, CancellationToken cancellationToken)
    {
        // One patience for all of them: whoever asked gets an answer for each post while they still listen.
        using var patience = new CancellationTokenSource(AccountCalls.Patience, time);
        using var until = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        var parts = new HandBackPart[items.Count];
        await Parallel.ForAsync(0, items.Count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, async (i, _) =>
        {
            try
            {
                parts[i] = Part(act, items[i], await AskAsync(act, items[i], reason, actor, until.Token));
            }
            catch (Exception exception) when (Unanswered(exception) && !cancellationToken.IsCancellationRequested)
            {
                parts[i] = new HandBackPart(items[i], HandBackResult.NotKnownYet, null, NotKnown(items[i]));
            }
        });
        return parts;
    }

    private Task<PostAnswer> AskAsync(HandBackAct act, HandBackItem item, string reason, Actor actor, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return act == HandBackAct.Release
            ? posts.ReleaseAsync(new PostRelease(item.Post, item.DueAt, reason, item.Text), actor, item.OperationId, cancellationToken)
            : posts.CancelAsync(item.Post, reason, actor, item.OperationId, cancellationToken);
    }

    private static HandBackPart Part(HandBackAct act, HandBackItem item, PostAnswer answer) => answer switch
    {
        { Refusal: { } why } => new HandBackPart(item, HandBackResult.Refused, null, why),

        // Of a release alone: a discarded post that reads as held was read from a copy that is older than the decision.
        { Post: { State: "held" } held } when act == HandBackAct.Release => new HandBackPart(item, HandBackResult.StillHeld, held, null),
        _ => new HandBackPart(item, act == HandBackAct.Release ? HandBackResult.Released : HandBackResult.Discarded, answer.Post, null),
    };

    private static bool Unanswered(Exception exception) =>
        exception is StoreUnavailableException or OperationCanceledException or TimeoutException or System.Data.Common.DbException;

    private static Refusal NotKnown(HandBackItem item) => new(
        "not-known-yet",
        $"The post {item.Post} did not answer in time, so it is not known whether this took. Repeat the same wish; it cannot count twice.",
        RefusalKind.Conflict);
}
