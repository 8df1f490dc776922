using Coordination.Connectors;
using Coordination.Contracts;
using Coordination.Domain.Accounts;
using Coordination.Domain.Posts;
using Coordination.Storage.ReadModel;

namespace Coordination.Silo.Publishing;

/// <summary>Takes published posts off their platforms where somebody asked for it. It needs no permit: a hold must not stop it (FENCE.md rule 1).</summary>
/// <remarks>Removing is safe to repeat, so what was not confirmed is asked again until the platform has answered. A silo that dies leaves it to another.</remarks>
internal sealed partial class RemovalSweep(
    DueScanner scanner, IGrainFactory grains, ConnectorRegistry connectors, Credentials credentials, TimeProvider time, ILogger<RemovalSweep> logger)
    : BackgroundService
{
    private const int Batch = 20;
    private const int AtOnce = 4;
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Beat, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await Parallel.ForEachAsync(
                    await scanner.ClaimRemovalsAsync(Batch, stoppingToken),
                    new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stoppingToken },
                    async (removal, cancellation) => await TryRemoveAsync(removal.Account, new PostId(removal.Post), cancellation));
            }
            catch (Exception exception) when (exception is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                CannotLook(logger, exception.Message);
            }
        }
    }

    // One that cannot be carried out must not keep the others waiting: it comes back when its lease is over.
    private async Task TryRemoveAsync(AccountKey account, PostId post, CancellationToken cancellationToken)
    {
        try
        {
            await RemoveAsync(account, post, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            NotYet(logger, post.Value, account.Value, exception.Message);
        }
    }

    private async Task RemoveAsync(AccountKey key, PostId id, CancellationToken cancellationToken)
    {
        var grain = grains.GetGrain<IAccountGrain>(GrainKeys.Of(key));
        if ((await grain.Read()).State.Find(id) is not { State: PostState.Published, Removal: not null } post)
        {
            return;
        }

        if (!connectors.TryFind(key.Platform, out var connector) || !credentials.TryFind(key, out var account) || string.IsNullOrEmpty(post.RemoteId))
        {
            await grain.RecordRemoval(id, "The service cannot reach it: the account's sign-in is not configured. Remove it on the platform itself.");
            return;
        }

        switch (await connector.RemoveAsync(account, post.RemoteId, cancellationToken))
        {
            case RemoveResult.Removed or RemoveResult.AlreadyGone:
                await grain.RecordRemoval(id, null);
                break;
            case RemoveResult.Refused { RetryAfter: { } wait }:
                await scanner.PutOffRemovalAsync(id.Value, wait, cancellationToken);
                break;
            case RemoveResult.Refused refused:
                await grain.RecordRemoval(id, $"The platform did not remove it: {refused.Reason} Remove it on the platform itself, or try again.");
                break;
            case RemoveResult.NotConfirmed open:
                NotYet(logger, id.Value, key.Value, open.Reason);
                break;
        }
    }

    [LoggerMessage(LogLevel.Warning, "Post {Post} on {Account} is not known to be removed yet; the platform is asked again. {Why}")]
    private static partial void NotYet(ILogger logger, Guid post, string account, string why);

    [LoggerMessage(LogLevel.Warning, "Posts to remove could not be looked for. {Why}")]
    private static partial void CannotLook(ILogger logger, string why);
}
