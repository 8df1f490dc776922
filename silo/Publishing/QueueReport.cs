using Coordination.Silo.Hosting;
using Coordination.Storage.ReadModel;

namespace Coordination.Silo.Publishing;

/// <summary>Says what this silo has in hand: as a metric always, and to all hosts while there is something.</summary>
internal sealed partial class QueueReport(
    PublishingWorker worker, QueueReader queues, PublishingInstruments instruments, SiloOptions options, TimeProvider time, ILogger<QueueReport> logger) : BackgroundService
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(2);
    private readonly string _name = options.Name is { Length: > 0 } name ? name : Environment.MachineName;
    private bool _told;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Beat, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var (posts, oldest) = worker.Waiting();
            instruments.OnWaiting(posts, oldest is { } due ? time.GetUtcNow() - due : TimeSpan.Zero);
            if (posts == 0 && !_told)
            {
                continue;
            }

            try
            {
                await queues.TellAsync(_name, posts, oldest, stoppingToken);
                _told = posts > 0;
            }
            catch (Exception exception) when (exception is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                CannotTell(logger, exception.Message);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "What this silo has in hand could not be told. {Why}")]
    private static partial void CannotTell(ILogger logger, string why);
}
