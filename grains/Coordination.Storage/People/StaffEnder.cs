using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Coordination.Storage.People;

/// <summary>Has the database make inactive whose last day is over. Every host asks; the database does it once, by its own clock.</summary>
/// <remarks>Nobody is let in a moment longer for want of it: whoever reads staff looks at the days. It takes them off standing holds for good, and puts it on record.</remarks>
public sealed partial class StaffEnder(IStaffRegister staff, TimeProvider time, ILogger<StaffEnder> logger) : BackgroundService
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Beat, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                foreach (var id in await staff.EndDueAsync(stoppingToken))
                {
                    Ended(logger, id);
                }
            }
            catch (Exception exception) when (exception is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                CannotEnd(logger, exception.Message);
            }
        }
    }

    [LoggerMessage(LogLevel.Information, "The last day of {Staff} is over; they are no longer active.")]
    private static partial void Ended(ILogger logger, string staff);

    [LoggerMessage(LogLevel.Warning, "It could not be looked up whose last day is over; nobody is let in for that, and it is tried again. {Why}")]
    private static partial void CannotEnd(ILogger logger, string why);
}
