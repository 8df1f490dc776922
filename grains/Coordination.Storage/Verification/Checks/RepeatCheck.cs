using System.Globalization;
using System.Text.Json;
using Coordination.Storage.Journal;

namespace Coordination.Storage.Verification.Checks;

/// <summary>Each repeat is what its stream says, and so is what became of each of its dates.</summary>
internal sealed class RepeatCheck(Findings findings)
{
    public const string Prefix = "repeat/";
    private const string Started = "repeat-started", Halted = "repeat-halted", Stopped = "repeat-stopped", Dates = "repeat-dates";

    private const string Sql = """
        select r.id::text, r.wish::text, r.owner_id, r.owner_name, r.state, r.started_at, r.ended_at, r.ended_by, r.ended_by_name, r.why, r.version,
               (select coalesce(json_agg(json_build_object('account', d.account, 'local', to_char(d.local, 'YYYY-MM-DD"T"HH24:MI:SS'), 'state', d.state, 'why', d.why)
                                         order by d.local, d.account), '[]') from repeat_date d where d.repeat_id = r.id)::text
        from repeat r order by r.id
        """;

    private readonly Dictionary<string, Told> _told = new(StringComparer.Ordinal);

    /// <summary>Takes the next entry of a stream of this kind.</summary>
    public void Take(JournalRow row)
    {
        if (!_told.TryGetValue(row.Stream, out var told))
        {
            _told[row.Stream] = told = new Told();
        }

        if (row.Event is not (Started or Halted or Stopped or Dates) || (row.Event is Started) != (row.Number == 1))
        {
            findings.Differs(row.Stream, $"An entry '{row.Event}' does not belong here.", row.Number);
            return;
        }

        told.Version = row.Number;
        if (row.Event is Started)
        {
            told.Start = row;
        }
        else if (row.Event is Halted or Stopped)
        {
            told.End = row;
        }

        // A payload that was erased says nothing any more, and nothing can be held against it.
        if (row.Payload is null)
        {
            told.Erased = true;
        }
        else if (!told.Read(row))
        {
            findings.Differs(row.Stream, "The entry cannot be read.", row.Number);
        }
    }

    public async Task LookAsync(Snapshot snapshot, CancellationToken cancellationToken)
    {
        var rows = await snapshot.ListAsync(
            Sql,
            r => new Row(
                Prefix + r.GetString(0), r.GetString(1), r.GetString(2), r.GetString(3), r.GetString(4), r.GetDateTime(5), r.IsDBNull(6) ? null : r.GetDateTime(6),
                r.IsDBNull(7) ? null : r.GetString(7), r.IsDBNull(8) ? null : r.GetString(8), r.IsDBNull(9) ? null : r.GetString(9), r.GetInt64(10), r.GetString(11)),
            cancellationToken);
        foreach (var row in rows)
        {
            findings.Looked();
            if (!_told.Remove(row.Stream, out var told) || told.Start is not { } start)
            {
                findings.Differs(row.Stream, "It is kept, and its journal does not have it as started.");
            }
            else if (start.At != row.StartedAt || (start.ActorId, start.ActorName) != (row.OwnerId, row.OwnerName) || told.Version != row.Version || !told.SaysWish(row.Wish))
            {
                findings.Differs(row.Stream, "It is not what was started.", start.Number);
            }
            else if (!Ended(told.End, row))
            {
                findings.Differs(row.Stream, "It does not go on, or end, as its journal says.", told.End?.Number);
            }
            else if (told.Differs(row.Dates) is { } date)
            {
                findings.Differs(row.Stream, $"What became of {date} is not what its journal says.");
            }
        }

        foreach (var (stream, told) in _told.Where(t => t.Value.Start is not null))
        {
            findings.Differs(stream, "It was started, and is not kept.", told.Start!.Number);
        }
    }

    private static bool Ended(JournalRow? end, Row row) => end is null
        ? row is { State: "active", EndedAt: null, EndedBy: null, EndedByName: null, Why: null }
        : row.State == end.Event["repeat-".Length..] && row.EndedAt == end.At && (row.EndedBy, row.EndedByName) == (end.ActorId, end.ActorName)
            && (end.Payload is null || string.Equals(row.Why, end.Reason, StringComparison.Ordinal));

    private sealed record Row(
        string Stream, string Wish, string OwnerId, string OwnerName, string State, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, string? EndedBy, string? EndedByName, string? Why, long Version, string Dates);

    private sealed class Told
    {
        private readonly SortedDictionary<string, (string State, string? Why)> _dates = new(StringComparer.Ordinal);
        private string? _wish;

        public long Version { get; set; }

        public JournalRow? Start { get; set; }

        public JournalRow? End { get; set; }

        public bool Erased { get; set; }

        public bool Read(JournalRow row)
        {
            try
            {
                using var said = JsonDocument.Parse(row.Payload!);
                if (row.Event is Started)
                {
                    var wish = said.RootElement.GetProperty("wish");
                    _wish = wish.GetRawText();
                    foreach (var local in said.RootElement.GetProperty("dates").EnumerateArray())
                    {
                        foreach (var account in wish.GetProperty("accounts").EnumerateArray())
                        {
                            _dates[Key(local, account)] = ("planned", null);
                        }
                    }
                }
                else if (row.Event is Dates)
                {
                    Take(said.RootElement.GetProperty("dates"));
                }

                return true;
            }
            catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
            {
                return false;
            }
        }

        public bool SaysWish(string stored)
        {
            using var mine = JsonDocument.Parse(_wish ?? "null");
            using var theirs = JsonDocument.Parse(stored);
            return Erased || JsonElement.DeepEquals(mine.RootElement, theirs.RootElement);
        }

        /// <summary>The first date that differs; null when none does.</summary>
        public string? Differs(string stored)
        {
            if (Erased)
            {
                return null;
            }

            var kept = new Told();
            using var rows = JsonDocument.Parse(stored);
            kept.Take(rows.RootElement);
            return _dates.Keys.Concat(kept._dates.Keys).FirstOrDefault(k =>
                !_dates.TryGetValue(k, out var mine) || !kept._dates.TryGetValue(k, out var theirs) || mine != theirs);
        }

        private void Take(JsonElement dates)
        {
            foreach (var date in dates.EnumerateArray())
            {
                _dates[Key(date.GetProperty("local"), date.GetProperty("account"))] =
                    (date.GetProperty("state").GetString()!, date.TryGetProperty("why", out var why) ? why.GetString() : null);
            }
        }

        // A time of whole seconds is written with them and without.
        private static string Key(JsonElement local, JsonElement account) =>
            $"{DateTime.Parse(local.GetString()!, CultureInfo.InvariantCulture):yyyy-MM-dd'T'HH:mm:ss} on {account.GetString()}";
    }
}
