using System.Collections.Concurrent;
using Coordination.Domain.Accounts;
using Coordination.Silo.Hosting;
using Coordination.Storage.ReadModel;

namespace Coordination.Silo.Publishing;

/// <summary>Keeps every connected account's public figures fresh: all silos share the work, each a few at once, never in a post's way.</summary>
internal sealed partial class CounterSweep(
    CounterChecks checks, AccountFigures figures, SiloOptions options, TimeProvider time, ILogger<CounterSweep> logger) : BackgroundService
{
    private const int AtOnce = 2;

    // Read two at once with a connector's own time limit, a batch is through well within its lease.
    private const int Batch = 10;
    private static readonly TimeSpan ShortestBeat = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestBeat = TimeSpan.FromMinutes(1);

    // A platform that asks one account to wait gets no further question about its others meanwhile.
    private readonly ConcurrentDictionary<string, DateTimeOffset> _pausedUntil = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.CountersEvery == TimeSpan.Zero)
        {
            return;
        }

        var beat = TimeSpan.FromTicks(Math.Clamp(options.CountersEvery.Ticks / 10, ShortestBeat.Ticks, LongestBeat.Ticks));
        using var timer = new PeriodicTimer(beat, time);
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
        var claimed = await checks.ClaimAsync(options.CountersEvery, Batch, cancellationToken);
        await Parallel.ForEachAsync(claimed, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, ReadAsync);
        return claimed.Count;
    }

    private async ValueTask ReadAsync(AccountKey key, CancellationToken cancellationToken)
    {
        if (_pausedUntil.TryGetValue(key.PlatformId, out var until) && until - time.GetUtcNow() is { Ticks: > 0 } left)
        {
            await checks.PutOffAsync(key, left, cancellationToken);
        }
        else if (await figures.ReadAsync(key, cancellationToken) is { } wait)
        {
            _pausedUntil[key.PlatformId] = time.GetUtcNow() + wait;
        }
    }

    [LoggerMessage(LogLevel.Warning, "Whose figures to read next could not be looked up. {Why}")]
    private static partial void CannotClaim(ILogger logger, string why);
}
