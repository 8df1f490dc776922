using Coordination.Domain.Holds;
using Coordination.Storage.Journal;

namespace Coordination.Storage.Verification;

/// <summary>One hold as its journal has it: the placing, the people it lost, the lift.</summary>
internal sealed class HoldRecord(string stream)
{
    public const string Prefix = "hold/";

    // A hold ends by a person's lift or at the time that its placer chose; either entry carries the sequence number of the end.
    private const string Placed = "hold-placed", Lifted = "hold-lifted", Ended = "hold-ended", Removed = "named-poster-removed", Review = "review-moved";
    private const string Asked = "lift-asked", Declined = "lift-declined", Lapsed = "lift-lapsed", Proof = Proofs.ProofStore.Event;

    private readonly Dictionary<string, long> _removed = new(StringComparer.Ordinal);
    private ReviewPayload? _review;
    private readonly HashSet<string> _strange = new(StringComparer.Ordinal);

    public string Stream => stream;

    public string Id => stream[Prefix.Length..];

    /// <summary>The entry of the placing; null when there is none.</summary>
    public JournalRow? Placing { get; private set; }

    /// <summary>What was placed; null when the entry is redacted or cannot be read.</summary>
    public PlacedPayload? What { get; private set; }

    /// <summary>The entry of the request to lift that waits, or was confirmed; null when there is none.</summary>
    public JournalRow? Ask { get; private set; }

    /// <summary>The entry of the lift; null while it stands.</summary>
    public JournalRow? Lift { get; private set; }

    public long PlacedSequence => Placing?.FenceSequence ?? 0;

    public long? LiftedSequence => Lift?.FenceSequence;

    /// <summary>When it was lifted, by the fence's clock; set from the hold's row, because the entry is written a moment later.</summary>
    public DateTimeOffset? LiftedAt { get; set; }

    /// <summary>When somebody should look at it again: as placed, or as it was moved since.</summary>
    public DateTimeOffset? ReviewAt => _review is null ? What?.ReviewAt : _review.ReviewAt;

    /// <summary>Kinds of entries that this program does not know.</summary>
    public IReadOnlyCollection<string> Strange => _strange;

    /// <summary>Named when it was placed and not removed since, in their order.</summary>
    public IEnumerable<string> NamedNow => (What?.NamedPosters ?? []).Where(id => !_removed.ContainsKey(id));

    /// <summary>Takes the next entry; answers what is wrong with it, or null.</summary>
    public string? Take(JournalRow row)
    {
        switch (row.Event)
        {
            case Placed when Placing is not null:
                return "The hold is placed a second time.";
            case Placed:
                Placing = row;
                if (row.Payload is not null && (What = PlacedPayload.Read(row.Payload)) is null)
                {
                    return "Its content cannot be read as a placed hold.";
                }

                return What is not null && !string.Equals(What.Id, Id, StringComparison.Ordinal) ? $"It is about the hold {What.Id}." : null;
            case Lifted or Ended when Lift is not null:
                return "The hold is lifted a second time.";
            case Lifted or Ended:
                Lift = row;
                return Placing is null ? "The hold is lifted and was never placed." : null;
            case Removed when row.Payload is null:
                return null;
            case Removed when RemovedPayload.Read(row.Payload)?.StaffId is { } staff:
                _removed.TryAdd(staff, row.FenceSequence ?? 0);
                return null;
            case Removed:
                return "Its content cannot be read as the removal of a named poster.";
            case Asked or Declined or Lapsed:
                Ask = row.Event is Asked ? row : null;

                // The hold stands all the same; only its lift ends it.
                return Lift is null ? null : "Its lift is asked for after it was lifted.";
            case Proof when row.Payload is null:
                return null;
            case Proof:
                return MarkPayload.IsOne(row.Payload) ? null : "Its content cannot be read as the mark of a proof.";
            case Review when row.Payload is null:
                return null;
            case Review:
                _review = ReviewPayload.Read(row.Payload);
                return _review is null ? "Its content cannot be read as another time of review." : null;
            default:
                _strange.Add(row.Event);
                return null;
        }
    }

    /// <summary>Whether a permit of this sequence number was issued while it stood.</summary>
    public bool StoodAt(long sequence) => PlacedSequence < sequence && (LiftedSequence is null || sequence < LiftedSequence);

    /// <summary>Whether it stood at some time between two sequence numbers.</summary>
    public bool StoodBetween(long from, long? to) => (to is null || PlacedSequence < to) && (LiftedSequence is null || from < LiftedSequence);

    /// <summary>Whether it lets a permit through that a person's confirmation, and perhaps an approval of its revision, stands behind.</summary>
    public bool LetsThrough(Confirmation confirmed, long? approved, long permit) => What?.Kind switch
    {
        HoldKind.CentralCoordination => confirmed.Sequence > PlacedSequence
            && (What.NamedPosters ?? []).Contains(confirmed.Poster, StringComparer.Ordinal)
            && !(_removed.TryGetValue(confirmed.Poster, out var removed) && removed < permit),
        HoldKind.ApprovalRequired => approved > PlacedSequence,
        _ => false,
    };
}
