using System.Text.Json;
using Coordination.Storage.Journal;

namespace Coordination.Storage.Verification.Checks;

/// <summary>Each template is what the latest entry of its stream says, and those that were removed are gone.</summary>
internal sealed class TemplateCheck(Findings findings)
{
    public const string Prefix = "template/";
    private const string Saved = "template-saved", Removed = "template-removed";
    private const string Sql = "select id, name, text, hint, version, saved_at, saved_by, saved_by_name from post_template order by id";

    private readonly Dictionary<string, JournalRow> _latest = new(StringComparer.Ordinal);

    /// <summary>Takes the next entry of a stream of this kind.</summary>
    public void Take(JournalRow row)
    {
        if (row.Event is not (Saved or Removed))
        {
            findings.Differs(row.Stream, $"An entry '{row.Event}' does not belong here.", row.Number);
            return;
        }

        _latest[row.Stream] = row;
    }

    public async Task LookAsync(Snapshot snapshot, CancellationToken cancellationToken)
    {
        var rows = await snapshot.ListAsync(
            Sql,
            r => new Row(Prefix + r.GetString(0), r.GetString(1), r.GetString(2), r.IsDBNull(3) ? null : r.GetString(3), r.GetInt64(4), r.GetDateTime(5), r.GetString(6), r.GetString(7)),
            cancellationToken);
        foreach (var row in rows)
        {
            findings.Looked();
            if (!_latest.Remove(row.Stream, out var entry) || entry.Event is not Saved)
            {
                findings.Differs(row.Stream, "It can be chosen, and its journal does not have it as saved.", entry?.Number);
            }
            else if (entry.Number != row.Version || entry.At != row.SavedAt || (entry.ActorId, entry.ActorName) != (row.SavedBy, row.SavedByName) || !Says(entry.Payload, row))
            {
                findings.Differs(row.Stream, "It is not what was saved last.", entry.Number);
            }
        }

        foreach (var entry in _latest.Values.Where(e => e.Event is Saved))
        {
            findings.Differs(entry.Stream, "It was saved, and cannot be chosen.", entry.Number);
        }
    }

    // A payload that was erased says nothing.
    private static bool Says(string? payload, Row row)
    {
        if (payload is null)
        {
            return true;
        }

        try
        {
            using var said = JsonDocument.Parse(payload);
            return Has(said, "name", row.Name) && Has(said, "text", row.Text) && Has(said, "hint", row.Hint);
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    private static bool Has(JsonDocument said, string what, string? words) =>
        said.RootElement.TryGetProperty(what, out var value) && string.Equals(value.GetString(), words, StringComparison.Ordinal);

    private sealed record Row(string Stream, string Name, string Text, string? Hint, long Version, DateTime SavedAt, string SavedBy, string SavedByName);
}
