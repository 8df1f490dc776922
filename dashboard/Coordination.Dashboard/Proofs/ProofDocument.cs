using Coordination.Dashboard.Api;
using Coordination.Domain.Holds;

namespace Coordination.Dashboard.Proofs;

/// <summary>What a hold's proof says. The order of the members is the order of the file, and part of its hash.</summary>
/// <remarks>
/// Nothing in it depends on who takes it or when: as long as nothing changes, every taking gives the same bytes. Who took it when
/// stands in the journal. What another part of the service finds out about a hold is one more member here, before the journal.
/// </remarks>
/// <param name="Proof">Always <c>hold</c>.</param>
/// <param name="Version">Of this form, from 1.</param>
/// <param name="Hold">What was ordered.</param>
/// <param name="Placed">The placing.</param>
/// <param name="NamedPosters">Whom it lets through, and since when no more.</param>
/// <param name="Receipts">The accounts' acknowledgements.</param>
/// <param name="InFlight">What was on the wire at the placing, and what became of it.</param>
/// <param name="OffSystem">Posts on its accounts that did not come through here, in the order in which they were found. How far the check is changes by the minute and is no part of it.</param>
/// <param name="Lift">The lift; null while it stands and nobody has asked.</param>
/// <param name="Reviews">Each time that somebody looked at it again.</param>
/// <param name="Journal">The record that all this rests on.</param>
public sealed record ProofDocument(
    string Proof,
    int Version,
    ProofHold Hold,
    ProofMoment Placed,
    ProofPosters NamedPosters,
    ProofReceipts Receipts,
    IReadOnlyList<InFlightDto> InFlight,
    IReadOnlyList<OffSystemPostDto> OffSystem,
    ProofLift? Lift,
    IReadOnlyList<ProofReview> Reviews,
    ProofJournal Journal);

/// <summary>What was ordered.</summary>
public sealed record ProofHold(
    string Id, string Kind, Scope Scope, string ScopeInWords, string Reason, string? Incident, string? Rule, DateTimeOffset? ReviewAt, DateTimeOffset? EndsAt,
    bool LiftNeedsSecond, bool Stands);

/// <summary>Something that somebody did, with its place in the order of all permits and holds.</summary>
public sealed record ProofMoment(DateTimeOffset At, long? Sequence, ActorDto By, string? Reason);

/// <summary>Whom the hold lets through, by staff id.</summary>
public sealed record ProofPosters(IReadOnlyList<string> AtPlacing, IReadOnlyList<ProofPosterRemoved> Removed, IReadOnlyList<string> Now);

/// <summary>Somebody who was taken off the people that it lets through.</summary>
public sealed record ProofPosterRemoved(string Id, DateTimeOffset At, long? Sequence);

/// <summary>The acknowledgements.</summary>
/// <param name="Covered">Accounts covered now.</param>
/// <param name="Acknowledged">Those of them that have acknowledged.</param>
/// <param name="AllWithinMilliseconds">From the placing to the last of them; null while one is missing.</param>
/// <param name="PostsStopped">Posts that it stopped.</param>
/// <param name="Items">Each account, by key.</param>
public sealed record ProofReceipts(int Covered, int Acknowledged, double? AllWithinMilliseconds, int PostsStopped, IReadOnlyList<ProofReceipt> Items);

/// <summary>One account's acknowledgement.</summary>
/// <param name="Account">Its key.</param>
/// <param name="AcknowledgedAt">When; left out while it has not.</param>
/// <param name="AfterMilliseconds">From the placing to it; an account that joined later has its own time.</param>
/// <param name="PostsStopped">Its posts that the hold stopped.</param>
/// <param name="Covered">Whether it is covered now.</param>
public sealed record ProofReceipt(string Account, DateTimeOffset? AcknowledgedAt, double? AfterMilliseconds, int PostsStopped, bool Covered);

/// <summary>How it ended, or is about to.</summary>
/// <param name="Asked">The first of two people; null where one suffices.</param>
/// <param name="Lifted">Who lifted it, or confirmed; null while it stands.</param>
/// <param name="ByItself">Whether it ended at the time that its placer chose.</param>
public sealed record ProofLift(ProofMoment? Asked, ProofMoment? Lifted, bool ByItself);

/// <summary>A look at the hold.</summary>
public sealed record ProofReview(DateTimeOffset At, ActorDto By, DateTimeOffset? ReviewAt, string? Reason);

/// <summary>The hold's own record: hash-chained, so its last hash stands for all of it.</summary>
public sealed record ProofJournal(string Stream, IReadOnlyList<ProofEntry> Entries);

/// <summary>One entry of the record.</summary>
public sealed record ProofEntry(long Number, DateTimeOffset At, string Event, ActorDto By, string? Reason, long? Sequence, string Hash);
