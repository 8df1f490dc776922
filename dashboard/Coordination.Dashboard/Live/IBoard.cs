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
#pragma warning disable MA0046 // The change is an immutable record that travels further than the event; it is no EventArgs.
    event EventHandler<BoardChange>? Changed;
#pragma warning restore MA0046
}

/// <summary>The board for those who need accounts, holds and labels that belong together.</summary>
public interface IBoardImages : IBoard
{
    /// <summary>The picture now.</summary>
    BoardImage Image { get; }

    /// <summary>Waits until the picture shows the standing holds as this host knows them now, so that whoever placed one reads it.</summary>
    Task CaughtUpAsync();
}

/// <summary>What changed on the board.</summary>
/// <param name="Accounts">Rows that are new or different.</param>
/// <param name="HoldsChanged">Whether the set of standing holds changed.</param>
public sealed record BoardChange(IReadOnlyList<AccountRow> Accounts, bool HoldsChanged)
{
    /// <summary>The board's revision after this change, on this host.</summary>
    public long Revision { get; init; }
}

/// <summary>Numbers before words: the strip on top of every page.</summary>
public sealed record BoardCounts(int Accounts, int Held, int Holds, int InFlight, int DueToday, int AwaitingPerson, int Attention, int AwaitingApproval);
