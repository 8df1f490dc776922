using Coordination.Dashboard.Api;
using Coordination.Dashboard.Live;
using Microsoft.AspNetCore.SignalR;

namespace Coordination.Dashboard.Hubs;

/// <summary>The live board for programs: a snapshot, then what changes.</summary>
/// <remarks>
/// A connection joins its groups before its snapshot is taken, so no change falls between the two; a change that overtakes the
/// snapshot has the greater revision.
/// </remarks>
public sealed class CoordinationHub(IBoardImages board, HubGroups groups, HubEpoch epoch, HubLeavers leavers) : Hub<ICoordinationClient>
{
    /// <summary>Where the hub is.</summary>
    public const string Path = "/hubs/coordination";

    private const int PartSize = 500;
    private const string Followed = "followed";

    /// <summary>Follows these groups, and no others from now on; the snapshot comes before this answers.</summary>
    public async Task Follow(IReadOnlyList<string> groups)
    {
        var wanted = HubGroups.Parse(groups);
        await MoveAsync(wanted);
        await SendAsync(wanted, board.Image, since: null);
    }

    /// <summary>Follows again after a reconnect: what changed since a revision of the same epoch, else everything.</summary>
    public async Task Resume(IReadOnlyList<string> groups, string? lastEpoch, long sinceRevision)
    {
        var wanted = HubGroups.Parse(groups);
        await MoveAsync(wanted);
        var image = board.Image;
        var same = string.Equals(lastEpoch, epoch.Value, StringComparison.Ordinal) && sinceRevision >= 0 && sinceRevision <= image.Revision;
        await SendAsync(wanted, image, same ? sinceRevision : null);
    }

    /// <inheritdoc/>
    public override Task OnConnectedAsync()
    {
        leavers.Enter(Context);
        return base.OnConnectedAsync();
    }

    /// <inheritdoc/>
    public override Task OnDisconnectedAsync(Exception? exception)
    {
        leavers.Leave(Context);
        groups.Leave(Current);
        return base.OnDisconnectedAsync(exception);
    }

    private IReadOnlyList<string> Current => Context.Items.TryGetValue(Followed, out var some) && some is IReadOnlyList<string> list ? list : [];

    private async Task MoveAsync(IReadOnlyList<string> wanted)
    {
        var before = Current;
        foreach (var group in before.Except(wanted, StringComparer.Ordinal))
        {
            await Groups.RemoveFromGroupAsync(Context.ConnectionId, group, Context.ConnectionAborted);
        }

        groups.Enter(wanted);
        Context.Items[Followed] = wanted;
        groups.Leave(before);
        foreach (var group in wanted.Append(HubGroups.Everybody))
        {
            await Groups.AddToGroupAsync(Context.ConnectionId, group, Context.ConnectionAborted);
        }
    }

    private async Task SendAsync(IReadOnlyList<string> wanted, BoardImage image, long? since)
    {
        var chosen = wanted.ToHashSet(StringComparer.Ordinal);
        var rows = image.Accounts.Values
            .Where(row => (since is null || row.Revision > since) && HubGroups.Contain(chosen, row))
            .Select(row => AccountDto.Of(row) with { Revision = row.Revision });
        var parts = rows.Chunk(PartSize).ToArray();
        HoldDto[] holds = [.. image.Holds.Select(HoldDto.Of)];
        for (var i = 0; i < Math.Max(parts.Length, 1); i++)
        {
            var last = i >= parts.Length - 1;
            await Clients.Caller.Snapshot(new BoardSnapshot(
                epoch.Value, image.Revision, since is null, i < parts.Length ? parts[i] : [], last ? holds : [], !last));
        }
    }
}

/// <summary>Names one run of this host, because a board's revisions begin at 0 with each run.</summary>
public sealed class HubEpoch
{
    /// <summary>The name.</summary>
    public string Value { get; } = Guid.NewGuid().ToString("N");
}
