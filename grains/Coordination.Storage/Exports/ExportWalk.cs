using System.Security.Cryptography;
using Coordination.Storage.Journal;

namespace Coordination.Storage.Exports;

/// <summary>Goes through the lines of an export, entry after entry, and holds each against its own hashes, the one before it, and what the manifest says of its stream.</summary>
internal sealed class ExportWalk(ExportManifest manifest, bool wholeStreams, ExportFaults faults)
{
    private readonly Dictionary<string, ExportStream> _awaited = Streams(manifest, faults);
    private readonly HashSet<string> _over = new(StringComparer.Ordinal);
    private ExportLine? _last;
    private long _first;
    private long _ofStream;
    private long _redacted;

    public long Entries { get; private set; }

    /// <summary>Takes the next line.</summary>
    public void Take(ExportLine line, long number)
    {
        Entries++;
        _redacted += line.Redacted ? 1 : 0;
        var where = $"{ExportWriter.Lines} line {number} ({line.Stream} entry {line.Number})";
        CheckAlone(line, where);
        CheckOrder(line, where);
        _last = line;
        _ofStream++;
    }

    /// <summary>The end of the file.</summary>
    public void End()
    {
        EndStream();
        foreach (var missing in _awaited.Values.Where(s => !_over.Contains(s.Stream)))
        {
            faults.Add($"{missing.Stream}: the manifest has {missing.Entries} entries of it, {ExportWriter.Lines} has none.");
        }

        if (Entries != manifest.Entries)
        {
            faults.Add($"{ExportWriter.Lines} has {Entries} entries, the manifest says {manifest.Entries}.");
        }

        if (_redacted != manifest.Redacted)
        {
            faults.Add($"{ExportWriter.Lines} has {_redacted} redacted entries, the manifest says {manifest.Redacted}.");
        }
    }

    private static Dictionary<string, ExportStream> Streams(ExportManifest manifest, ExportFaults faults)
    {
        var streams = new Dictionary<string, ExportStream>(StringComparer.Ordinal);
        foreach (var stream in manifest.Streams)
        {
            if (!streams.TryAdd(stream.Stream, stream))
            {
                faults.Add($"{ExportManifest.Name}: the stream {stream.Stream} is listed twice.");
            }
        }

        return streams;
    }

    // Its content against its salted hash, and all of it with the hash before it against its own.
    private void CheckAlone(ExportLine line, string where)
    {
        try
        {
            var former = Convert.FromHexString(line.Former);
            var row = line.ToRow();
            if (row.PayloadHash.Length != SHA256.HashSizeInBytes || row.Hash.Length != SHA256.HashSizeInBytes || former.Length != (line.Number == 1 ? 0 : SHA256.HashSizeInBytes))
            {
                faults.Add($"{where}: a hash in it is of another length than it must be.");
            }
            else if (JournalHash.Fault(row, former) is { } fault)
            {
                faults.Add($"{where}: {fault}");
            }
            else if (line.Redacted != line.Salt is null || (line.Redaction is not null && !line.Redacted))
            {
                faults.Add($"{where}: whether it was redacted is not what its content says.");
            }
        }
        catch (FormatException)
        {
            faults.Add($"{where}: a time or a hash in it cannot be read.");
        }
    }

    private void CheckOrder(ExportLine line, string where)
    {
        if (!string.Equals(line.Stream, _last?.Stream, StringComparison.Ordinal))
        {
            EndStream();
            if (_over.Contains(line.Stream))
            {
                faults.Add($"{where}: entries of this stream stand in two places.");
            }

            if (wholeStreams && line.Number != 1)
            {
                faults.Add($"{where}: the stream begins with entry {line.Number}; entry 1 is missing.");
            }

            (_first, _ofStream) = (line.Number, 0);
            return;
        }

        var last = _last!;
        if (line.Number <= last.Number)
        {
            faults.Add($"{where}: it comes after entry {last.Number}; entries were swapped or doubled.");
        }
        else if (line.Number == last.Number + 1)
        {
            if (!string.Equals(line.Former, last.Hash, StringComparison.Ordinal))
            {
                faults.Add($"{where}: it does not follow from the entry before it.");
            }
        }
        else if (wholeStreams)
        {
            faults.Add($"{where}: entry {last.Number + 1} is missing before it.");
        }
    }

    private void EndStream()
    {
        if (_last is not { } last || !_over.Add(last.Stream))
        {
            return;
        }

        if (!_awaited.TryGetValue(last.Stream, out var awaited))
        {
            faults.Add($"{last.Stream}: {ExportWriter.Lines} has it, and the manifest does not.");
        }
        else if (awaited != new ExportStream(last.Stream, _ofStream, _first, last.Number, last.Hash))
        {
            faults.Add($"{last.Stream}: there are {_ofStream} entries, {_first} to {last.Number}, and the last hash begins with {Begin(last.Hash)}; the manifest says {awaited.Entries} entries, {awaited.First} to {awaited.Last}, and {Begin(awaited.LastHash)}.");
        }
    }

    private static string Begin(string hash) => hash.Length > 12 ? hash[..12] : hash;
}
