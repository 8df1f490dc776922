using System.Text.Json;
using Coordination.Domain.Accounts;
using Coordination.Domain.Redactions;
using Coordination.Storage.Journal;
using Coordination.Storage.Redactions;

namespace Coordination.Storage.Verification;

/// <summary>What redactions say was erased, held against what is erased: content that went without one is tampering, however tidy it looks.</summary>
internal sealed class RedactionBook(Findings findings)
{
    private const string Prefix = "redaction/", Asked = "redaction-asked", Erased = "content-erased", Declined = "redaction-declined";
    private const string Rows = "select id, account, post_id, stream, number, ground, reason, asked_by, asked_by_name, state, decided_by, entries from redaction order by id";
    private const string Listed = "select stream, number, redaction, payload_hash from redacted_entry order by stream, number";

    private readonly Dictionary<(string Stream, long Number), (string Redaction, ErasedEntry Entry)> _erased = [];
    private readonly HashSet<(string Stream, long Number)> _met = [];
    private readonly Dictionary<string, Story> _stories = new(StringComparer.Ordinal);

    /// <summary>Takes the next entry of a redaction's stream. They are read before all others.</summary>
    public void Take(JournalRow row)
    {
        var id = row.Stream[Prefix.Length..];
        var story = _stories.TryGetValue(id, out var known) ? known : _stories[id] = new Story();
        if (row.Salt is null)
        {
            findings.Differs(row.Stream, "A redaction's own entry was erased; that is never done.", row.Number);
        }

        switch (row.Event)
        {
            case Asked when story.Asked is null && row.Number == 1:
                story.Asked = row;
                break;
            case Erased or Declined when story is { Asked: not null, End: null }:
                story.End = row;
                if (row.Event is Erased)
                {
                    TakeErased(id, row, story.Asked!);
                }

                break;
            default:
                findings.Differs(row.Stream, $"An entry '{row.Event}' cannot follow.", row.Number);
                break;
        }
    }

    /// <summary>Looks at an entry of any other stream.</summary>
    public void Look(JournalRow row)
    {
        var listed = _erased.TryGetValue((row.Stream, row.Number), out var erased);
        if (row.Salt is null)
        {
            findings.Looked();
        }

        if (listed)
        {
            _met.Add((row.Stream, row.Number));
        }

        if (row.Salt is null && !listed)
        {
            findings.Differs(row.Stream, "Its content was erased, and no redaction says so.", row.Number);
        }
        else if (listed && row.Salt is not null)
        {
            findings.Differs(row.Stream, $"The redaction {erased.Redaction} erased its content, and it is there.", row.Number);
        }
        else if (listed && !string.Equals(erased.Entry.PayloadHash, Convert.ToHexStringLower(row.PayloadHash), StringComparison.Ordinal))
        {
            findings.Differs(row.Stream, $"The redaction {erased.Redaction} erased other content: the hash that it names is not this entry's.", row.Number);
        }
        else if (listed && !string.Equals(erased.Entry.Event, row.Event, StringComparison.Ordinal))
        {
            findings.Differs(row.Stream, $"The redaction {erased.Redaction} erased a {erased.Entry.Event}, and this is a {row.Event}.", row.Number);
        }
    }

    /// <summary>What is left of an erased entry of an account; null when no redaction of its content says so.</summary>
    public AccountEvent? Left(JournalRow row) =>
        _erased.TryGetValue((row.Stream, row.Number), out var erased) && string.Equals(erased.Entry.PayloadHash, Convert.ToHexStringLower(row.PayloadHash), StringComparison.Ordinal) ? erased.Entry.Left : null;

