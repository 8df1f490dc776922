namespace Coordination.Storage.Exports;

/// <summary>Who asked for an export, and what for.</summary>
/// <param name="Id">The export's id.</param>
/// <param name="By">Who asked.</param>
/// <param name="Reason">What for.</param>
public sealed record ExportHead(Guid Id, ExportActor By, string Reason);

/// <summary>The forms of an export. The lines and the manifest are in each: without them nothing could be checked.</summary>
/// <param name="Csv">Whether the entries are in it as CSV, too.</param>
/// <param name="Summary">Makes a print of what is in it; null for none.</param>
public sealed record ExportForms(bool Csv, Func<ExportFacts, byte[]>? Summary);

/// <summary>What is in an export, for its print.</summary>
/// <param name="Head">Who asked, and what for.</param>
/// <param name="Question">What was asked for.</param>
/// <param name="AsOf">The moment of which it is (UTC).</param>
/// <param name="Entries">Entries in it.</param>
/// <param name="Redacted">Of how many of them the content was erased.</param>
/// <param name="Streams">Its streams.</param>
/// <param name="Events">How often each event is in it, by name.</param>
/// <param name="Files">Its files so far.</param>
public sealed record ExportFacts(
    ExportHead Head, ExportQuestion Question, DateTimeOffset AsOf, long Entries, long Redacted, IReadOnlyList<ExportStream> Streams,
    IReadOnlyDictionary<string, long> Events, IReadOnlyList<ExportFile> Files);
