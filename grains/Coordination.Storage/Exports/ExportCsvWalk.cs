using CsvHelper;

namespace Coordination.Storage.Exports;

/// <summary>Holds the rows of <c>entries.csv</c> against the lines of <c>entries.jsonl</c>: whoever reads the table reads what was checked.</summary>
internal sealed class ExportCsvWalk : IAsyncDisposable
{
    private readonly CsvReader _reader;
    private readonly ExportFaults _faults;
    private bool _begun;
    private bool _broken;

    public ExportCsvWalk(Stream stream, ExportFaults faults) =>
        (_reader, _faults) = (CsvReader.Create(stream, ExportCsv.Reading, leaveOpen: true), faults);

    /// <summary>Reads the next row and compares it; a line that could not be read has only its row passed over.</summary>
    public async ValueTask TakeAsync(ExportLine? line, long number, CancellationToken cancellationToken)
    {
        await BeginAsync(cancellationToken);
        if (_broken)
        {
            return;
        }

        if (!await NextAsync(cancellationToken))
        {
            Break($"{ExportCsv.Name} ends before its row of {ExportWriter.Lines} line {number}.");
        }
        else if (line is not null)
        {
            Compare([.. ExportCsv.Row(line).Select(ExportCsv.Shown)], $"{ExportCsv.Name}, row of {line.Stream} entry {line.Number}", ExportCsv.Columns);
        }
    }

    /// <summary>After the last line.</summary>
    public async ValueTask EndAsync(CancellationToken cancellationToken)
    {
        await BeginAsync(cancellationToken);
        if (!_broken && await NextAsync(cancellationToken))
        {
            Break($"{ExportCsv.Name} has more rows than {ExportWriter.Lines} has lines.");
        }
    }

    public ValueTask DisposeAsync()
    {
        _reader.Dispose();
        return ValueTask.CompletedTask;
    }

    private async ValueTask BeginAsync(CancellationToken cancellationToken)
    {
        if (!_begun && await NextAsync(cancellationToken))
        {
            Compare(ExportCsv.Columns, $"{ExportCsv.Name}, its first row", ExportCsv.Columns);
        }

        _begun = true;
    }

    private async ValueTask<bool> NextAsync(CancellationToken cancellationToken)
    {
        try
        {
            return !_broken && await _reader.ReadAsync(cancellationToken);
        }
        catch (CsvFormatException)
        {
            Break($"{ExportCsv.Name} cannot be read as CSV from here on.");
            return false;
        }
    }

    private void Compare(IReadOnlyList<string> expected, string where, IReadOnlyList<string> columns)
    {
        if (_reader.FieldCount != expected.Count)
        {
            _faults.Add($"{where}: it has {_reader.FieldCount} cells, not {expected.Count}.");
            return;
        }

        for (var i = 0; i < expected.Count; i++)
        {
            if (!string.Equals(_reader.GetString(i), expected[i], StringComparison.Ordinal))
            {
                _faults.Add($"{where}: the cell {columns[i]} is not what {ExportWriter.Lines} has.");
            }
        }
    }

    // What follows would only say the same again.
    private void Break(FormattableString words)
    {
        if (!_broken)
        {
            _broken = true;
            _faults.Add(words);
        }
    }
}
