using System.Text.Json;
using Coordination.Storage.Journal;

namespace Coordination.Storage.Verification.Checks;

/// <summary>Each message that told a person or a webhook of a hold is where its journal says: how many were made, and the end of each.</summary>
/// <remarks>
/// A person's messages are told apart by the person's name, which two may have: so ends are compared by name and number. A message that was given up, or
/// overtaken, may turn out to have been sent, and then has two entries.
/// </remarks>
internal sealed class NoticeCheck(Findings findings)
{
    /// <summary>What the names of its streams begin with.</summary>
    public const string Prefix = "notice/";

    private const string Rounds = "select hold_id, kind, people, beyond from notice_round order by 1, 2";

    private const string Notices = "select hold_id, kind, name, state, count(*) from notice group by 1, 2, 3, 4 order by 1, 2, 3, 4";

    private const string Messages = "select hold_id, kind, webhook, state from webhook_message order by 1, 2, 3";

    private static readonly string[] Ends = ["sent", "failed", "gave-up", "overtaken"];

    private readonly Dictionary<(string Hold, string Kind), (long Entry, int People, int Beyond, int Unreachable)> _rounds = [];
    private readonly Dictionary<(string Hold, string Kind, string Name, string State), int> _ends = [];
    private readonly Dictionary<string, int> _overtakenTogether = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Hold, string Kind, string Webhook), (long Entry, string State)> _webhooks = [];
    private readonly HashSet<string> _erased = new(StringComparer.Ordinal);

    /// <summary>Takes the next entry of a stream of this kind.</summary>
    public void Take(JournalRow row)
    {
        var hold = row.Stream[Prefix.Length..];
        if (row.Payload is null)
        {
            // Whom it concerned it says no more: nothing about this hold can be compared.
            _erased.Add(hold);
            return;
        }

        try
        {
            using var payload = JsonDocument.Parse(row.Payload);
            Take(row, hold, payload.RootElement);
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            findings.Differs(row.Stream, "The entry cannot be read.", row.Number);
        }
    }

    public async Task LookAsync(Snapshot snapshot, CancellationToken cancellationToken)
    {
        var rows = (await snapshot.ListAsync(Notices, r => (Hold: r.GetString(0), Kind: r.GetString(1), Name: r.GetString(2), State: r.GetString(3), Count: (int)r.GetInt64(4)), cancellationToken))
            .Where(r => !_erased.Contains(r.Hold)).ToList();
        findings.Looked(rows.Sum(r => r.Count));
        foreach (var (hold, kind, people, beyond) in await snapshot.ListAsync(Rounds, r => (r.GetString(0), r.GetString(1), r.GetInt32(2), r.GetInt32(3)), cancellationToken))
        {
            LookAtRound(hold, kind, people, beyond, [.. rows.Where(r => r.Hold == hold && r.Kind == kind).Select(r => (r.State, r.Count))]);
        }

        LookAtEnds(rows);
        foreach (var (hold, kind, webhook, state) in await snapshot.ListAsync(Messages, r => (r.GetString(0), r.GetString(1), r.GetString(2), r.GetString(3)), cancellationToken))
        {
            findings.Looked();
            if (!_webhooks.Remove((hold, kind, webhook), out var said))
            {
                Differs(hold, $"The message to the webhook {webhook} that it was {kind} has no entry.");
            }
            else if (!string.Equals(said.State, state, StringComparison.Ordinal))
            {
                Differs(hold, $"The message to the webhook {webhook} that it was {kind} is {state}, and its latest entry says {said.State}.", said.Entry);
            }
        }

        foreach (var (key, said) in _rounds)
        {
            Differs(key.Hold, $"Messages that it was {key.Kind} were made, and are gone.", said.Entry);
        }

        foreach (var (key, said) in _webhooks)
        {
            Differs(key.Hold, $"The message to the webhook {key.Webhook} that it was {key.Kind} is gone.", said.Entry);
        }
    }

    private void Take(JournalRow row, string hold, JsonElement said)
    {
        var kind = said.GetProperty("kind").GetString()!;
        if (row.Event is "notices-queued")
        {
            _rounds[(hold, kind)] = (row.Number, said.GetProperty("people").GetInt32(), said.GetProperty("beyond").GetInt32(), said.GetProperty("unreachable").GetInt32());
            _overtakenTogether[hold] = _overtakenTogether.GetValueOrDefault(hold) + said.GetProperty("overtaken").GetInt32();
        }
        else if (row.Event is "webhooks-queued")
        {
            foreach (var webhook in said.GetProperty("webhooks").EnumerateArray())
            {
                _webhooks[(hold, kind, webhook.GetString()!)] = (row.Number, "queued");
            }

            foreach (var webhook in said.GetProperty("overtaken").EnumerateArray())
            {
                _webhooks[(hold, "placed", webhook.GetString()!)] = (row.Number, "overtaken");
            }
        }
        else if (row.Event.StartsWith("webhook-", StringComparison.Ordinal))
        {
            _webhooks[(hold, kind, said.GetProperty("webhook").GetString()!)] = (row.Number, row.Event["webhook-".Length..]);
        }
        else if (row.Event.StartsWith("notice-", StringComparison.Ordinal) && Ends.Contains(row.Event["notice-".Length..], StringComparer.Ordinal))
        {
            var key = (hold, kind, said.GetProperty("name").GetString()!, row.Event["notice-".Length..]);
            _ends[key] = _ends.GetValueOrDefault(key) + 1;
        }
        else
        {
            findings.Differs(row.Stream, $"An entry '{row.Event}' does not belong here.", row.Number);
        }
    }

    private void LookAtRound(string hold, string kind, int people, int beyond, IReadOnlyList<(string State, int Count)> rows)
    {
        if (!_rounds.Remove((hold, kind), out var said))
        {
            Differs(hold, $"Messages that it was {kind} have no entry.");
            return;
        }

        var (all, unreachable) = (rows.Sum(r => r.Count), rows.Where(r => r.State == "no-address").Sum(r => r.Count));
        if ((people, beyond) != (said.People, said.Beyond) || all != said.People || unreachable != said.Unreachable)
        {
            Differs(hold, $"Of {said.People} people who were to be told that it was {kind}, {said.Unreachable} of them without an address, there are {all} and {unreachable}.", said.Entry);
        }
    }

    private void LookAtEnds(IReadOnlyList<(string Hold, string Kind, string Name, string State, int Count)> rows)
    {
        var stored = rows.ToDictionary(r => (r.Hold, r.Kind, r.Name, r.State), r => r.Count);
        foreach (var (hold, kind, name) in stored.Keys.Concat(_ends.Keys).Select(k => (k.Hold, k.Kind, k.Name)).Distinct())
        {
            int Stored(string state) => stored.GetValueOrDefault((hold, kind, name, state));
            int Said(string state) => _ends.GetValueOrDefault((hold, kind, name, state));

            // Those that were overtaken together are counted in the lift's entry, without their names.
            var agrees = Stored("sent") == Said("sent") && Stored("failed") == Said("failed") && Stored("gave-up") <= Said("gave-up")
                && Said("gave-up") + Said("overtaken") <= Stored("gave-up") + Stored("overtaken") + Stored("sent");
            if (!agrees)
            {
                Differs(hold, $"Where the message to {name} is, that it was {kind}, is not what its entries say.");
            }
        }

        foreach (var group in rows.Where(r => r.State == "overtaken").GroupBy(r => r.Hold, StringComparer.Ordinal))
        {
            if (group.Sum(r => r.Count) > _overtakenTogether.GetValueOrDefault(group.Key) + _ends.Where(e => e.Key.Hold == group.Key && e.Key.State == "overtaken").Sum(e => e.Value))
            {
                Differs(group.Key, "More messages are overtaken by the lift than the entries say.");
            }
        }
    }

    private void Differs(string hold, string words, long? entry = null)
    {
        if (!_erased.Contains(hold))
        {
            findings.Differs(Prefix + hold, words, entry);
        }
    }
}
