using Coordination.Storage.Retention;

namespace Coordination.Silo.Retention;

/// <summary>Has the sweep run once in about a day, on whichever silo looks first: counting alone, unless two people have switched on that it acts.</summary>
internal sealed partial class RetentionNight(IRetentionSweep sweep, TimeProvider time, ILogger<RetentionNight> logger) : BackgroundService
{
    private static readonly TimeSpan Beat = TimeSpan.FromHours(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Beat, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                if (await sweep.RunByItselfAsync(stoppingToken) is { } run)
                {
                    Ran(logger, run.Counts.Values.Sum(), run.Taken.Values.Sum());
                }
            }
            catch (Exception exception) when (exception is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                CannotRun(logger, exception.Message);
            }
        }
    }

    [LoggerMessage(LogLevel.Information, "Retention: {Due} rows are over their time, {Taken} were taken out.")]
    private static partial void Ran(ILogger logger, long due, long taken);

    [LoggerMessage(LogLevel.Warning, "Retention could not be looked at; it is tried again in an hour. {Why}")]
    private static partial void CannotRun(ILogger logger, string why);
}
