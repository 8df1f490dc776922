using System.Text.Json;
using Coordination.Storage.Journal;

namespace Coordination.Storage.Verification.Checks;

/// <summary>The publishing rules are what the latest entry of their stream says.</summary>
internal sealed class RulesCheck(Findings findings)
{
    public const string Stream = "rules/publishing";
    private const string Changed = "rules-changed";

    private JournalRow? _latest;

    /// <summary>Takes the next entry of the stream.</summary>
    public void Take(JournalRow row)
    {
        if (row.Event is not Changed)
        {
            findings.Differs(row.Stream, $"An entry '{row.Event}' does not belong here.", row.Number);
            return;
        }

        _latest = row;
    }

    public async Task LookAsync(Snapshot snapshot, CancellationToken cancellationToken)
    {
        var rows = await snapshot.ListAsync(
            "select rules::text, version, saved_at, saved_by, saved_by_name from publishing_rules",
            r => (Rules: r.GetString(0), Version: r.GetInt64(1), At: r.GetDateTime(2), By: r.GetString(3), ByName: r.GetString(4)),
            cancellationToken);
        if (rows is not [var row])
        {
            if (_latest is { } lost)
            {
                findings.Differs(Stream, "They were set, and are not in force.", lost.Number);
            }

            return;
        }

        findings.Looked();
        if (_latest is not { } entry)
        {
            findings.Differs(Stream, "They are in force, and the journal does not have them.");
        }
        else if (entry.Number != row.Version || entry.At != row.At || (entry.ActorId, entry.ActorName) != (row.By, row.ByName) || !Says(entry.Payload, row.Rules))
        {
            findings.Differs(Stream, "They are not what was set last.", entry.Number);
        }
    }

    // A payload that was erased says nothing.
    private static bool Says(string? payload, string rules)
    {
        if (payload is null)
        {
            return true;
        }

        try
        {
            using var said = JsonDocument.Parse(payload);
            using var stored = JsonDocument.Parse(rules);
            return JsonElement.DeepEquals(said.RootElement, stored.RootElement);
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
