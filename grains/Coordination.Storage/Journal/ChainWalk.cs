namespace Coordination.Storage.Journal;

/// <summary>Walks one stream from its first entry on and says what does not fit.</summary>
internal sealed class ChainWalk
{
    private byte[] _former = [];
    private long _number;

    /// <summary>What is wrong with the next entry; null when nothing is. After a fault it goes on from what is stored, so that one fault is told once.</summary>
    public string? Fault(JournalRow row)
    {
        var fault = row.Number == _number + 1
            ? JournalHash.Fault(row, _former)
            : $"Entry {_number + 1} is missing: the next one has number {row.Number}.";
        (_number, _former) = (row.Number, row.Hash);
        return fault;
    }
}
