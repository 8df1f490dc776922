using System.Collections.Immutable;
using Coordination.Domain.Accounts;
using Coordination.Domain.Holds;

namespace Coordination.Dashboard.Live;

/// <summary>This host's replica of all accounts and standing holds: what pages and the hub serve from.</summary>
public interface IBoard
{
    /// <summary>All accounts by key, as of the last change. A new instance for each change.</summary>
    ImmutableDictionary<AccountKey, AccountRow> Accounts { get; }

    /// <summary>The standing holds, oldest first.</summary>
    ImmutableArray<Hold> Holds { get; }

    /// <summary>Counts for the strip on top.</summary>
    BoardCounts Counts { get; }

    /// <summary>When the replica was last known to agree with the database (UTC); null until the first time.</summary>
    DateTimeOffset? AsOf { get; }

    /// <summary>Raised after changes, coalesced, off the caller's thread. The argument names the accounts whose row changed.</summary>
    event EventHandler<BoardChange>? Changed;
}

/// <summary>What changed on the board.</summary>
/// <param name="Accounts">Rows that are new or different.</param>
/// <param name="HoldsChanged">Whether the set of standing holds changed.</param>
public sealed record BoardChange(IReadOnlyList<AccountRow> Accounts, bool HoldsChanged);

/// <summary>Numbers before words: the strip on top of every page.</summary>
public sealed record BoardCounts(int Accounts, int Held, int Holds, int InFlight, int DueToday, int AwaitingPerson, int Attention);
