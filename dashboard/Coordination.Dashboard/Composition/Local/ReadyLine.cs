using Coordination.Dashboard.Live;
using Coordination.Storage.ReadModel;

namespace Coordination.Dashboard.Composition.Local;

/// <summary>Waits until the board has what the database has, so that "ready" means ready.</summary>
internal static class ReadyLine
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    /// <summary>Waits.</summary>
    /// <exception cref="LocalStartException">The board did not catch up in time.</exception>
    public static async Task WaitForBoardAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var board = services.GetRequiredService<IBoard>();
        var time = services.GetRequiredService<TimeProvider>();
        var expected = (await services.GetRequiredService<IAccountReader>().VersionsAsync(cancellationToken)).Count;
        var started = time.GetTimestamp();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50), time);
        while (board.AsOf is null || board.Accounts.Count < expected)
        {
            if (time.GetElapsedTime(started) > Deadline)
            {
                throw new LocalStartException($"The board shows {board.Accounts.Count} of {expected} accounts after a minute.");
            }

            await timer.WaitForNextTickAsync(cancellationToken);
        }
    }
}
