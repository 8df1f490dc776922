using Coordination.Domain.Accounts;

namespace Coordination.Storage.Verification;

/// <summary>All holds in the fence's order, as the journal has them.</summary>
internal sealed class HoldTimeline
{
    private readonly HoldRecord[] _byPlacing;
    private readonly HoldRecord[] _byLift;
    private readonly long[] _latestEnd;

    public HoldTimeline(IReadOnlyCollection<HoldRecord> holds)
    {
        ById = holds.ToDictionary(h => h.Id, StringComparer.Ordinal);
        _byPlacing = [.. holds.Where(h => h.Placing is not null && h.What is not null).OrderBy(h => h.PlacedSequence)];
        _byLift = [.. _byPlacing.Where(h => h.LiftedSequence is not null).OrderBy(h => h.LiftedSequence)];

        // The latest end among the first holds: looking back from a permit stops where none of the earlier ones can reach it.
        _latestEnd = new long[_byPlacing.Length];
        for (var i = 0; i < _byPlacing.Length; i++)
        {
            var end = _byPlacing[i].LiftedSequence ?? long.MaxValue;
            _latestEnd[i] = i == 0 ? end : Math.Max(end, _latestEnd[i - 1]);
        }
    }

    public IReadOnlyDictionary<string, HoldRecord> ById { get; }

    public IEnumerable<HoldRecord> Standing => _byPlacing.Where(h => h.Lift is null);

    /// <summary>The holds that stood at a sequence number and covered an account of these labels.</summary>
    public IEnumerable<HoldRecord> CoveringAt(long sequence, AccountKey key, AccountLabels labels)
    {
        for (var i = FirstFrom(_byPlacing, sequence, h => h.PlacedSequence) - 1; i >= 0 && _latestEnd[i] > sequence; i--)
        {
            if (_byPlacing[i].StoodAt(sequence) && _byPlacing[i].What!.Covers.Covers(key, labels))
            {
                yield return _byPlacing[i];
            }
        }
    }

    /// <summary>The holds that were lifted between two sequence numbers.</summary>
    public IEnumerable<HoldRecord> LiftedBetween(long after, long before)
    {
        for (var i = FirstFrom(_byLift, after + 1, h => h.LiftedSequence!.Value); i < _byLift.Length && _byLift[i].LiftedSequence < before; i++)
        {
            yield return _byLift[i];
        }
    }

    private static int FirstFrom(HoldRecord[] holds, long sequence, Func<HoldRecord, long> of)
    {
        var (low, high) = (0, holds.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (of(holds[middle]) < sequence)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
