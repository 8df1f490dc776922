using Coordination.Storage.ReadModel;

namespace Coordination.Dashboard.Live;

/// <summary>Counts posts for the board's strip about once a second.</summary>
public sealed partial class PostCounter(Board board, IPostReader posts, TimeProvider time, ILogger<PostCounter> logger) : BackgroundService
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    // "Today" is the brigade's day, not the server's.
    private static readonly TimeZoneInfo Brigade =
        TimeZoneInfo.TryFindSystemTimeZoneById("Europe/London", out var zone) ? zone : TimeZoneInfo.Utc;

    /// <summary>The end of the brigade's day that a time lies in (UTC).</summary>
    public static DateTimeOffset EndOfDay(DateTimeOffset now)
    {
        var midnight = TimeZoneInfo.ConvertTime(now, Brigade).Date.AddDays(1);
        return new DateTimeOffset(midnight, Brigade.GetUtcOffset(midnight)).ToUniversalTime();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pace, time);
        do
        {
            try
            {
                board.Offer(await posts.CountAsync(EndOfDay(time.GetUtcNow()), stoppingToken));
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(e.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
