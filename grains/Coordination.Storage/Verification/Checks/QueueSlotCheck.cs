using System.Text.Json;
using Coordination.Domain.Schedule;
using Coordination.Storage.Journal;

namespace Coordination.Storage.Verification.Checks;

/// <summary>The queue slots of each account are what the latest entry of their stream says.</summary>
internal sealed class QueueSlotCheck(Findings findings)
{
    public const string Prefix = "slots/";
    private const string Set = "slots-set";
    private const string Sql = "select account, slots::text, version, saved_at, saved_by, saved_by_name from queue_slots order by account";

    private readonly Dictionary<string, JournalRow> _latest = new(StringComparer.Ordinal);

    /// <summary>Takes the next entry of a stream of this kind.</summary>
    public void Take(JournalRow row)
    {
        if (row.Event is not Set)
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
            r => (Stream: Prefix + r.GetString(0), Slots: r.GetString(1), Version: r.GetInt64(2), At: r.GetDateTime(3), By: r.GetString(4), ByName: r.GetString(5)),
            cancellationToken);
        foreach (var row in rows)
        {
            findings.Looked();
            if (!_latest.Remove(row.Stream, out var entry))
            {
                findings.Differs(row.Stream, "Posts are put into these slots, and the journal does not have them.");
            }
            else if (entry.Number != row.Version || entry.At != row.At || (entry.ActorId, entry.ActorName) != (row.By, row.ByName) || !Says(entry.Payload, row.Slots))
            {
                findings.Differs(row.Stream, "They are not what was set last.", entry.Number);
            }
        }

        foreach (var entry in _latest.Values)
        {
            findings.Differs(entry.Stream, "They were set, and no post is put into them.", entry.Number);
        }
    }

    // A payload that was erased says nothing.
    private static bool Says(string? payload, string slots)
    {
        if (payload is null)
        {
            return true;
        }

        try
        {
            using var said = JsonDocument.Parse(payload);
            using var stored = JsonDocument.Parse(slots);
            return said.RootElement.TryGetProperty("slots", out var set) && JsonElement.DeepEquals(set, stored.RootElement)
                && stored.Deserialize<QueueSlot[]>(StorageJson.Options) is not null;
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            return false;
        }
    }
}
