using Coordination.Storage.People.BreakGlass;

namespace Coordination.Dashboard.SignIn.BreakGlass;

/// <summary>Keeps for this host's pages which uses and locks of break-glass accounts nobody has seen yet. What one host is told, every host shows within a moment.</summary>
public sealed partial class BreakGlassAlarms(IBreakGlassStore store, TimeProvider time, ILogger<BreakGlassAlarms> logger) : BackgroundService
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);
    private volatile IReadOnlyList<BreakGlassAlarm> _open = [];

    /// <summary>Those that nobody has seen, as they were read last; the oldest first.</summary>
    public IReadOnlyList<BreakGlassAlarm> Open => _open;

    /// <summary>Reads again at once.</summary>
    public async Task LookAsync(CancellationToken cancellationToken) => _open = await store.AlarmsAsync(cancellationToken);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pace, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(e.GetType().Name);
            }
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "The alarms of break-glass accounts could not be read; tried again. Until then pages show those that were read last. {Why}")]
    private partial void LogFailed(string why);
}
