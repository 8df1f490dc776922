using System.Data.Common;
using System.Globalization;
using Coordination.Dashboard.Proofs;
using Coordination.Domain;
using Coordination.Domain.Accounts;
using Coordination.Domain.People;
using Coordination.Storage.Exports;
using Coordination.Storage.Verification;

namespace Coordination.Dashboard.Exports;

/// <summary>Exports the journal for this host.</summary>
public sealed class ExportDesk(IExportSource source, IExportStore store, ProofFonts fonts) : IExportDesk, IDisposable
{
    /// <summary>How long one may take.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    /// <summary>Fewest characters of a reason.</summary>
    public const int ShortestReason = 3;

    /// <summary>Most characters of a reason.</summary>
    public const int LongestReason = 500;

    /// <summary>Most characters of what is asked for.</summary>
    public const int LongestKey = 120;

    private const int AtOnce = 2;
    private const int Shown = 50;

    // Each holds a connection of its own, and keeps old rows of the database alive.
    private readonly SemaphoreSlim _places = new(AtOnce);

    /// <inheritdoc/>
    public async Task<ExportLook> LookAsync(ExportWish wish, Actor actor, CancellationToken cancellationToken)
    {
        wish = Clean(wish);
        if (Check(wish, actor) is { } refusal)
        {
            return new ExportLook(null, refusal);
        }

        var size = await source.MeasureAsync(wish.Question, cancellationToken);
        return size.Entries == 0 ? new ExportLook(null, Nothing) : new ExportLook(size, null);
    }

    /// <inheritdoc/>
    public async Task<ExportAnswer> BeginAsync(ExportWish wish, Actor actor, CancellationToken cancellationToken)
    {
        wish = Clean(wish);
        if (Check(wish, actor) is { } refusal)
        {
            return new ExportAnswer(null, refusal);
        }

        var forms = new ExportForms(wish.Format != ExportFormat.Lines, wish.Format == ExportFormat.Pdf && fonts.Find() is { } faces ? facts => ExportPdf.Print(facts, faces) : null);
        if (!await _places.WaitAsync(0, cancellationToken))
        {
            return new ExportAnswer(null, new Refusal(
                "exports-busy", FormattableString.Invariant($"{AtOnce} exports are being made on this host. Nothing else was begun. Try again in a minute."), RefusalKind.Conflict));
        }

        ExportSource? opened = null;
        var begun = false;
        try
        {
            opened = await source.OpenAsync(wish.Question, cancellationToken);
            if (opened is null)
            {
                return new ExportAnswer(null, Nothing);
            }

            var id = Guid.CreateVersion7();
            await store.BeginAsync(id, wish.Question, Id(wish.Format), wish.Reason, actor, cancellationToken);
            begun = true;
            return new ExportAnswer(new ExportJob(id, wish, opened, store, forms, actor, _places), null);
        }
        finally
        {
            if (!begun)
            {
                _places.Release();
                if (opened is not null)
                {
                    await opened.DisposeAsync();
                }
            }
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<MadeExport>> LastAsync(CancellationToken cancellationToken) => store.ListAsync(Shown, cancellationToken);

    /// <summary>A format as in addresses.</summary>
    public static string Id(ExportFormat format) => format switch
    {
        ExportFormat.Lines => "jsonl",
        ExportFormat.Csv => "csv",
        ExportFormat.Pdf => "pdf",
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "No such format."),
    };

    /// <summary>Whether what was thrown says that the database does not answer.</summary>
    public static bool IsAway(Exception e) => e is DbException or TimeoutException or VerificationException;

    /// <inheritdoc/>
    public void Dispose() => _places.Dispose();

    private static Refusal Nothing { get; } = new(
        "nothing-to-export", "The journal has nothing of that. Nothing was exported, and nothing was recorded. Look at the key and the times.", RefusalKind.NotFound);

    // An account's key has one form in the journal, however it was written.
    private static ExportWish Clean(ExportWish wish)
    {
        var question = wish.Question;
        var key = question.Kind == ExportKind.Account && AccountKey.TryParse(question.Key?.Trim(), out var account) ? account.Value : question.Key?.Trim();
        return wish with { Reason = wish.Reason.Trim(), Question = question with { Key = key } };
    }

    private Refusal? Check(ExportWish wish, Actor actor)
    {
        if (!actor.May(Permission.ReadJournal))
        {
            return new Refusal(
                "forbidden", $"{actor.Name} may not read the journal, so nothing was exported. Who may: {PermissionMatrix.WhoMayInWords(Permission.ReadJournal)}.", RefusalKind.Forbidden);
        }

        var question = wish.Question;
        if (question.Kind != ExportKind.Period && (string.IsNullOrWhiteSpace(question.Key) || question.Key.Length > LongestKey || question.Key.Any(char.IsControl)))
        {
            return new Refusal("export-key-missing", string.Create(CultureInfo.InvariantCulture, $"Say of which {question.Kind.Id()}, in at most {LongestKey} characters."));
        }

        if (question.Kind == ExportKind.Account && !AccountKey.TryParse(question.Key, out _))
        {
            return new Refusal("account-key-invalid", "That is no account key. It looks like x/demo_wmfs_aston.");
        }

        if (question.Kind == ExportKind.Period && question.From is null && question.To is null)
        {
            return new Refusal("export-period-missing", "Say from when or to when: an export of everything is a backup, and there are backups.");
        }

        if (question is { From: { } from, To: { } to } && from >= to)
        {
            return new Refusal("export-period-empty", "The period ends before it begins.");
        }

        if (wish.Reason.Length is < ShortestReason or > LongestReason || wish.Reason.Any(char.IsControl))
        {
            return new Refusal(
                "export-reason-missing", string.Create(CultureInfo.InvariantCulture, $"Say what the export is for, in one line of {ShortestReason} to {LongestReason} characters. The journal keeps it."));
        }

        return wish.Format == ExportFormat.Pdf && fonts.Find() is null
            ? ProofFonts.Missing with { Reason = "This host has no font to print with, so nothing was exported and nothing was recorded. Take it without the summary. Who runs the service: install the package fonts-dejavu-core, or name a folder in Proofs:FontsFolder." }
            : null;
    }
}
