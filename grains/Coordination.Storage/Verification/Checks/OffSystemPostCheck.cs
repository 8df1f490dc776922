using System.Text.Json;
using Coordination.Storage.Journal;

namespace Coordination.Storage.Verification.Checks;

/// <summary>Each off-system post on screen is an entry of the journal, and the other way round.</summary>
internal sealed class OffSystemPostCheck(Findings findings)
{
    public const string Prefix = "off-system/";
    private const string Event = "off-system-post";

    private const string Sql = "select hold_id, account, remote_id, url, posted_at, entry from off_system_post order by account, entry, hold_id";

    private readonly Dictionary<(string Stream, long Number), Entry> _entries = [];

    /// <summary>Takes the next entry of a stream of this kind.</summary>
    public void Take(JournalRow row)
    {
        if (!string.Equals(row.Event, Event, StringComparison.Ordinal))
        {
            findings.Differs(row.Stream, $"An entry '{row.Event}' does not belong here.", row.Number);
        }
        else if (row.Payload is not null && Payload.Read(row.Payload) is null)
        {
            findings.Differs(row.Stream, "Its content cannot be read as an off-system post.", row.Number);
        }
        else
        {
            _entries[(row.Stream, row.Number)] = new Entry(row.Payload is null ? null : Payload.Read(row.Payload), new HashSet<string>(StringComparer.Ordinal));
        }
    }

    public async Task LookAsync(Snapshot snapshot, CancellationToken cancellationToken)
    {
        await foreach (var row in snapshot.CursorAsync(
            "off_system_rows",
            Sql,
            r => new Row(r.GetString(0), r.GetString(1), r.GetString(2), r.IsDBNull(3) ? null : r.GetString(3), new DateTimeOffset(r.GetDateTime(4), TimeSpan.Zero), r.GetInt64(5)),
            cancellationToken))
        {
            findings.Looked();
            var stream = Prefix + row.Account;
            if (!_entries.TryGetValue((stream, row.Entry), out var entry))
            {
                findings.Differs(stream, $"The off-system post {row.RemoteId} under {row.HoldId} has no entry in the journal.", row.Entry);
                continue;
            }

            entry.Holds.Add(row.HoldId);
            if (entry.Content is { } content && !content.Is(row))
            {
                findings.Differs(stream, $"The off-system post {row.RemoteId} under {row.HoldId} is another than its entry says.", row.Entry);
            }
        }

        foreach (var ((stream, number), entry) in _entries)
        {
            foreach (var hold in entry.Content?.HoldIds.Except(entry.Holds, StringComparer.Ordinal) ?? [])
            {
                findings.Differs(stream, $"The journal has an off-system post under {hold}, and the list of them does not.", number);
            }
        }
    }

    private sealed record Entry(Payload? Content, HashSet<string> Holds);

    private sealed record Row(string HoldId, string Account, string RemoteId, string? Url, DateTimeOffset PostedAt, long Entry);

    private sealed record Payload(string Account, string RemoteId, string? Url, DateTimeOffset PostedAt, IReadOnlyList<string> HoldIds)
    {
        public static Payload? Read(string payload)
        {
            try
            {
                return JsonSerializer.Deserialize<Payload>(payload, StorageJson.Options) is { Account: not null, RemoteId: not null, HoldIds: not null } read ? read : null;
            }
            catch (JsonException)
            {
                return null;
            }
        }

        public bool Is(Row row) =>
            (Account, RemoteId, Url) == (row.Account, row.RemoteId, row.Url)
            && Same.Time(PostedAt, row.PostedAt)
            && HoldIds.Contains(row.HoldId, StringComparer.Ordinal);
    }
}
