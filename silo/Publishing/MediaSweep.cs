using Coordination.Storage.Media;
using Coordination.Storage.Prepared;

namespace Coordination.Silo.Publishing;

/// <summary>Takes out images that were uploaded and that no post and no draft shows, and what platforms gave for posts long ago. Any silo may do it at any time: it is one statement each.</summary>
internal sealed partial class MediaSweep(IMediaStore store, IPreparedStore prepared, TimeProvider time, ILogger<MediaSweep> logger) : BackgroundService
{
    private const int Batch = 100;
    private static readonly TimeSpan Beat = TimeSpan.FromHours(1);
    private static readonly TimeSpan Unwanted = TimeSpan.FromDays(30);

    // No platform keeps a container or an upload nearly as long.
    private static readonly TimeSpan Outlived = TimeSpan.FromDays(30);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Beat, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                while (await store.PurgeAsync(Unwanted, Batch, stoppingToken) == Batch)
                {
                    // There are more.
                }

                while (await prepared.PurgeAsync(Outlived, Batch, stoppingToken) == Batch)
                {
                    // There are more.
                }
            }
            catch (Exception exception) when (exception is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                CannotPurge(logger, exception.Message);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "Images that nothing shows could not be taken out; they are looked for again in an hour. {Why}")]
    private static partial void CannotPurge(ILogger logger, string why);
}
