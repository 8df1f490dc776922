using Coordination.Dashboard.Team;
using Coordination.Domain.Incidents.Rules;
using Coordination.Storage.Incidents;

namespace Coordination.Dashboard.Incidents;

/// <summary>Carries out proposals whose time has come and takeovers that a host left half done, and keeps what is open for this host's pages. Every host does; one hold comes of it.</summary>
public sealed partial class TakeoverClock(ITakeoverStore takeovers, TakeoverWork work, TimeProvider time, ILogger<TakeoverClock> logger) : BackgroundService
{
    private const int AtOnce = 4;
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(500);

    private readonly Doorbell _bell = new();
    private volatile IReadOnlyList<Takeover> _open = [];

    /// <summary>Proposals that wait, takeovers under way and shadow holds, by when they are due; as it was read last.</summary>
    public IReadOnlyList<Takeover> Open => _open;

    /// <summary>Reads again at once.</summary>
    public void Knock() => _bell.Knock();

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
                _open = await takeovers.OpenAsync(stoppingToken);
                var due = _open.Where(t => t.State == TakeoverState.Running || (t.State == TakeoverState.Pending && t.DueAt <= time.GetUtcNow())).ToArray();
                if (due.Length > 0)
                {
                    await Parallel.ForEachAsync(due, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stoppingToken }, async (takeover, cancellation) => await TryAsync(takeover, cancellation));
                    _open = await takeovers.OpenAsync(stoppingToken);
                }
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(e.Message);
            }

            await _bell.WaitAsync(Pace, stoppingToken);
        }
    }

    // One that cannot be carried out must not keep the others waiting: it is tried again at the next look.
    private async Task TryAsync(Takeover takeover, CancellationToken cancellationToken)
    {
        try
        {
            var now = takeover;
            if (takeover.State == TakeoverState.Pending)
            {
                // The database's clock decides whether its time has come, and whether a veto was first.
                await takeovers.StepAsync(takeover.Id, TakeoverStep.Due, TakeoverWork.SystemFor(takeover.Number), null, null, cancellationToken);
                now = await takeovers.FindAsync(takeover.Id, cancellationToken) ?? takeover;
            }

            await work.RunAsync(now, cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            LogNotYet(takeover.Id, e.Message);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "Proposals and takeovers could not be read; tried again. {Why}")]
    private partial void LogFailed(string why);

    [LoggerMessage(2, LogLevel.Warning, "The takeover {Takeover} is not carried out yet; tried again. {Why}")]
    private partial void LogNotYet(Guid takeover, string why);
}
