using Coordination.Connectors;
using Coordination.Contracts;
using Coordination.Domain.Accounts;
using Coordination.Domain.Posts;
using Coordination.Grains.Accounts;
using Coordination.Storage.Fence;
using Coordination.Storage.ReadModel;

namespace Coordination.Silo.Publishing;

/// <summary>Takes one due post from "due" to a recorded outcome: prepare, take the permit last of all, publish, record.</summary>
internal sealed partial class Publisher(
    IFence fence, IHoldBoard holds, IGrainFactory grains, ConnectorRegistry connectors, Credentials credentials, TimeProvider time, ILogger<Publisher> logger)
{
    private const int MostRounds = 20;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    // Asked right after an ambiguous answer; what they don't settle is left to the recovery of open permits.
    private static readonly TimeSpan[] Asks = [TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4)];

    /// <summary>Publishes one post. Never throws for what the world does.</summary>
    public async Task PublishAsync(DuePost due, CancellationToken cancellationToken)
    {
        try
        {
            await RunAsync(due, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The silo stops. An open permit is recovered by another, a post without one is scanned again.
        }
        catch (Exception exception)
        {
            GaveBack(logger, exception, due.Account.Value, due.Post.Id.Value);
            await PutBackAsync(due);
        }
    }

    /// <summary>Makes the call that a permit allows, unless a hold comes before its first byte, and says what became of it.</summary>
    /// <param name="account">Where and as whom.</param>
    /// <param name="connector">The platform.</param>
    /// <param name="due">The post.</param>
    /// <param name="permit">The permit.</param>
    /// <param name="asked">When it was asked for, by <see cref="PermitClock"/>.</param>
    /// <param name="cancellationToken">Stops waiting for the platform.</param>
    public async Task<PublishResult> CallAsync(
        ConnectorAccount account, IPlatformConnector connector, DuePost due, PermitAnswer.Issued permit, TimeSpan asked, CancellationToken cancellationToken)
    {
        var end = asked + permit.Lifetime;
        var left = end - PermitClock.Now(time);
        using var watch = new PermitWatch(holds, due.Account, due.Labels, permit, end, time);
        var request = new PublishRequest(
            new IdempotencyKey(due.Post.Id), due.Post.Text, due.Post.DueAt, time.GetUtcNow() + left, watch.WhyNot, watch.Withdrawn);
        return await connector.PublishAsync(account, request, cancellationToken);
    }

    /// <summary>Records an outcome, once: whoever calls has a way to come back to it.</summary>
    public async Task TryRecordAsync(AccountKey account, PostOutcome outcome) =>
        await grains.GetGrain<IAccountGrain>(GrainKeys.Of(account)).RecordOutcome(outcome);

    /// <summary>Records an outcome, again and again until the database has it or the silo stops.</summary>
    public async Task RecordAsync(AccountKey account, PostOutcome outcome, CancellationToken cancellationToken)
    {
        var grain = grains.GetGrain<IAccountGrain>(GrainKeys.Of(account));
        for (var wait = Pause; ; wait = wait < TimeSpan.FromSeconds(5) ? wait * 2 : wait)
        {
            try
            {
                await grain.RecordOutcome(outcome);
                return;
            }
            catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
            {
                NotRecorded(logger, account.Value, outcome.PostId.Value, exception.Message);
                await Task.Delay(wait, time, cancellationToken);
            }
        }
    }

    private async Task RunAsync(DuePost due, CancellationToken cancellationToken)
    {
        // Prepare: nothing public happens here.
        if (!connectors.TryFind(due.Account.Platform, out var connector) || !credentials.TryFind(due.Account, out var account))
        {
            await RecordAsync(
                due.Account,
                new PostOutcome(
                    due.Post.Id,
                    PostOutcomeKind.Failed,
                    Why: "The account's sign-in is not configured, so nothing was sent.",
                    Attention: "The sign-in is not configured.",
                    Revision: due.Post.Revision),
                cancellationToken);
            return;
        }

        for (var round = 0; round < MostRounds; round++)
        {
            var asked = PermitClock.Now(time);
            var answer = await fence.TakePermitAsync(WishOf(due), cancellationToken);
            switch (answer)
            {
                case PermitAnswer.Issued permit:
                    // An outcome that is still unknown is not recorded: the permit stays open, and recovery asks the platform again.
                    if (await ResolveAsync(account, connector, due, permit, asked, cancellationToken) is { Kind: not PostOutcomeKind.Unknown } outcome)
                    {
                        await RecordAsync(due.Account, outcome, cancellationToken);
                    }

                    return;
                case PermitAnswer.Held held:
                    await RecordAsync(due.Account, new PostOutcome(due.Post.Id, PostOutcomeKind.Held, HoldIds: held.HoldIds, Revision: due.Post.Revision), cancellationToken);
                    return;
                case PermitAnswer.Missed:
                    await RecordAsync(
                        due.Account,
                        new PostOutcome(
                            due.Post.Id,
                            PostOutcomeKind.Missed,
                            Why: $"It could not go out within {due.Post.Tolerance.TotalSeconds:0} seconds of its time.",
                            Revision: due.Post.Revision),
                        cancellationToken);
                    return;
                case PermitAnswer.TooEarly early:
                    await Task.Delay(early.Wait, time, cancellationToken);
                    break;
                case PermitAnswer.Stale when await ReloadAsync(due) is { } fresh:
                    due = fresh;
                    break;
                case PermitAnswer.Unavailable:
                    await Task.Delay(Pause, time, cancellationToken);
                    break;
                default:
                    await PutBackAsync(due);
                    return;
            }
        }

        await PutBackAsync(due);
    }

    private async Task<PostOutcome> ResolveAsync(
        ConnectorAccount account, IPlatformConnector connector, DuePost due, PermitAnswer.Issued permit, TimeSpan asked, CancellationToken cancellationToken)
    {
        var began = time.GetUtcNow();
        var result = await CallAsync(account, connector, due, permit, asked, cancellationToken);
        foreach (var wait in result is PublishResult.Unknown ? Asks : [])
        {
            await Task.Delay(wait, time, cancellationToken);
            if (await connector.FindByKeyAsync(account, new FindRequest(new IdempotencyKey(due.Post.Id), due.Post.Text, began), cancellationToken) is FindResult.Found found)
            {
                result = new PublishResult.Published(found.RemoteId, found.Url, found.At);
                break;
            }
        }

        return Outcomes.Of(due.Post, permit, result);
    }

    private async Task<DuePost?> ReloadAsync(DuePost due)
    {
        var view = await grains.GetGrain<IAccountGrain>(GrainKeys.Of(due.Account)).Read();
        return view.State.Find(due.Post.Id) is { State: PostState.Scheduled } post ? new DuePost(due.Account, view.State.Labels, view.Version, post) : null;
    }

    private async Task PutBackAsync(DuePost due)
    {
        try
        {
            await grains.GetGrain<IAccountGrain>(GrainKeys.Of(due.Account)).PutBack(due.Post.Id);
        }
        catch (Exception exception)
        {
            // The due scanner finds the post again when its lease is over.
            NotRecorded(logger, due.Account.Value, due.Post.Id.Value, exception.Message);
        }
    }

    private static PermitWish WishOf(DuePost due) => new(
        due.Account, due.Post.Id.Value, 0, "publish", due.Post.Attempt, due.Post.PosterId, due.Post.Revision, due.Version);

    [LoggerMessage(LogLevel.Error, "Publishing post {Post} on {Account} went wrong; it is looked at again.")]
    private static partial void GaveBack(ILogger logger, Exception exception, string account, Guid post);

    [LoggerMessage(LogLevel.Warning, "What became of post {Post} on {Account} is not recorded yet. {Why}")]
    private static partial void NotRecorded(ILogger logger, string account, Guid post, string why);
}
