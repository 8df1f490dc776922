using Coordination.Domain.Holds;
using Coordination.Storage.Fence;
using Coordination.Storage.Journal;
using Coordination.Storage.OffSystem;

namespace Coordination.Storage.Proofs;

/// <summary>All that the database knows of one hold, as it was at one moment.</summary>
/// <param name="Hold">The hold.</param>
/// <param name="Receipts">The accounts that it covers or that have acknowledged it, by key.</param>
/// <param name="InFlight">The permits that were open when it was placed, and what became of them.</param>
/// <param name="OffSystem">Posts on its accounts that did not come through here, in the order in which they were found.</param>
/// <param name="Entries">The entries of its journal, oldest first; proofs that were taken of it are left out.</param>
/// <param name="AsOf">The moment, by the database's clock (UTC).</param>
public sealed record HoldFacts(
    Hold Hold, IReadOnlyList<ReceiptFact> Receipts, IReadOnlyList<InFlightPost> InFlight, IReadOnlyList<OffSystemRow> OffSystem,
    IReadOnlyList<JournalEntry> Entries, DateTimeOffset AsOf);

/// <summary>One account's part in a hold.</summary>
/// <param name="Account">Its key.</param>
/// <param name="AcknowledgedAt">When it acknowledged (UTC); null when it has not.</param>
/// <param name="PostsHeld">How many of its posts the hold stopped.</param>
/// <param name="Covered">Whether it is covered now; an account that was retired or moved since is not.</param>
public sealed record ReceiptFact(string Account, DateTimeOffset? AcknowledgedAt, int PostsHeld, bool Covered);

/// <summary>Reads what a proof is made of.</summary>
public interface IHoldFactsReader
{
    /// <summary>Reads it; null when there is no such hold.</summary>
    Task<HoldFacts?> ReadAsync(string holdId, CancellationToken cancellationToken);
}
