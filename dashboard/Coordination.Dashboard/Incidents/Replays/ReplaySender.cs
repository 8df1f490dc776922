using System.Text;
using Coordination.Dashboard.Team;
using Coordination.Domain.Incidents.Replays;
using Coordination.Domain.People;
using Coordination.Storage.Incidents;

namespace Coordination.Dashboard.Incidents.Replays;

/// <summary>Sends the reports of the replay that runs, each when it is due, the way that a signed one goes. Every host would; one does at a time, by a lease in the database.</summary>
/// <remarks>A report is sent, then noted. A host that stops in between leaves it to the next one, which sends the same bytes again: they are the same message, and count once.</remarks>
public sealed partial class ReplaySender(IReplayStore replays, ReportDesk desk, ILogger<ReplaySender> logger) : BackgroundService
{
    /// <summary>For how long a replay is this host's without a sign of life; each step lengthens it. Nothing between two steps takes as long.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    // So soon a pause, a stop, and whatever is real are seen.
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    private readonly Doorbell _bell = new();

    /// <summary>Has this host look at once.</summary>
    public void Knock() => _bell.Knock();

    /// <summary>Who delivers what is replayed.</summary>
    public static Actor ActorFor(string startedName) => new(ReplayReports.Source, $"Replay of recorded incidents (exercise), started by {startedName}", Role.System);

    /// <inheritdoc/>
    public override void Dispose()
    {
        base.Dispose();
        _bell.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await replays.ClaimAsync(Lease, stoppingToken) is { } claimed)
                {
                    await RunAsync(claimed, stoppingToken);
                }
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(e.GetType().Name);
            }

            await _bell.WaitAsync(Pace, stoppingToken);
        }
    }

    private async Task RunAsync(ClaimedReplay claimed, CancellationToken cancellationToken)
    {
        LogTaken(claimed.Id);
        try
        {
            while (await StepAsync(claimed, cancellationToken) is { } wait)
            {
                if (wait > TimeSpan.Zero)
                {
                    await _bell.WaitAsync(wait < Pace ? wait : Pace, cancellationToken);
                }
            }
        }
        finally
        {
            await ReleaseAsync(claimed);
        }
    }

    /// <summary>Takes one step of a replay that this host has.</summary>
    /// <returns>How long to wait before the next; null when it is over for this host.</returns>
    internal async Task<TimeSpan?> StepAsync(ClaimedReplay claimed, CancellationToken cancellationToken)
    {
        switch (await replays.NextAsync(claimed, Lease, cancellationToken))
        {
            case ReplayNext.Wait wait:
                return wait.For;
            case ReplayNext.Send send:
                var body = Encoding.UTF8.GetBytes(send.Report);
                var decision = await desk.ReceiveAsync(body, ReplayReports.Source, ActorFor(claimed.StartedName), cancellationToken) switch
                {
                    ReportAnswer.Filed filed => filed.Decision,
                    ReportAnswer.Invalid => IncidentDecisions.Refused,
                    _ => throw new InvalidOperationException("An exercise waits for no hold."),
                };
                return await replays.NoteAsync(claimed, Lease, send.N, MessageIds.Of(body), decision, CancellationToken.None) ? TimeSpan.Zero : null;
            default:
                return null;
        }
    }

    private async Task ReleaseAsync(ClaimedReplay claimed)
    {
        try
        {
            await replays.ReleaseAsync(claimed, CancellationToken.None);
        }
        catch (Exception e)
        {
            // The lease ends by itself.
            LogFailed(e.GetType().Name);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "The replay of recorded incidents was broken off ({Why}); this host or another one goes on.")]
    private partial void LogFailed(string why);

    [LoggerMessage(2, LogLevel.Information, "This host sends the replay {Replay}: exercises, and nothing else.")]
    private partial void LogTaken(Guid replay);
}
