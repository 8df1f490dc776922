using System.Text;
using CsvHelper;

namespace Coordination.Dashboard.Incidents.Trials;

/// <summary>Reads a recording of incidents from a CSV file (UTF-8, a header, commas): rows that fit, and each that does not by its line.</summary>
/// <remarks>A row that cannot be read is left out and told. A file of which most cannot be is refused: it is the map that does not fit, or another file.</remarks>
public static class RecordedCsv
{
    /// <summary>Bytes of a file: 10 MB.</summary>
    public const int MaxBytes = 10 * 1024 * 1024;

    /// <summary>Rows below the header.</summary>
    public const int MaxRows = 100_000;

    /// <summary>Rows that are told one by one when they cannot be read; the rest is counted.</summary>
    public const int ShownFaults = 20;

    private const int MaxColumns = 200;
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="said">Columns that somebody named, by the fields' ids; the names of the file's columns suggest the others.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static RecordedReading Read(ReadOnlyMemory<byte> file, IReadOnlyDictionary<string, string> said, CancellationToken cancellationToken = default)
    {
        if (file.Length > MaxBytes)
        {
            return new RecordedReading.Refused($"The file is larger than {MaxBytes / (1024 * 1024)} MB. Nothing was tried. Split it.");
        }

        string text;
        try
        {
            text = Strict.GetString(file.Span).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            return new RecordedReading.Refused("The file is not UTF-8 text. Nothing was tried. Save it as 'CSV UTF-8'.");
        }

        return text.Contains('\0', StringComparison.Ordinal)
            ? new RecordedReading.Refused("The file is no text file. Nothing was tried. Choose a CSV file.")
            : ReadText(text, said, cancellationToken);
    }

    private static RecordedReading ReadText(string text, IReadOnlyDictionary<string, string> said, CancellationToken cancellationToken)
    {
        var faults = new Faults();
        using var reader = CsvReader.FromText(text, new CsvReaderOptions
        {
            Separator = ',',
            HasHeader = false,
            TrackLineNumbers = true,
            TrimWhitespace = true,
            TrimInsideQuotes = true,

            // A quotation mark that is not closed must not swallow the lines below it.
            AllowLineBreaksInQuotes = false,
            MalformedData = CsvMalformedDataHandling.Skip,
            OnMalformedRecord = bad => faults.Add(new RowFault((int)bad.LineNumber, null, "has a quotation mark that does not fit")),
        });
        if (!reader.Read())
        {
            return new RecordedReading.Refused("The file is empty. Nothing was tried. Its first line names the columns.");
        }

        var header = Fields(reader);
        if (header.Length > MaxColumns)
        {
            return new RecordedReading.Refused($"The file has more than {MaxColumns} columns. Nothing was tried. Take out those that say nothing of an incident.");
        }

        var map = ColumnMap.Guess(header).With(said);
        if (map.Unfit(header) is { } unfit)
        {
            return new RecordedReading.Refused(unfit) { Header = header, Map = map };
        }

        var rows = new RowReader(header, map);
        var count = 0;
        while (reader.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (++count > MaxRows)
            {
                return new RecordedReading.Refused($"The file has more than {MaxRows:#,0} rows. Nothing was tried. Split it.") { Header = header, Map = map };
            }

            if (rows.Take(Fields(reader), (int)reader.LineNumber) is { } fault)
            {
                faults.Add(fault);
            }
        }

        return Conclude(rows, faults, header, map);
    }

    private static RecordedReading Conclude(RowReader rows, Faults faults, string[] header, ColumnMap map)
    {
        var (good, bad) = (rows.Rows.Count, faults.Count);
        if (good > bad)
        {
            return new RecordedReading.Accepted(rows.Rows, rows.Skipped, rows.Twice) { Lines = rows.Lines, Header = header, Map = map, Faults = faults.First, BadRows = bad };
        }

        var why = good + bad == 0
            ? "The file has no rows below its header. Nothing was tried."
            : FormattableString.Invariant($"{bad} of {good + bad} rows cannot be read, so the columns do not fit. Nothing was tried. The first: {faults.First[0].Words}. Say which column holds what.");
        return new RecordedReading.Refused(why) { Header = header, Map = map, Faults = faults.First, BadRows = bad };
    }

    private static string[] Fields(CsvReader reader)
    {
        var fields = new string[reader.FieldCount];
        for (var i = 0; i < fields.Length; i++)
        {
            fields[i] = reader.GetString(i);
        }

        return fields;
    }

    private sealed class Faults
    {
        private readonly List<RowFault> _first = [];

        public int Count { get; private set; }

        // The reader tells of a line with a bad quotation mark before the lines above it were taken.
        public IReadOnlyList<RowFault> First => [.. _first.OrderBy(f => f.Line)];

        public void Add(RowFault fault)
        {
            Count++;
            if (_first.Count < ShownFaults)
            {
                _first.Add(fault);
            }
        }
    }
}
