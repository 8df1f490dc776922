using Coordination.Domain.Platforms;
using Coordination.Silo.Hosting;
using Coordination.Storage.OffSystem;

namespace Coordination.Silo.OffSystem;

/// <summary>While holds stand, looks every covered account through again and again: all silos share the work, and each platform has its own
/// few at once, so that one that does not answer keeps no other waiting.</summary>
internal sealed partial class OffSystemSweep(OffSystemTurns turns, OffSystemCheck check, SiloOptions options, TimeProvider time, ILogger<OffSystemSweep> logger)
    : BackgroundService
{
    private const int AtOnce = 4;

    // At a connector's own time limit a batch is through well within its lease.
    private const int Batch = 12;
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(Platform.All.Select(p => RunAsync(p, stoppingToken)));

    private async Task RunAsync(Platform platform, CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(Beat, time);
        while (await timer.WaitForNextTickAsync(stopping))
        {
            try
            {
                while (await SweepAsync(platform, stopping) == Batch)
                {
                    // There are more.
                }
            }
            catch (Exception exception) when (exception is not OperationCanceledException || !stopping.IsCancellationRequested)
            {
                CannotClaim(logger, platform.Name, exception.Message);
            }
        }
    }

    private async Task<int> SweepAsync(Platform platform, CancellationToken cancellationToken)
    {
        var claimed = await turns.ClaimAsync(platform.Id, options.OffSystemEvery, Batch, options.OffSystemPerMinute, cancellationToken);
        await Parallel.ForEachAsync(
            claimed,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (turn, cancellation) => await check.RunAsync(turn, cancellation));
        return claimed.Count;
    }

    [LoggerMessage(LogLevel.Warning, "Which accounts on {Platform} to look through for posts from elsewhere could not be asked. {Why}")]
    private static partial void CannotClaim(ILogger logger, string platform, string why);
}
