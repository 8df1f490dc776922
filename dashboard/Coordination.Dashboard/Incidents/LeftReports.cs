using Coordination.Domain.Incidents.Cap;
using Coordination.Storage.Incidents;

namespace Coordination.Dashboard.Incidents;

/// <summary>Decides messages whose host stopped before it could, once the takeovers that they wanted have come to their end. Every host looks; the first decision stands.</summary>
public sealed partial class LeftReports(IIncidentFiles files, ReportDesk desk, IIncidentDesk alerts, TimeProvider time, ILogger<LeftReports> logger) : BackgroundService
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pace, time);
        do
        {
            try
            {
                foreach (var left in await files.LeftAsync(stoppingToken))
                {
                    await TryAsync(left, stoppingToken);
                }
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(e.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    // One that cannot be decided must not keep the others waiting: it is tried again at the next look.
    private async Task TryAsync(LeftReport left, CancellationToken cancellationToken)
    {
        try
        {
            await (left.Source.StartsWith(CapReports.SourcePrefix, StringComparison.Ordinal) ? alerts.DecideAsync(left, cancellationToken) : desk.DecideAsync(left, cancellationToken));
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            LogNotYet(left.MessageId, e.Message);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "Messages of which nothing was decided could not be read; tried again. {Why}")]
    private partial void LogFailed(string why);

    [LoggerMessage(2, LogLevel.Warning, "Nothing is decided about the message {Message} yet; tried again. {Why}")]
    private partial void LogNotYet(Guid message, string why);
}
