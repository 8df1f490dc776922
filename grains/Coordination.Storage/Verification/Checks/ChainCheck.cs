using Coordination.Storage.Journal;

namespace Coordination.Storage.Verification.Checks;

/// <summary>Numbers without gaps, hashes that follow from each other, contents that are what was hashed, sequence numbers that only grow.</summary>
internal sealed class ChainCheck(Findings findings)
{
    private string? _stream;
    private ChainWalk _walk = new();
    private long _sequence;
    private long _streams;
    private long _redacted;

    public void Look(JournalRow row)
    {
        if (!string.Equals(row.Stream, _stream, StringComparison.Ordinal))
        {
            (_stream, _walk, _sequence) = (row.Stream, new ChainWalk(), 0);
            _streams++;
        }

        findings.Looked();
        _redacted += row.Salt is null ? 1 : 0;
        if (_walk.Fault(row) is { } fault)
        {
            findings.Differs(row.Stream, fault, row.Number);
        }

        // Whoever writes a stream has it alone, and draws its sequence numbers meanwhile.
        if (row.FenceSequence is { } sequence)
        {
            if (sequence <= _sequence)
            {
                findings.Differs(row.Stream, $"Its sequence number {sequence} is not greater than {_sequence} of an entry before it.", row.Number);
            }

            _sequence = sequence;
        }
    }

    public void End()
    {
        findings.Note($"{_streams} streams.");
        if (_redacted > 0)
        {
            findings.Note($"{_redacted} entries are redacted: their content is gone, the chain goes on over them.");
        }
    }
}
