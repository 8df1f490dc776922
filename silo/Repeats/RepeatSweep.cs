using Coordination.Storage.Repeats;

namespace Coordination.Silo.Repeats;

/// <summary>Makes the posts of repeats as their dates come near, and takes back those of stopped ones. All silos share the work: a repeat belongs to one of them for a lease.</summary>
internal sealed partial class RepeatSweep(IRepeatStore store, RepeatWork work, TimeProvider time, ILogger<RepeatSweep> logger) : BackgroundService
{
    private const int Batch = 8;
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
                    await store.ClaimAsync(Batch, stoppingToken),
                    new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stoppingToken },
                    async (id, cancellation) => await TryAsync(id, cancellation));
            }
            catch (Exception exception) when (exception is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                CannotLook(logger, exception.Message);
            }
        }
    }

    // One that cannot be carried out must not keep the others waiting: it comes back when its lease is over.
    private async Task TryAsync(Guid id, CancellationToken cancellationToken)
    {
        try
        {
            await work.RunAsync(id, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            NotYet(logger, id, exception.Message);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The posts of the repeat {Repeat} are not seen to yet; they are looked at again. {Why}")]
    private static partial void NotYet(ILogger logger, Guid repeat, string why);

    [LoggerMessage(LogLevel.Warning, "Repeats with something to do could not be looked for. {Why}")]
    private static partial void CannotLook(ILogger logger, string why);
}
