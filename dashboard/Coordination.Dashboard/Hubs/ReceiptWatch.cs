using System.Collections.Concurrent;
using Coordination.Dashboard.Live;
using Coordination.Storage.ReadModel;
using Microsoft.AspNetCore.SignalR;

namespace Coordination.Dashboard.Hubs;

/// <summary>Tells followers how the receipts of standing holds count up, until each covered account has acknowledged.</summary>
public sealed partial class ReceiptWatch(
    IBoard board, HubGroups groups, IHoldReader holds, IHubContext<CoordinationHub, ICoordinationClient> hub, TimeProvider time, ILogger<ReceiptWatch> logger)
    : BackgroundService
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(250);

    // A hold that is complete is looked at again now and then: a new account may have come under it.
    private static readonly TimeSpan PaceWhenComplete = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, Known> _known = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pace, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (!groups.AnyFollower)
            {
                _known.Clear();
                continue;
            }

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

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        var standing = board.Holds;
        foreach (var gone in _known.Keys.Except(standing.Select(hold => hold.Id), StringComparer.Ordinal))
        {
            _known.TryRemove(gone, out _);
        }

        foreach (var hold in standing)
        {
            var now = time.GetUtcNow();
            if (_known.TryGetValue(hold.Id, out var known) && known.Told.Acknowledged >= known.Told.Covered && now - known.At < PaceWhenComplete)
            {
                continue;
            }

            var (covered, acknowledged) = await holds.ReceiptCountAsync(hold.Id, cancellationToken);
            var receipts = new HoldReceipts(hold.Id, covered, acknowledged);
            _known[hold.Id] = new Known(receipts, now);
            if (known?.Told != receipts)
            {
                await hub.Clients.Group(HubGroups.Everybody).Receipts(receipts).WaitAsync(Pace, time, cancellationToken);
            }
        }
    }

    [LoggerMessage(1, LogLevel.Debug, "The receipts could not be counted or told ({Exception}).")]
    private partial void LogFailed(string exception);

    private sealed record Known(HoldReceipts Told, DateTimeOffset At);
}
