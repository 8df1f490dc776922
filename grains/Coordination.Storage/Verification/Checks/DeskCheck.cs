using System.Text.Json;
using Coordination.Storage.Journal;

namespace Coordination.Storage.Verification.Checks;

/// <summary>Each task, shift, request and question about a contact is what the latest entry of its stream says.</summary>
internal sealed class DeskCheck(Findings findings)
{
    private static readonly string[] Prefixes = ["task/", "shift/", "request/", "contact/", "handover/"];

    private readonly Dictionary<string, JournalRow> _latest = new(StringComparer.Ordinal);

    /// <summary>Whether a stream is one of these.</summary>
    public static bool Has(string stream) => Array.Exists(Prefixes, prefix => stream.StartsWith(prefix, StringComparison.Ordinal));

    /// <summary>Takes the next entry of a stream of this kind.</summary>
    public void Take(JournalRow row)
    {
        if (!row.Event.StartsWith(row.Stream[..row.Stream.IndexOf('/', StringComparison.Ordinal)] + "-", StringComparison.Ordinal))
        {
            findings.Differs(row.Stream, $"An entry '{row.Event}' does not belong here.", row.Number);
            return;
        }

        _latest[row.Stream] = row;
    }

    public async Task LookAsync(Snapshot snapshot, CancellationToken cancellationToken)
    {
        var rows = await snapshot.ListAsync(
            "select kind || '/' || id, body::text, version, saved_at from desk_record order by kind, id",
            r => (Stream: r.GetString(0), Body: r.GetString(1), Version: r.GetInt64(2), At: r.GetDateTime(3)),
            cancellationToken);
        foreach (var row in rows)
        {
            findings.Looked();
            if (!_latest.Remove(row.Stream, out var entry))
            {
                findings.Differs(row.Stream, "It is shown, and the journal does not have it.");
            }
            else if (entry.Number != row.Version || entry.At != row.At || !Says(entry.Payload, row.Body))
            {
                findings.Differs(row.Stream, "It is not what was recorded last.", entry.Number);
            }
        }

        foreach (var entry in _latest.Values)
        {
            findings.Differs(entry.Stream, "It was recorded, and is not shown.", entry.Number);
        }
    }

    // A payload that was erased says nothing.
    private static bool Says(string? payload, string body)
    {
        if (payload is null)
        {
            return true;
        }

        try
        {
            using var said = JsonDocument.Parse(payload);
            using var stored = JsonDocument.Parse(body);
            return JsonElement.DeepEquals(said.RootElement, stored.RootElement);
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