    /// <summary>Compares with the tables, once all entries were met.</summary>
    public async Task LookAsync(Snapshot snapshot, CancellationToken cancellationToken)
    {
        foreach (var ((stream, number), (redaction, _)) in _erased.Where(e => !_met.Contains(e.Key)))
        {
            findings.Differs(Prefix + redaction, $"It erased entry {number} of {stream}, and there is none.");
        }

        var rows = await snapshot.ListAsync(
            Rows,
            r => new Row(
                r.GetString(0), StoredRows.Text(r, 1), r.IsDBNull(2) ? null : r.GetGuid(2), StoredRows.Text(r, 3), r.IsDBNull(4) ? null : r.GetInt64(4), r.GetString(5), r.GetString(6),
                r.GetString(7), r.GetString(8), r.GetString(9), StoredRows.Text(r, 10), r.IsDBNull(11) ? null : r.GetInt32(11)),
            cancellationToken);
        foreach (var row in rows)
        {
            if (!_stories.Remove(row.Id, out var story) || !Says(story, row))
            {
                findings.Differs(Prefix + row.Id, "It is not what its journal says.");
            }
        }

        foreach (var id in _stories.Keys)
        {
            findings.Differs(Prefix + id, "The journal has it, and the list of redactions does not.");
        }

        var listed = await snapshot.ListAsync(Listed, r => (Entry: (r.GetString(0), r.GetInt64(1)), Redaction: r.GetString(2), Hash: Convert.ToHexStringLower(r.GetFieldValue<byte[]>(3))), cancellationToken);
        foreach (var row in listed)
        {
            if (!_erased.TryGetValue(row.Entry, out var erased) || !string.Equals(erased.Redaction, row.Redaction, StringComparison.Ordinal) || !string.Equals(erased.Entry.PayloadHash, row.Hash, StringComparison.Ordinal))
            {
                findings.Differs(row.Entry.Item1, $"It is listed as erased by {row.Redaction}, and the journal does not say so.", row.Entry.Item2);
            }
        }
    }

    private void TakeErased(string id, JournalRow row, JournalRow asked)
    {
        if (row.Payload is null || ErasedPayload.Read(row.Payload) is not { } payload || !string.Equals(payload.Id, id, StringComparison.Ordinal))
        {
            findings.Differs(row.Stream, "What was erased cannot be read.", row.Number);
            return;
        }

        if (string.Equals(asked.ActorId, row.ActorId, StringComparison.Ordinal))
        {
            findings.Differs(row.Stream, $"{row.ActorName} asked for it and confirmed it; it takes two.", row.Number);
        }

        foreach (var entry in payload.Entries)
        {
            if (entry.Left is { } left && (!string.Equals(AccountName(left), entry.Event, StringComparison.Ordinal) || !string.Equals(Json(PostErasure.Of(left, id)), Json(left), StringComparison.Ordinal)))
            {
                findings.Differs(row.Stream, $"What is left of entry {entry.Number} of {entry.Stream} says more, or something else, than an erased {entry.Event} can.", row.Number);
            }

            if (!_erased.TryAdd((entry.Stream, entry.Number), (id, entry)))
            {
                findings.Differs(row.Stream, $"It erased entry {entry.Number} of {entry.Stream}, which was erased before.", row.Number);
            }
        }
    }

    private static bool Says(Story story, Row row)
    {
        if (story.Asked is not { Payload: { } payload } asked || !string.Equals(asked.Reason, row.Reason, StringComparison.Ordinal) || (asked.ActorId, asked.ActorName) != (row.AskedBy, row.AskedByName))
        {
            return false;
        }

        try
        {
            var said = JsonSerializer.Deserialize<AskedPayload>(payload, StorageJson.Options)!;
            return (said.Id, said.Ground, said.Account, said.PostId, said.Stream, said.Number) == (row.Id, row.Ground, row.Account, row.PostId, row.Stream, row.Number)
                && row.State switch
                {
                    "asked" => story.End is null,
                    "erased" => story.End is { Event: Erased, Payload: { } end } e && string.Equals(e.ActorId, row.DecidedBy, StringComparison.Ordinal) && ErasedPayload.Read(end)?.Entries.Count == row.Entries,
                    _ => story.End is { Event: Declined } e && string.Equals(e.ActorId, row.DecidedBy, StringComparison.Ordinal),
                };
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static string AccountName(AccountEvent change) => Accounts.AccountEventNames.NameOf(change);

    private static string Json(AccountEvent change) => JsonSerializer.Serialize(change, StorageJson.Options);

    private sealed class Story
    {
        public JournalRow? Asked { get; set; }

        public JournalRow? End { get; set; }
    }

    private sealed record AskedPayload(string Id, string Ground, string? Account, Guid? PostId, string? Stream, long? Number);

    private sealed record Row(
        string Id, string? Account, Guid? PostId, string? Stream, long? Number, string Ground, string Reason, string AskedBy, string AskedByName, string State, string? DecidedBy, int? Entries);
}
