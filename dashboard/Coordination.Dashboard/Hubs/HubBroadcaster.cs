using System.Threading.Channels;
using Coordination.Dashboard.Api;
using Coordination.Dashboard.Live;
using Microsoft.AspNetCore.SignalR;

namespace Coordination.Dashboard.Hubs;

/// <summary>Sends the board's changes to the groups that somebody follows: one message for each group and change, whatever the number of clients.</summary>
public sealed partial class HubBroadcaster(
    IBoardImages board, HubGroups groups, IHubContext<CoordinationHub, ICoordinationClient> hub, TimeProvider time, ILogger<HubBroadcaster> logger)
    : BackgroundService
{
    // A client that does not read must not keep the news from the others; its connection ends by its own time-out.
    private static readonly TimeSpan SlowClient = TimeSpan.FromMilliseconds(200);

    private const int BatchSize = 500;

    private readonly Channel<BoardChange> _changes = Channel.CreateUnbounded<BoardChange>(new UnboundedChannelOptions { SingleReader = true });

    /// <inheritdoc/>
    public override void Dispose()
    {
        board.Changed -= OnChanged;
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        board.Changed += OnChanged;
        await foreach (var change in _changes.Reader.ReadAllAsync(stoppingToken))
        {
            var sends = Send(change).ToArray();
            if (sends.Length > 0)
            {
                await Task.WhenAny(Task.WhenAll(sends.Select(WatchAsync)), Task.Delay(SlowClient, time, stoppingToken));
            }
        }
    }

    private void OnChanged(object? sender, BoardChange change)
    {
        if (groups.AnyFollower)
        {
            _changes.Writer.TryWrite(change);
        }
    }

    private IEnumerable<Task> Send(BoardChange change)
    {
        if (change.HoldsChanged)
        {
            var image = board.Image;
            yield return hub.Clients.Group(HubGroups.Everybody).Holds(new HoldSet(image.Revision, [.. image.Holds.Select(HoldDto.Of)]));
        }

        var forms = new Dictionary<string, AccountDto>(StringComparer.Ordinal);
        foreach (var (group, rows) in groups.Sort(change.Accounts))
        {
            foreach (var some in rows.Chunk(BatchSize))
            {
                yield return hub.Clients.Group(group).Accounts([.. some.Select(row => Form(forms, row))]);
            }
        }
    }

    private static AccountDto Form(Dictionary<string, AccountDto> forms, AccountRow row)
    {
        if (!forms.TryGetValue(row.Summary.Key.Value, out var form))
        {
            forms[row.Summary.Key.Value] = form = AccountDto.Of(row) with { Revision = row.Revision };
        }

        return form;
    }

    private async Task WatchAsync(Task send)
    {
        try
        {
            await send;
        }
        catch (Exception e)
        {
            LogSendFailed(e.GetType().Name);
        }
    }

    [LoggerMessage(1, LogLevel.Debug, "A change could not be sent to a group ({Exception}); its clients resume when they reconnect.")]
    private partial void LogSendFailed(string exception);
}
