using Coordination.Storage.ReadModel;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Coordination.Storage.Fence;

/// <summary>Asks the fence to end what ends by itself. Every host does; the fence does it once, by the database's clock.</summary>
/// <remarks>While no host is there a hold stands beyond its end: it refuses a little longer, and never ends early.</remarks>
public sealed partial class HoldEnder(IFence fence, IHoldBoard board, TimeProvider time, ILogger<HoldEnder> logger) : BackgroundService
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    // This host's clock only says when it is worth asking: it may be wrong by as much.
    private static readonly TimeSpan ClocksDiffer = TimeSpan.FromMinutes(5);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Beat, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                CannotEnd(logger, exception.Message);
            }
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        var soon = time.GetUtcNow() + ClocksDiffer;
        if (!board.Standing.Any(hold => hold.EndsAt <= soon))
        {
            return;
        }

        foreach (var hold in await fence.EndDueHoldsAsync(cancellationToken))
        {
            Ended(logger, hold);
        }
    }

    [LoggerMessage(LogLevel.Information, "Hold {Hold} ended at the time that its placer chose.")]
    private static partial void Ended(ILogger logger, string hold);

    [LoggerMessage(LogLevel.Warning, "Holds whose end has come could not be ended yet; they stand, and it is tried again. {Why}")]
    private static partial void CannotEnd(ILogger logger, string why);
}
