using System.Collections.Concurrent;
using Coordination.Contracts;
using Coordination.Domain.Accounts;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Coordination.Grains.Live;

/// <summary>One silo's feed: the latest summary of each account that changed, sent in one batch to each listener every 50 ms.</summary>
/// <remarks>State, not events: what is lost, doubled or late is healed by the next summary or by the listener's comparison with the database.</remarks>
public sealed partial class LiveFeed(IGrainFactory grains, TimeProvider time, ILogger<LiveFeed> logger) : BackgroundService
{
    private static readonly TimeSpan Flush = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Lookup = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<AccountKey, AccountSummary> _pending = new();
    private ILiveFeedObserver[] _listeners = [];

    /// <summary>Takes a change. Never waits.</summary>
    public void Tell(AccountSummary summary) =>
        _pending.AddOrUpdate(summary.Key, summary, (_, had) => had.Version > summary.Version ? had : summary);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Flush, time);
        var looked = long.MinValue;
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (looked == long.MinValue || time.GetElapsedTime(looked) >= Lookup)
            {
                looked = time.GetTimestamp();
                await LookUpListenersAsync();
            }

            if (!_pending.IsEmpty && _listeners.Length > 0)
            {
                Send();
            }
        }
    }

    private void Send()
    {
        var batch = new List<AccountSummary>(_pending.Count);
        foreach (var key in _pending.Keys)
        {
            if (_pending.TryRemove(key, out var summary))
            {
                batch.Add(summary);
            }
        }

        foreach (var listener in _listeners)
        {
            listener.Changed([.. batch]).Ignore();
        }
    }

    private async Task LookUpListenersAsync()
    {
        try
        {
            _listeners = await grains.GetGrain<IFeedDirectoryGrain>(GrainKeys.FeedDirectory).Listeners();
        }
        catch (Exception exception)
        {
            // Dashboards heal from the database meanwhile.
            NoDirectory(logger, exception.Message);
        }
    }

    [LoggerMessage(LogLevel.Debug, "The listeners could not be looked up. {Why}")]
    private static partial void NoDirectory(ILogger logger, string why);
}
