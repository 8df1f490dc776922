using Coordination.Contracts;
using Coordination.Storage.ReadModel;

namespace Coordination.Silo.Holds;

/// <summary>Knocks at every standing hold that lacks receipts: a hold placed while silos were dead gets them when they are back.</summary>
internal sealed partial class HoldDriver(IHoldBoard board, IHoldReader holds, IGrainFactory grains, TimeProvider time, ILogger<HoldDriver> logger)
    : BackgroundService
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(30);
    private readonly Dictionary<string, DateTimeOffset> _complete = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Beat, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                foreach (var hold in board.Standing)
                {
                    await KnockAsync(hold.Id, stoppingToken);
                }
            }
            catch (Exception exception) when (exception is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                CannotDrive(logger, exception.Message);
            }
        }
    }

    // An account that is registered or moved later needs a receipt, too: what was complete is looked at again.
    private async Task KnockAsync(string hold, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (_complete.TryGetValue(hold, out var at) && now - at < LookAgain)
        {
            return;
        }

        var (covered, acknowledged) = await holds.ReceiptCountAsync(hold, cancellationToken);
        if (acknowledged >= covered)
        {
            _complete[hold] = now;
        }
        else
        {
            _complete.Remove(hold);
            await grains.GetGrain<IHoldGrain>(GrainKeys.OfHold(hold)).Drive();
        }
    }

    [LoggerMessage(LogLevel.Warning, "Receipts could not be driven. {Why}")]
    private static partial void CannotDrive(ILogger logger, string why);
}
