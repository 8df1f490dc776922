using Coordination.Connectors;
using Coordination.Contracts;
using Coordination.Domain.Accounts;
using Coordination.Domain.Posts;
using Coordination.Storage.ReadModel;

namespace Coordination.Silo.Publishing;

/// <summary>Takes published posts off their platforms where somebody asked for it. It needs no permit: a hold must not stop it (FENCE.md rule 1).</summary>
/// <remarks>Removing is safe to repeat, so what was not confirmed is asked again until the platform has answered. A silo that dies leaves it to another.</remarks>
internal sealed partial class RemovalSweep(
    DueScanner scanner, IGrainFactory grains, ConnectorRegistry connectors, Credentials credentials, HandTasks tasks, TimeProvider time, ILogger<RemovalSweep> logger)
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
        if ((await grain.Read()).State.Find(id) is not { State: not PostState.Removed, Removal: not null } post)
        {
            return;
        }

        var parts = RemoteIdsOf(post);
        var signIn = await credentials.FindAsync(key, cancellationToken);
        if (!connectors.TryFind(key.Platform, out var connector) || signIn.Account is not { } account || parts.Count == 0)
        {
            await LeaveToPeopleAsync(grain, key, post, $"The service cannot reach it. {signIn.Why}", cancellationToken);
            return;
        }

        if (!connector.Capabilities.CanRemove)
        {
            await LeaveToPeopleAsync(grain, key, post, $"{key.Platform.Name} lets no program remove a post.", cancellationToken);
            return;
        }

        foreach (var part in parts)
        {
            switch (await connector.RemoveAsync(account, part, cancellationToken))
            {
                case RemoveResult.Removed or RemoveResult.AlreadyGone:
                    break;
                case RemoveResult.Refused { RetryAfter: { } wait }:
                    await scanner.PutOffRemovalAsync(id.Value, wait, cancellationToken);
                    return;
                case RemoveResult.Refused refused:
                    await LeaveToPeopleAsync(grain, key, post, $"The platform did not remove it: {refused.Reason}", cancellationToken);
                    return;
                case RemoveResult.NotConfirmed open:
                    NotYet(logger, id.Value, key.Value, open.Reason);
                    return;
                case var other:
                    throw new InvalidOperationException($"No rule for the answer {other.GetType().Name}.");
            }
        }

        await grain.RecordRemoval(id, null);
    }

    // The last part of a thread first, so that none stands there as an answer to nothing.
    private static IReadOnlyList<string> RemoteIdsOf(Post post) => post.About?.PartsOut is { Count: > 0 } parts
        ? [.. parts.Reverse().Select(p => p.RemoteId)]
        : post.RemoteId is { Length: > 0 } one ? [one] : [];

    // The task first: should this silo die in between, the post is looked at again and the task is found open.
    private async Task LeaveToPeopleAsync(IAccountGrain grain, AccountKey key, Post post, string why, CancellationToken cancellationToken)
    {
        await tasks.AskDeleteAsync(key, post, why, cancellationToken);
        await grain.RecordRemoval(post.Id, $"{why} A task is open until a person confirms that it is deleted on the platform itself.");
    }

    [LoggerMessage(LogLevel.Warning, "Post {Post} on {Account} is not known to be removed yet; the platform is asked again. {Why}")]
    private static partial void NotYet(ILogger logger, Guid post, string account, string why);

    [LoggerMessage(LogLevel.Warning, "Posts to remove could not be looked for. {Why}")]
    private static partial void CannotLook(ILogger logger, string why);
}
