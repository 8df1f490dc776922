using Coordination.Domain.Incidents.Feeds;
using Coordination.Storage.Incidents;

namespace Coordination.Dashboard.Incidents.Pull;

/// <summary>Polls the configured feeds when their time has come, and keeps how they do for this host's pages. Every host does; a feed is one host's at a time, by a lease in the database.</summary>
internal sealed partial class FeedPuller(FeedSources sources, IAlertFeeds feeds, FeedPull pull, TimeProvider time, ILogger<FeedPuller> logger) : BackgroundService, IFeedWatch
{
    private const int AtOnce = 8;
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _knock = new(0, 1);
    private volatile IReadOnlyList<FeedStanding> _standing = [];

    /// <inheritdoc/>
    public int Troubled => _standing.Count(s => sources.Find(s.Id) is { } feed && FeedHealth.NeedsSomebody(s.Facts, feed.Every, time.GetUtcNow()));

    /// <inheritdoc/>
    public void Knock()
    {
        try
        {
            _knock.Release();
        }
        catch (SemaphoreFullException)
        {
            // Somebody has knocked already.
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        base.Dispose();
        _knock.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (sources.All.Count == 0)
        {
            return;
        }

        var (known, running) = (false, new Dictionary<string, Task>(StringComparer.Ordinal));
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                try
                {
                    known = known || await KnowAsync(stoppingToken);
                    await StartDueAsync(running, stoppingToken);
                    _standing = await feeds.StandingAsync(sources.Ids, stoppingToken);
                }
                catch (Exception e) when (!stoppingToken.IsCancellationRequested)
                {
                    LogFailed(e.Message);
                }

                await _knock.WaitAsync(Pace, stoppingToken);
            }
        }
        finally
        {
            // Each lets go of its feed, so that another host goes on at once.
            await Task.WhenAll(running.Values);
        }
    }

    private async Task<bool> KnowAsync(CancellationToken cancellationToken)
    {
        foreach (var feed in sources.All)
        {
            await feeds.KnowAsync(feed.Id, feed.Digest, cancellationToken);
        }

        return true;
    }

    // A slow feed keeps no other one waiting: each runs for itself.
    private async Task StartDueAsync(Dictionary<string, Task> running, CancellationToken cancellationToken)
    {
        foreach (var ended in running.Where(r => r.Value.IsCompleted).Select(r => r.Key).ToArray())
        {
            running.Remove(ended);
        }

        string[] idle = [.. sources.Ids.Where(id => !running.ContainsKey(id))];
        if (idle.Length == 0 || running.Count >= AtOnce)
        {
            return;
        }

        foreach (var claimed in await feeds.ClaimAsync(idle, FeedPull.Lease, AtOnce - running.Count, cancellationToken))
        {
            running[claimed.Id] = RunAsync(claimed, cancellationToken);
        }
    }

    private async Task RunAsync(ClaimedFeed claimed, CancellationToken cancellationToken)
    {
        // Off this loop's turn from the first step on.
        await Task.Yield();
        await pull.RunAsync(sources.Find(claimed.Id)!, claimed, cancellationToken);
    }

    [LoggerMessage(LogLevel.Warning, "Feeds with alerts could not be looked after; tried again. {Why}")]
    private partial void LogFailed(string why);
}

/// <summary>How the pulled feeds do, for all pages of this host.</summary>
public interface IFeedWatch
{
    /// <summary>How many somebody should look at, as it was read last.</summary>
    int Troubled { get; }

    /// <summary>Has this host look at once for feeds whose time has come.</summary>
    void Knock();
}
