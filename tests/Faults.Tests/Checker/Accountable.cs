using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Coordination.Domain.Accounts;
using Coordination.Storage;

namespace Coordination.FaultTests.Checker;

/// <summary>G4: chains verify, folding a journal gives the state, and every permit and every end has its entry. The arithmetic is done here anew.</summary>
internal static class Accountable
{
    private static readonly HashSet<string> Ends = new(StringComparer.Ordinal)
    {
        "post-published", "post-part-published", "post-not-sent", "post-rejected", "post-failed", "post-unknown",
    };

    public static IEnumerable<string> Find(Facts facts) => [.. Chains(facts), .. Folds(facts), .. Entries(facts), .. Receipts(facts)];

    private static IEnumerable<string> Chains(Facts facts)
    {
        foreach (var stream in facts.Run.Journal.GroupBy(e => e.Stream, StringComparer.Ordinal))
        {
            byte[] former = [];
            foreach (var (entry, index) in stream.OrderBy(e => e.Number).Select((e, i) => (e, i)))
            {
                if (entry.Number != index + 1 || !Hash(entry, former).AsSpan().SequenceEqual(entry.Hash))
                {
                    yield return $"G4: the chain of {stream.Key} is broken at entry {entry.Number}.";
                    break;
                }

                former = entry.Hash;
            }
        }
    }

    private static IEnumerable<string> Folds(Facts facts)
    {
        var streams = facts.Run.Journal.ToLookup(e => e.Stream, StringComparer.Ordinal);
        foreach (var (account, stored) in facts.Run.States)
        {
            var events = streams["account/" + account].Where(e => e.Event is not "permit-issued").OrderBy(e => e.Number)
                .Select(e => JsonSerializer.Deserialize<AccountEvent>(e.Payload!, StorageJson.Options)!);
            var folded = JsonSerializer.SerializeToNode(AccountFold.Fold(AccountState.None, events), StorageJson.Options);
            if (!JsonNode.DeepEquals(folded, JsonNode.Parse(stored)))
            {
                yield return $"G4: folding the journal of {account} does not give its stored state.";
            }
        }
    }

    // What nobody owes any more is not acknowledged again, whoever still asks for it.
    private static IEnumerable<string> Receipts(Facts facts) =>
        from entry in facts.Run.Journal
        where entry.Event is "hold-acknowledged"
        group entry by (entry.Stream, Hold: facts.Payloads[entry]["holdId"]!.GetValue<string>()) into receipts
        where receipts.Skip(1).Any()
        select $"G4: {receipts.Key.Stream} acknowledged {receipts.Key.Hold} {receipts.Count()} times.";

    private static IEnumerable<string> Entries(Facts facts)
    {
        var issued = facts.Run.Journal.Where(e => e.Event is "permit-issued").ToDictionary(e => e.FenceSeq!.Value);
        foreach (var permit in facts.Run.Permits)
        {
            if (!issued.Remove(permit.Seq, out var entry) || facts.Payloads[entry]["permitId"]!.GetValue<Guid>() != permit.Id)
            {
                yield return $"G4: permit {permit.Seq} has no journal entry.";
            }
        }

        foreach (var seq in issued.Keys)
        {
            yield return $"G4: a journal entry tells of permit {seq}, which is not there.";
        }

        var ended = facts.Run.Journal.Where(e => Ends.Contains(e.Event)).Select(e => facts.Payloads[e]["postId"]!.GetValue<Guid>()).ToHashSet();
        foreach (var permit in facts.Run.Permits.Where(p => p.Outcome is not null && !ended.Contains(p.PostId)))
        {
            yield return $"G4: permit {permit.Seq} ended as '{permit.Outcome}' and no journal entry tells of it.";
        }

        foreach (var permit in facts.Run.Permits.Where(p => p.Outcome is null))
        {
            yield return $"G2: what became of permit {permit.Seq} for post {permit.PostId} is open at the end of the run.";
        }
    }

    /// <summary>What an entry's hash has to be, after the hash before it.</summary>
    public static byte[] Hash(EntryRow entry, byte[] former)
    {
        var micros = (entry.At.UtcDateTime - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        string?[] fields =
        [
            entry.Stream, entry.Number.ToString(CultureInfo.InvariantCulture), micros.ToString(CultureInfo.InvariantCulture), entry.Event,
            entry.ActorId, entry.ActorName, entry.ActorRole, entry.OperationId?.ToString("D"), entry.FenceSeq?.ToString(CultureInfo.InvariantCulture),
        ];
        var payload = entry.Salt is null ? entry.PayloadHash : SHA256.HashData([.. entry.Salt, .. Bytes([entry.Payload, entry.Reason])]);
        return SHA256.HashData([.. former, .. Bytes(fields), .. payload]);
    }

    private static byte[] Bytes(IEnumerable<string?> fields) => Encoding.UTF8.GetBytes(string.Concat(fields.Select(
        f => f is null ? "-" : string.Create(CultureInfo.InvariantCulture, $"{Encoding.UTF8.GetByteCount(f)}:{f}"))));
}
