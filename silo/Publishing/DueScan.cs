using Coordination.Contracts;
using Coordination.Storage.ReadModel;

namespace Coordination.Silo.Publishing;

/// <summary>Finds what is due soon, or overdue, and wakes the accounts. Every silo scans; a lease keeps two from waking the same post.</summary>
internal sealed partial class DueScan(DueScanner scanner, IGrainFactory grains, TimeProvider time, ILogger<DueScan> logger) : BackgroundService
{
    private const int Batch = 500;
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Beat, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                foreach (var account in await scanner.ClaimDueAsync(Batch, stoppingToken))
                {
                    grains.GetGrain<IAccountGrain>(GrainKeys.Of(account)).Wake().Ignore();
                }
            }
            catch (Exception exception) when (exception is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                CannotScan(logger, exception.Message);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "Due posts could not be looked for. {Why}")]
    private static partial void CannotScan(ILogger logger, string why);
}
