using System.Text;
using Coordination.Domain.Accounts;
using CsvHelper;

namespace Coordination.Storage.Register;

/// <summary>A line of a CSV file, its fields by the names of the columns.</summary>
/// <param name="number">Line of the file where it starts.</param>
/// <param name="fields">Fields by column, trimmed; an optional column that the file leaves out reads as empty.</param>
internal sealed class CsvLine(int number, Dictionary<string, string> fields)
{
    /// <summary>Line of the file where it starts.</summary>
    public int Number { get; } = number;

    /// <summary>The field of a column.</summary>
    public string this[string column] => fields.GetValueOrDefault(column, string.Empty);
}

/// <summary>Reads a CSV file with a header into lines, naming everything that keeps a line from being read.</summary>
/// <param name="faults">Takes the faults.</param>
internal sealed class CsvTable(FaultList faults)
{
    private static readonly UTF8Encoding s_strictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a file: UTF-8 with or without mark, commas, fields in double quotation marks where needed, columns in any order.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="required">Columns that must be there.</param>
    /// <param name="optional">Columns that may be there.</param>
    public List<CsvLine> Read(ReadOnlyMemory<byte> bytes, string[] required, params string[] optional)
    {
        if (bytes.Length > RegisterLimits.MaxBytes)
        {
            faults.Add(0, column: null, $"is larger than {RegisterLimits.MaxBytes / (1024 * 1024)} MB; split it");
            return [];
        }

        string text;
        try
        {
            text = s_strictUtf8.GetString(bytes.Span).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            faults.Add(0, column: null, "is not UTF-8 text; save it as 'CSV UTF-8'");
            return [];
        }

        if (text.Contains('\0', StringComparison.Ordinal))
        {
            faults.Add(0, column: null, "is not a text file");
            return [];
        }

        return ReadText(text, required, optional);
    }

    private List<CsvLine> ReadText(string text, string[] required, string[] optional)
    {
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
            OnMalformedRecord = bad => faults.Add(
                (int)bad.LineNumber,
                column: null,
                "has a quotation mark that does not fit; put the whole field in quotation marks on one line and double those inside"),
        });
        var lines = new List<CsvLine>();
        string[]? header = null;
        while (reader.Read())
        {
            var number = (int)reader.LineNumber;
            var fields = new string[reader.FieldCount];
            for (var i = 0; i < fields.Length; i++)
            {
                fields[i] = reader.GetString(i);
            }

            if (header is null)
            {
                header = ReadHeader(fields, number, required, optional);
                if (header is null)
                {
                    return [];
                }
            }
            else if (lines.Count >= RegisterLimits.MaxRows)
            {
                faults.Add(0, column: null, $"has more than {RegisterLimits.MaxRows} rows; split it");
                return [];
            }
            else if (CheckFields(fields, header, number))
            {
                lines.Add(new CsvLine(number, header.Zip(fields).ToDictionary(p => p.First, p => p.Second, StringComparer.Ordinal)));
            }
        }

        if (header is null && faults.Count == 0)
        {
            faults.Add(0, column: null, $"is empty; its first line names the columns {string.Join(",", required)}");
        }

        return lines;
    }

    private bool CheckFields(string[] fields, string[] header, int number)
    {
        if (fields.Length != header.Length)
        {
            faults.Add(number, column: null, $"has {fields.Length} fields where the header has {header.Length}");
            return false;
        }

        var tooLong = Array.FindIndex(fields, f => f.Length > RegisterLimits.MaxField);
        if (tooLong >= 0)
        {
            faults.Add(number, header[tooLong], $"{header[tooLong]} is longer than {RegisterLimits.MaxField} characters");
        }

        return tooLong < 0;
    }

    private string[]? ReadHeader(string[] names, int line, string[] required, string[] optional)
    {
        var before = faults.Count;
        var known = required.Concat(optional).ToHashSet(StringComparer.Ordinal);
#pragma warning disable CA1308 // Columns are named in lower case.
        var header = names.Select(n => n.Trim().ToLowerInvariant()).ToArray();
#pragma warning restore CA1308
        foreach (var name in header.Where(n => !known.Contains(n)).Distinct(StringComparer.Ordinal))
        {
            faults.Add(line, name, $"column {FieldRules.Quote(name)} is not known; the columns are {string.Join(",", required.Concat(optional))}, with commas between");
        }

        foreach (var name in header.GroupBy(n => n, StringComparer.Ordinal).Where(g => g.Count() > 1).Select(g => g.Key))
        {
            faults.Add(line, name, $"column {FieldRules.Quote(name)} stands twice");
        }

        foreach (var name in required.Except(header, StringComparer.Ordinal))
        {
            faults.Add(line, name, $"column {FieldRules.Quote(name)} is missing");
        }

        return faults.Count == before ? header : null;
    }
}
