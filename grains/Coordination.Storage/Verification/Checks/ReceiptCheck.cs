using Coordination.Domain.Accounts;

namespace Coordination.Storage.Verification.Checks;

/// <summary>Each receipt is of a hold that covered the account at some time while it stood, and is an entry of the account's journal.</summary>
internal sealed class ReceiptCheck(Findings findings, HoldTimeline holds)
{
    private const int Names = 5;
    private readonly Dictionary<string, (long Count, List<string> First)> _awaited = new(StringComparer.Ordinal);

    /// <summary>The receipts of some accounts.</summary>
    public static async Task<ILookup<string, string>> LoadAsync(Snapshot snapshot, string[] accounts, CancellationToken cancellationToken) =>
        (await snapshot.ListAsync(
            "select account, hold_id from hold_receipt where account = any ($1)", r => (Account: r.GetString(0), Hold: r.GetString(1)), cancellationToken, (object)accounts))
        .ToLookup(r => r.Account, r => r.Hold, StringComparer.Ordinal);

    public void Look(AccountFile file, IReadOnlyCollection<string> receipts, LabelTimeline labels)
    {
        findings.Looked(receipts.Count);
        foreach (var id in receipts)
        {
            if (!holds.ById.TryGetValue(id, out var hold))
            {
                findings.Differs(file.Stream, $"There is a receipt of {id}, a hold that the journal does not have.");
            }
            else if (file.Gap is null && hold.What is not null && !Covered(file.Key, hold, labels))
            {
                findings.Differs(file.Stream, $"There is a receipt of {id}, which never covered the account while it stood.");
            }
        }

        if (file.Gap is null)
        {
            foreach (var id in receipts.Except(file.Acknowledged, StringComparer.Ordinal))
            {
                findings.Differs(file.Stream, $"The receipt of {id} has no entry in the journal.");
            }

            foreach (var id in file.Acknowledged.Except(receipts, StringComparer.Ordinal))
            {
                findings.Differs(file.Stream, $"The journal says that the account acknowledged {id}, and there is no receipt.");
            }
        }

        Await(file, receipts);
    }

    public void End()
    {
        foreach (var (id, (count, first)) in _awaited.OrderBy(a => a.Key, StringComparer.Ordinal))
        {
            findings.Note($"{id} stands, and {count} accounts that it covers have not acknowledged it yet: {string.Join(", ", first)}{(count > first.Count ? ", ..." : "")}.");
        }
    }

    private static bool Covered(AccountKey key, HoldRecord hold, LabelTimeline labels) =>
        labels.Spans().Any(s => hold.StoodBetween(s.From, s.To) && hold.What!.Covers.Covers(key, s.Labels));

    // No fault: a receipt follows the hold, and the account of a dead silo answers when it comes back.
    private void Await(AccountFile file, IReadOnlyCollection<string> receipts)
    {
        if (file.State.Lifecycle is AccountLifecycle.None or AccountLifecycle.Retired)
        {
            return;
        }

        foreach (var hold in holds.Standing)
        {
            if (hold.What!.Covers.Covers(file.Key, file.State.Labels) && !receipts.Contains(hold.Id, StringComparer.Ordinal))
            {
                var (count, first) = _awaited.GetValueOrDefault(hold.Id, (0, []));
                if (first.Count < Names)
                {
                    first.Add(file.Key.Value);
                }

                _awaited[hold.Id] = (count + 1, first);
            }
        }
    }
}
