using Coordination.Contracts;

namespace Coordination.Dashboard.Desks;

/// <summary>Starts what follows a hold. Nobody waits for it, and it may fail: the silos find standing holds without receipts by themselves.</summary>
public sealed partial class HoldFollowUp(IClusterClient cluster, ILogger<HoldFollowUp> logger)
{
    /// <summary>Starts it, off the caller's thread.</summary>
    public void Drive(string holdId) => _ = Task.Run(() => DriveAsync(holdId), CancellationToken.None);

    private async Task DriveAsync(string holdId)
    {
        try
        {
            await cluster.GetGrain<IHoldGrain>(GrainKeys.OfHold(holdId)).Drive();
        }
        catch (Exception e)
        {
            LogNotDriven(holdId, e.GetType().Name);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "No silo took up the receipts of hold {HoldId} ({Exception}). The hold stands all the same; receipts follow when a silo is back.")]
    private partial void LogNotDriven(string holdId, string exception);
}
