using System.Globalization;
using Coordination.Dashboard.Components.Kit;
using Coordination.Dashboard.Exports;
using Coordination.Domain.People;
using Coordination.Storage.Exports;

namespace Coordination.Dashboard.Components.Exports;

/// <summary>What the exports page holds: a wish that is typed, what it would bring, and the exports that were made.</summary>
public sealed class ExportModel(IExportDesk desk)
{
    private (string Kind, string Key, string From, string To, string Format, string Reason) _looked;

    /// <summary>What can be exported.</summary>
    public static IReadOnlyList<Option> Kinds { get; } =
        [new("account", "One account"), new("person", "What one person did"), new("incident", "One incident"), new("period", "Everything of a period")];

    /// <summary>In which forms.</summary>
    public static IReadOnlyList<Option> Formats { get; } =
        [new("csv", "Lines and a table (CSV)"), new("pdf", "Lines, table and a summary (PDF)"), new("jsonl", "Lines alone (JSON)")];

    /// <summary>The chosen kind.</summary>
    public string Kind { get; set; } = "account";

    /// <summary>The account's key, the staff id or the incident's number.</summary>
    public string Key { get; set; } = "";

    /// <summary>From when, on a wall in London; empty from the first entry on.</summary>
    public string From { get; set; } = "";

    /// <summary>Up to when; empty for everything up to its making.</summary>
    public string To { get; set; } = "";

    /// <summary>The chosen form.</summary>
    public string Format { get; set; } = "csv";

    /// <summary>What it is for.</summary>
    public string Reason { get; set; } = "";

    /// <summary>Why it cannot be made as it stands, in words; null before it was tried.</summary>
    public string? Problem { get; private set; }

    /// <summary>What was found, as long as nothing was changed since.</summary>
    public ExportSize? Size
    {
        get => _looked == Typed ? field : null;
        private set;
    }

    /// <summary>Where the form that makes the file goes.</summary>
    public string Href => "/api/journal/export?" + string.Join('&', new (string Name, string? Value)[]
    {
        (Kind, IsPeriod ? null : Key), ("from", Time(From)), ("to", Time(To)), ("format", Format), ("reason", Reason),
    }.Where(p => !string.IsNullOrEmpty(p.Value)).Select(p => p.Name + "=" + Uri.EscapeDataString(p.Value!)));

    /// <summary>Whether a period alone is asked for.</summary>
    public bool IsPeriod => string.Equals(Kind, "period", StringComparison.Ordinal);

    /// <summary>What to type into the field for what it is of.</summary>
    public (string Label, string Hint) KeyField => Kind switch
    {
        "person" => ("Staff id", "As in the journal, such as rowan-demo."),
        "incident" => ("Incident number", "As Fire Control reported it."),
        _ => ("Account", "Platform and name, such as x/demo_wmfs_aston."),
    };

    /// <summary>What is in it, in words.</summary>
    public string Contents => ExportKinds.TryParse(Kind, out var kind) ? kind.Contents() : "";

    /// <summary>The exports that were made, newest first; null before they were read.</summary>
    public IReadOnlyList<MadeExport>? Made { get; private set; }

    /// <summary>Whether they could not be read.</summary>
    public bool Unread { get; private set; }

    private (string, string, string, string, string, string) Typed => (Kind, Key, From, To, Format, Reason);

    /// <summary>Reads what was made.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        try
        {
            Made = await desk.LastAsync(cancellationToken);
            Unread = false;
        }
        catch (Exception e) when (ExportDesk.IsAway(e))
        {
            Unread = true;
        }
    }

    /// <summary>Says what the export would hold. Nothing is recorded by that.</summary>
    public async Task LookAsync(Actor actor, CancellationToken cancellationToken)
    {
        var typed = Typed;
        (Problem, Size) = (null, null);
        if (!TryRead(From, out var from) || !TryRead(To, out var to))
        {
            Problem = "A time cannot be read. Choose it from the calendar.";
            return;
        }

        _ = ExportKinds.TryParse(Kind, out var kind);
        var format = Format switch { "pdf" => ExportFormat.Pdf, "jsonl" => ExportFormat.Lines, _ => ExportFormat.Csv };
        try
        {
            var look = await desk.LookAsync(new ExportWish(new ExportQuestion(kind, IsPeriod ? null : Key, from, to), format, Reason), actor, cancellationToken);
            (Problem, Size, _looked) = (look.Refusal?.Reason, look.Size, typed);
        }
        catch (Exception e) when (ExportDesk.IsAway(e))
        {
            Problem = "The database does not answer. Nothing was exported. Try again in a moment.";
        }
    }

    private static bool TryRead(string text, out DateTimeOffset? at)
    {
        at = null;
        if (text.Length == 0)
        {
            return true;
        }

        if (!UkTime.TryParse(text, out var time))
        {
            return false;
        }

        at = time;
        return true;
    }

    private static string? Time(string text) =>
        UkTime.TryParse(text, out var at) ? at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) : null;
}
