using Coordination.Storage.ReadModel;

namespace Coordination.Dashboard.Live;

/// <summary>Fills the board from the database and heals it: compares all versions now and then and fetches what was missed.</summary>
public sealed partial class BoardKeeper(Board board, BoardFeed feed, IAccountReader reader, TimeProvider time, ILogger<BoardKeeper> logger)
    : BackgroundService
{
    private static readonly TimeSpan Fed = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Unfed = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);

    private bool _loaded;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var wait = feed.IsFed ? Fed : Unfed;
            try
            {
                var began = time.GetUtcNow();
                await (_loaded ? HealAsync(stoppingToken) : LoadAsync(stoppingToken));
                board.MarkWhole(began);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(e.Message);
                wait = Retry;
            }

            await feed.WaitForReturnAsync(wait, stoppingToken);
        }
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        var all = await reader.AllAsync(cancellationToken);
        board.Offer(all);
        _loaded = true;
        LogLoaded(all.Count);
    }

    private async Task HealAsync(CancellationToken cancellationToken)
    {
        var versions = await reader.VersionsAsync(cancellationToken);
        var known = board.Image.Accounts;
        var have = known.ToDictionary(row => row.Key.Value, row => row.Value.Summary.Version, StringComparer.Ordinal);
        var missed = versions.Where(v => !have.TryGetValue(v.Key, out var version) || version < v.Value).Select(v => v.Key).ToArray();
        foreach (var some in missed.Chunk(1000))
        {
            board.Offer(await reader.ReadAsync(some, cancellationToken));
        }

        if (missed.Length > 0)
        {
            LogHealed(missed.Length);
        }
    }
}
