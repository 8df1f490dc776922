using Coordination.Dashboard.Incidents;
using Coordination.Storage.Exercises;

namespace Coordination.Dashboard.Exercises;

/// <summary>Keeps for this host's pages what people have seen of what is real, while an exercise stands. What one host is told, every host shows within a moment.</summary>
public sealed partial class ExerciseScreen(IExerciseLines lines, TakeoverClock takeovers, ILogger<ExerciseScreen> logger) : BackgroundService
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(500);
    private volatile IReadOnlyList<RealSeen> _seen = [];

    /// <summary>What was seen since the exercise began, as it was read last.</summary>
    public IReadOnlyList<RealSeen> Seen => _seen;

    /// <summary>Reads again at once.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        if (RealFirst.Began(takeovers.Open) is { } began)
        {
            _seen = await lines.SeenAsync(began, cancellationToken);
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pace);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(e.Message);
            }
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "What was seen of real incidents could not be read; tried again. Until then they keep the screen. {Why}")]
    private partial void LogFailed(string why);
}
