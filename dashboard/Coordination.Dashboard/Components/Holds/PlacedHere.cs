using System.Collections.Concurrent;
using Coordination.Storage.Fence;

namespace Coordination.Dashboard.Components.Holds;

/// <summary>How quickly the holds placed through this host's pages were acknowledged. What another host placed is not known here, and then not shown.</summary>
public sealed class PlacedHere
{
    private const int Most = 500;
    private readonly ConcurrentDictionary<string, TimeSpan> _elapsed = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _order = new();

    /// <summary>Remembers an acknowledgement. A repeat's time says nothing about the first one's and is left out.</summary>
    public void Remember(PlacedHold placed)
    {
        if (placed.Repeated || !_elapsed.TryAdd(placed.Hold.Id, placed.Elapsed))
        {
            return;
        }

        _order.Enqueue(placed.Hold.Id);
        while (_order.Count > Most && _order.TryDequeue(out var old))
        {
            _elapsed.TryRemove(old, out _);
        }
    }

    /// <summary>Time from the wish to its acknowledgement; null when it is not known here.</summary>
    public TimeSpan? Elapsed(string holdId) => _elapsed.TryGetValue(holdId, out var elapsed) ? elapsed : null;
}
