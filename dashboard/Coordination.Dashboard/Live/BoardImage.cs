using System.Collections.Immutable;
using Coordination.Domain.Accounts;
using Coordination.Domain.Holds;

namespace Coordination.Dashboard.Live;

/// <summary>One consistent picture of all accounts and standing holds. Immutable: each change makes a new one.</summary>
/// <remarks>The locks of all rows agree with <see cref="Holds"/>; <see cref="Keys"/> are the keys of <see cref="Accounts"/> in order.</remarks>
public sealed record BoardImage
{
    private BoardImage()
    {
    }

    /// <summary>Nothing known yet.</summary>
    public static BoardImage Empty { get; } = new();

    /// <summary>All accounts by key.</summary>
    public ImmutableDictionary<AccountKey, AccountRow> Accounts { get; private init; } = ImmutableDictionary<AccountKey, AccountRow>.Empty;

    /// <summary>The keys in ordinal order, for paging.</summary>
    public ImmutableArray<AccountKey> Keys { get; private init; } = [];

    /// <summary>The labels that accounts have: what a scope may name.</summary>
    public KnownLabels Labels { get; private init; } = KnownLabels.Of([]);

    /// <summary>The standing holds, oldest first.</summary>
    public ImmutableArray<Hold> Holds { get; private init; } = [];

    /// <summary>Counts changes on this host, from 0.</summary>
    public long Revision { get; private init; }

    /// <summary>Accounts that are not retired.</summary>
    public int Live { get; private init; }

    /// <summary>Accounts, not retired, that a hold covers.</summary>
    public int Held { get; private init; }

    /// <summary>Accounts that show as needing attention.</summary>
    public int Attention { get; private init; }

    /// <summary>Makes the next picture.</summary>
    /// <param name="summaries">New summaries; those not newer than what is known are passed over.</param>
    /// <param name="holds">The standing holds now; null when they did not change.</param>
    /// <returns>The picture and what differs; the same picture and null when nothing does.</returns>
    public (BoardImage Image, BoardChange? Change) Next(IReadOnlyCollection<AccountSummary> summaries, ImmutableArray<Hold>? holds)
    {
        var draft = new Draft(this, holds ?? Holds);
        foreach (var summary in summaries)
        {
            draft.Take(summary);
        }

        if (holds is not null)
        {
            draft.RelockAll();
        }

        if (draft.Changed.Count == 0 && holds is null)
        {
            return (this, null);
        }

        var next = draft.Build();
        return (next, new BoardChange([.. draft.Changed.Select(key => next.Accounts[key])], holds is not null) { Revision = next.Revision });
    }

    private sealed class Draft(BoardImage old, ImmutableArray<Hold> holds)
    {
        private readonly ImmutableDictionary<AccountKey, AccountRow>.Builder _rows = old.Accounts.ToBuilder();
        private bool _keysChanged;
        private bool _labelsChanged;
        private int _live = old.Live;
        private int _held = old.Held;
        private int _attention = old.Attention;

        public HashSet<AccountKey> Changed { get; } = [];

        public void Take(AccountSummary summary)
        {
            var known = _rows.GetValueOrDefault(summary.Key);
            if (known is not null && known.Summary.Version >= summary.Version)
            {
                return;
            }

            _keysChanged |= known is null;
            _labelsChanged |= known is null || known.Summary.Labels != summary.Labels;
            Put(known, new AccountRow(summary, EffectiveLock.Of(summary.Key, summary.Labels, holds)));
        }

        public void RelockAll()
        {
            foreach (var row in old.Accounts.Values)
            {
                if (Changed.Contains(row.Summary.Key))
                {
                    continue;
                }

                var now = EffectiveLock.Of(row.Summary.Key, row.Summary.Labels, holds);
                if (now.Strictest != row.Lock.Strictest || !now.HoldIds.SequenceEqual(row.Lock.HoldIds, StringComparer.Ordinal))
                {
                    Put(row, row with { Lock = now });
                }
            }
        }

        public BoardImage Build() => new()
        {
            Accounts = _rows.ToImmutable(),
            Keys = _keysChanged ? [.. _rows.Keys.Order()] : old.Keys,
            Labels = _labelsChanged ? KnownLabels.Of(_rows.Values.Select(row => row.Summary.Labels)) : old.Labels,
            Holds = holds,
            Revision = old.Revision + 1,
            Live = _live,
            Held = _held,
            Attention = _attention,
        };

        private void Put(AccountRow? before, AccountRow after)
        {
            Count(before, -1);
            Count(after, +1);
            _rows[after.Summary.Key] = after with { Revision = old.Revision + 1 };
            Changed.Add(after.Summary.Key);
        }

        private void Count(AccountRow? row, int sign)
        {
            if (row is null or { Summary.Lifecycle: AccountLifecycle.Retired })
            {
                return;
            }

            _live += sign;
            _held += row.Lock.IsHeld ? sign : 0;
            _attention += string.Equals(row.State, "attention", StringComparison.Ordinal) ? sign : 0;
        }
    }
}
