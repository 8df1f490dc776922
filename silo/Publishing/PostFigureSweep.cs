using System.Collections.Concurrent;
using Coordination.Connectors;
using Coordination.Silo.Hosting;
using Coordination.Storage.ReadModel;

namespace Coordination.Silo.Publishing;

/// <summary>Reads the public figures of what is out: all silos share the work, each a few at once, never in a post's way.</summary>
internal sealed partial class PostFigureSweep(
    PostFigureStore store, ConnectorRegistry connectors, Credentials credentials, SiloOptions options, TimeProvider time, ILogger<PostFigureSweep> logger) : BackgroundService
{
    private const int AtOnce = 2;
    private const int Batch = 10;
    private static readonly TimeSpan LatestFirst = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LongestBeat = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(30);

    // A platform that asks one account to wait gets no further question about its others meanwhile.
    private readonly ConcurrentDictionary<string, DateTimeOffset> _pausedUntil = new(StringComparer.Ordinal);

    private TimeSpan Soonest => options.CountersEvery < LatestFirst ? options.CountersEvery : LatestFirst;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.CountersEvery == TimeSpan.Zero)
        {
            return;
        }

        using var timer = new PeriodicTimer(Soonest < LongestBeat ? Soonest : LongestBeat, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                while (await SweepAsync(stoppingToken) == Batch)
                {
                    // There are more.
                }
            }
            catch (Exception exception) when (exception is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                CannotClaim(logger, exception.Message);
            }
        }
    }

    private async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        var claimed = await store.ClaimAsync(Soonest, Batch, cancellationToken);
        await Parallel.ForEachAsync(claimed, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, ReadAsync);
        return claimed.Count;
    }

    private async ValueTask ReadAsync(FiguresWanted wanted, CancellationToken cancellationToken)
    {
        if (_pausedUntil.TryGetValue(wanted.Account.PlatformId, out var until) && until - time.GetUtcNow() is { Ticks: > 0 } left)
        {
            await store.PutOffAsync(wanted.Post, left, cancellationToken);
            return;
        }

        if (!connectors.TryFind(wanted.Account.Platform, out var connector) || !connector.Capabilities.CanReadPostCounters
            || (await credentials.FindAsync(wanted.Account, cancellationToken)).Account is not { } account)
        {
            await store.PutOffAsync(wanted.Post, PostFigureStore.Watched, cancellationToken);
            return;
        }

        switch (await connector.ReadPostCountersAsync(account, wanted.RemoteId, cancellationToken))
        {
            case ReadResult<PostCounters>.Ok { Value: var told }:
                await store.KeepAsync(wanted.Post, new PostFigures(told.Likes, told.Reposts, told.Replies, told.Quotes, time.GetUtcNow()), Soonest, cancellationToken);
                break;
            case ReadResult<PostCounters>.Unavailable no:
                NotRead(logger, wanted.Post, wanted.Account.Value, no.Reason);
                if (no.RetryAfter is { } wait)
                {
                    _pausedUntil[wanted.Account.PlatformId] = time.GetUtcNow() + wait;
                }

                await store.PutOffAsync(wanted.Post, no.RetryAfter > Rest ? no.RetryAfter.Value : Rest, cancellationToken);
                break;
        }
    }

    [LoggerMessage(LogLevel.Information, "The figures of post {Post} on {Account} could not be read; they are read again later. {Why}")]
    private static partial void NotRead(ILogger logger, Guid post, string account, string why);

    [LoggerMessage(LogLevel.Warning, "Which posts' figures to read next could not be looked up. {Why}")]
    private static partial void CannotClaim(ILogger logger, string why);
}
