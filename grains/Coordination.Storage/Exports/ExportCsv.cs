using System.Globalization;
using CsvHelper;

namespace Coordination.Storage.Exports;

/// <summary><c>entries.csv</c>: the same entries for people, in a spreadsheet.</summary>
internal static class ExportCsv
{
    public const string Name = "entries.csv";

    // What a spreadsheet would take for a formula.
    private const string Formulas = "=@+-\t\r";

    public static IReadOnlyList<string> Columns { get; } =
        ["stream", "number", "at_utc", "event", "actor_id", "actor_name", "actor_role", "operation_id", "fence_sequence", "reason", "payload", "redacted", "hash"];

    public static CsvWriterOptions Writing { get; } =
        CsvWriterOptions.Default with { Injection = CsvInjection.Escape, InjectionCharacters = Formulas, WriteByteOrderMark = true };

    /// <summary>Strict, with a record no longer than a line may be.</summary>
    public static CsvReaderOptions Reading { get; } = CsvReaderOptions.Default with
    {
        HasHeader = false,
        SkipEmptyLines = false,
        MalformedData = CsvMalformedDataHandling.Throw,
        MaxRecordSize = ExportLimits.LineBytes,
        BufferSize = 64 * 1024,
    };

    public static string[] Row(ExportLine line) =>
    [
        line.Stream,
        line.Number.ToString(CultureInfo.InvariantCulture),
        line.At,
        line.Event,
        line.Actor.Id,
        line.Actor.Name,
        line.Actor.Role,
        line.OperationId?.ToString("D") ?? "",
        line.FenceSequence?.ToString(CultureInfo.InvariantCulture) ?? "",
        line.Reason ?? "",
        line.Payload ?? "",
        line.Redacted ? "yes" : "no",
        line.Hash,
    ];

    /// <summary>A text as its cell shows it: with an apostrophe before what could be a formula.</summary>
    public static string Shown(string text) => text.Length > 0 && Formulas.Contains(text[0], StringComparison.Ordinal) ? "'" + text : text;
}
