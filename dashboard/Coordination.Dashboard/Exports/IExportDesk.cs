using Coordination.Domain;
using Coordination.Domain.People;
using Coordination.Storage.Exports;

namespace Coordination.Dashboard.Exports;

/// <summary>What somebody wants exported.</summary>
/// <param name="Question">Of what.</param>
/// <param name="Format">In which form.</param>
/// <param name="Reason">What for: 3 to 500 characters, kept in the journal.</param>
public sealed record ExportWish(ExportQuestion Question, ExportFormat Format, string Reason);

/// <summary>The forms of an export. The entries as lines, and the manifest, are in each.</summary>
public enum ExportFormat
{
    /// <summary>The lines alone, for programs.</summary>
    Lines,

    /// <summary>And a table for a spreadsheet.</summary>
    Csv,

    /// <summary>And a summary for printing.</summary>
    Pdf,
}

/// <summary>What became of the wish to export.</summary>
/// <param name="Job">The export, begun and recorded; null when there is none.</param>
/// <param name="Refusal">Why not; null when there is one.</param>
public sealed record ExportAnswer(ExportJob? Job, Refusal? Refusal);

/// <summary>What an export would hold.</summary>
/// <param name="Size">How much; null when it may not be made.</param>
/// <param name="Refusal">Why it may not.</param>
public sealed record ExportLook(ExportSize? Size, Refusal? Refusal);

/// <summary>Where the journal is exported, for pages and the API alike.</summary>
public interface IExportDesk
{
    /// <summary>Says what an export would hold. Nothing is recorded.</summary>
    Task<ExportLook> LookAsync(ExportWish wish, Actor actor, CancellationToken cancellationToken);

    /// <summary>Begins one: the journal has who, what and why before the first byte leaves.</summary>
    Task<ExportAnswer> BeginAsync(ExportWish wish, Actor actor, CancellationToken cancellationToken);

    /// <summary>The last exports that were made, newest first.</summary>
    Task<IReadOnlyList<MadeExport>> LastAsync(CancellationToken cancellationToken);
}
