using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using CsvHelper;

namespace Coordination.Storage.Exports;

/// <summary>Writes an export as a ZIP, straight to where it goes: an entry is in memory only while it is written. What grows with the journal is the list of streams.</summary>
/// <param name="source">The journal at one moment.</param>
/// <param name="head">Who asked, and what for.</param>
/// <param name="forms">Which files are wanted.</param>
public sealed class ExportWriter(ExportSource source, ExportHead head, ExportForms forms)
{
    /// <summary>The entries' file, one entry a line.</summary>
    public const string Lines = "entries.jsonl";

    /// <summary>The print's name.</summary>
    public const string Summary = "summary.pdf";

    private const string Product = "WmfsSmCoordinator";
    private const int Chunk = 64 * 1024;
    private readonly List<ExportFile> _files = [];
    private readonly List<ExportStream> _streams = [];
    private readonly SortedDictionary<string, long> _events = new(StringComparer.Ordinal);
    private long _entries;
    private long _redacted;

    /// <summary>Writes it. What is thrown on the way leaves a ZIP without an end, which no program takes for whole.</summary>
    /// <param name="output">Where it goes; written to in order and left open.</param>
    /// <param name="cancellationToken">Ends it: whoever asked is gone.</param>
    public async Task<ExportEnd> WriteAsync(Stream output, CancellationToken cancellationToken)
    {
        // Not disposed of when something fails: that would write the end of a whole ZIP.
        var zip = await ZipArchive.CreateAsync(output, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, cancellationToken);
        await FileAsync(zip, Lines, WriteLinesAsync, cancellationToken);
        if (forms.Csv)
        {
            await FileAsync(zip, ExportCsv.Name, WriteCsvAsync, cancellationToken);
        }

        if (forms.Summary is { } print)
        {
            var pdf = print(new ExportFacts(head, source.Question, source.AsOf, _entries, _redacted, _streams, _events, [.. _files]));
            await FileAsync(zip, Summary, (stream, ct) => stream.WriteAsync(pdf, ct).AsTask(), cancellationToken);
        }

        var question = source.Question;
        var manifest = new ExportManifest(
            Product, ExportManifest.Version, head.Id, ExportAsked.Of(question), question.Kind.Contents(), head.Reason, head.By, source.AsOf,
            _entries, _redacted, _streams, [.. _files]).ToBytes();
        await FileAsync(zip, ExportManifest.Name, (stream, ct) => stream.WriteAsync(manifest, ct).AsTask(), cancellationToken);
        await zip.DisposeAsync();
        await output.FlushAsync(cancellationToken);
        return new ExportEnd(_entries, _files.Sum(f => f.Bytes), Convert.ToHexStringLower(SHA256.HashData(manifest)));
    }

    private async Task FileAsync(ZipArchive zip, string name, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        var entry = zip.CreateEntry(name, CompressionLevel.Fastest);
        entry.LastWriteTime = source.AsOf;
        await using var stream = new MeasuredStream(await entry.OpenAsync(cancellationToken));
        await write(stream, cancellationToken);
        _files.Add(new ExportFile(name, stream.Bytes, stream.Sha256));
    }

    private async Task WriteLinesAsync(Stream stream, CancellationToken cancellationToken)
    {
        using var chunk = new MemoryStream();
        await using var json = new Utf8JsonWriter(chunk, ExportLine.Writing);
        await foreach (var line in source.EntriesAsync("lines", cancellationToken))
        {
            Count(line);
            line.Write(json);
            json.Flush();
            json.Reset();
            chunk.WriteByte((byte)'\n');
            await PassOnAsync(chunk, Chunk, stream, cancellationToken);
        }

        await PassOnAsync(chunk, 0, stream, cancellationToken);
    }

    private async Task WriteCsvAsync(Stream stream, CancellationToken cancellationToken)
    {
        const int rowsAtOnce = 100;
        using var chunk = new MemoryStream();
        await using var csv = CsvWriter.Create(chunk, ExportCsv.Writing, leaveOpen: true);
        csv.WriteRecord([.. ExportCsv.Columns]);
        var rows = 0L;
        await foreach (var line in source.EntriesAsync("rows", cancellationToken))
        {
            csv.WriteRecord(ExportCsv.Row(line));
            if (++rows % rowsAtOnce == 0)
            {
                csv.Flush();
            }

            await PassOnAsync(chunk, Chunk, stream, cancellationToken);
        }

        csv.Flush();
        await PassOnAsync(chunk, 0, stream, cancellationToken);
    }

    private static async Task PassOnAsync(MemoryStream chunk, int above, Stream stream, CancellationToken cancellationToken)
    {
        if (chunk.Length > above)
        {
            await stream.WriteAsync(chunk.GetBuffer().AsMemory(0, (int)chunk.Length), cancellationToken);
            chunk.SetLength(0);
        }
    }

    private void Count(ExportLine line)
    {
        _entries++;
        _redacted += line.Redacted ? 1 : 0;
        _events[line.Event] = _events.GetValueOrDefault(line.Event) + 1;
        if (_streams is [.., var last] && string.Equals(last.Stream, line.Stream, StringComparison.Ordinal))
        {
            _streams[^1] = last with { Entries = last.Entries + 1, Last = line.Number, LastHash = line.Hash };
        }
        else
        {
            _streams.Add(new ExportStream(line.Stream, 1, line.Number, line.Number, line.Hash));
        }
    }
}
