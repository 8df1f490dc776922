using System.Text.Json;
using Coordination.Dashboard.Api;
using Coordination.Dashboard.Components.Kit;
using Coordination.Domain.Holds;
using Coordination.Domain.People;
using Coordination.Storage.Journal;
using Coordination.Storage.Proofs;

namespace Coordination.Dashboard.Proofs;

/// <summary>Makes a proof of what the database knows of a hold.</summary>
public static class ProofMaking
{
    /// <summary>Makes it.</summary>
    public static ProofDocument Of(HoldFacts facts)
    {
        var (hold, entries) = (facts.Hold, facts.Entries);
        return new ProofDocument(
            "hold",
            1,
            new ProofHold(
                hold.Id, hold.Kind.Id(), hold.Scope, Names.Of(hold.Scope), hold.Reason, hold.Incident, hold.Rule, hold.ReviewAt, hold.EndsAt, hold.LiftNeedsSecond, hold.Stands),
            new ProofMoment(hold.PlacedAt, hold.Sequence, new ActorDto(hold.PlacedBy, hold.PlacedByName, hold.PlacedByRole.Id()), hold.Reason),
            Posters(hold, entries),
            Receipts(facts),
            InFlightDto.Of(facts.InFlight),
            [.. facts.OffSystem.Select(OffSystemPostDto.Of)],
            Lift(hold, entries),
            [.. entries.Where(e => Is(e, "review-moved")).Select(e => new ProofReview(e.At, By(e), Field<DateTimeOffset?>(e, "reviewAt"), e.Reason))],
            new ProofJournal(
                "hold/" + hold.Id,
                [.. entries.Select(e => new ProofEntry(e.Number, e.At, e.Event, By(e), e.Reason, e.FenceSequence, Convert.ToHexStringLower(e.Hash)))]));
    }

    private static ProofPosters Posters(Hold hold, IReadOnlyList<JournalEntry> entries)
    {
        var removed = entries.Where(e => Is(e, "named-poster-removed")).Select(e => new ProofPosterRemoved(Field<string>(e, "staffId") ?? "", e.At, e.FenceSequence)).ToList();
        var placing = entries.FirstOrDefault(e => Is(e, "hold-placed"));
        return new ProofPosters((placing is null ? null : Field<IReadOnlyList<string>>(placing, "namedPosters")) ?? hold.NamedPosters, removed, hold.NamedPosters);
    }

    private static ProofReceipts Receipts(HoldFacts facts)
    {
        var placed = facts.Hold.PlacedAt;
        var items = facts.Receipts.Select(r => new ProofReceipt(r.Account, r.AcknowledgedAt, Milliseconds(r.AcknowledgedAt - placed), r.PostsHeld, r.Covered)).ToList();
        var covered = facts.Receipts.Where(r => r.Covered).ToList();
        var acknowledged = covered.Count(r => r.AcknowledgedAt is not null);
        return new ProofReceipts(
            covered.Count, acknowledged, acknowledged == covered.Count ? Milliseconds(covered.Max(r => r.AcknowledgedAt) - placed) : null, items.Sum(i => i.PostsStopped), items);
    }

    private static ProofLift? Lift(Hold hold, IReadOnlyList<JournalEntry> entries)
    {
        if (hold is { Stands: true, LiftAsk: null })
        {
            return null;
        }

        // The role of whoever asked stands in the journal alone.
        var asked = hold.LiftAsk is { } ask
            ? new ProofMoment(ask.At, ask.Sequence, new ActorDto(ask.By, ask.ByName, entries.LastOrDefault(e => e.FenceSequence == ask.Sequence)?.ActorRole ?? ""), ask.Reason)
            : null;
        var lifted = hold.LiftedAt is { } at
            ? new ProofMoment(at, hold.LiftedSequence, new ActorDto(hold.LiftedBy ?? "", hold.LiftedByName ?? "", entries.LastOrDefault(e => e.FenceSequence == hold.LiftedSequence)?.ActorRole ?? ""), hold.LiftReason)
            : null;
        return new ProofLift(asked, lifted, hold.EndedByItself);
    }

    private static bool Is(JournalEntry entry, string name) => string.Equals(entry.Event, name, StringComparison.Ordinal);

    private static ActorDto By(JournalEntry entry) => new(entry.ActorId, entry.ActorName, entry.ActorRole);

    private static double? Milliseconds(TimeSpan? span) => span is { } some ? Math.Round(some.TotalMilliseconds, 3) : null;

    // A redacted entry has lost its payload: what it said is gone, and the proof says the rest.
    private static T? Field<T>(JournalEntry entry, string name)
    {
        if (entry.Payload is null)
        {
            return default;
        }

        using var payload = JsonDocument.Parse(entry.Payload);
        return payload.RootElement.TryGetProperty(name, out var value) ? value.Deserialize<T>() : default;
    }
}
