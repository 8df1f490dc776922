using Coordination.Dashboard.Api;

namespace Coordination.Dashboard.Hubs;

/// <summary>What the hub tells its clients. State, not events: of two rows, or two sets of holds, the one with the greater revision counts.</summary>
public interface ICoordinationClient
{
    /// <summary>A part of the picture that <c>Follow</c> or <c>Resume</c> asked for; <see cref="BoardSnapshot.More"/> says whether another part comes.</summary>
    Task Snapshot(BoardSnapshot snapshot);

    /// <summary>Accounts that changed, each whole.</summary>
    Task Accounts(IReadOnlyList<AccountDto> accounts);

    /// <summary>All standing holds, whenever one was placed or lifted.</summary>
    Task Holds(HoldSet holds);

    /// <summary>How many of a hold's accounts have acknowledged it.</summary>
    Task Receipts(HoldReceipts receipts);
}

/// <summary>A part of the picture.</summary>
/// <param name="Epoch">Names this host's run; another epoch makes revisions start anew.</param>
/// <param name="Revision">The board's revision that the picture shows; pass it to <c>Resume</c>.</param>
/// <param name="Full">True when rows that are not in any part do not exist; false when only what changed is told.</param>
/// <param name="Accounts">Rows of the groups followed.</param>
/// <param name="Holds">All standing holds; in the last part alone, empty otherwise.</param>
/// <param name="More">Whether another part comes.</param>
public sealed record BoardSnapshot(
    string Epoch, long Revision, bool Full, IReadOnlyList<AccountDto> Accounts, IReadOnlyList<HoldDto> Holds, bool More);

/// <summary>All standing holds, oldest first.</summary>
/// <param name="Revision">The board's revision that they belong to.</param>
/// <param name="Items">The holds.</param>
public sealed record HoldSet(long Revision, IReadOnlyList<HoldDto> Items);

/// <summary>How far a hold's receipts are.</summary>
/// <param name="HoldId">The hold.</param>
/// <param name="Covered">Accounts it covers.</param>
/// <param name="Acknowledged">Those that have acknowledged it.</param>
public sealed record HoldReceipts(string HoldId, int Covered, int Acknowledged);
