using Coordination.Dashboard.Components.Kit;
using Coordination.Domain.Holds;
using Coordination.Storage.Fence;
using Coordination.Storage.Journal;
using Coordination.Storage.ReadModel;

namespace Coordination.Dashboard.Components.Holds;

/// <summary>One line of what happened.</summary>
/// <param name="At">When (UTC).</param>
/// <param name="Words">What.</param>
/// <param name="Css">The colour's class; empty for grey.</param>
public sealed record HoldMoment(DateTimeOffset At, string Words, string Css = "");

/// <summary>All that shows that a hold holds: read from the database, not from this host's memory.</summary>
public sealed class HoldProof(IHoldReader holds, IJournalReader journal)
{
    /// <summary>Receipts that one page of the list has.</summary>
    public const int ReceiptPage = 200;

    /// <summary>The hold; null when there is none, or before it was read.</summary>
    public Hold? Hold { get; private set; }

    /// <summary>How far the receipts are; null before they were read.</summary>
    public Receipts? Receipts { get; private set; }

    /// <summary>Covered accounts with their receipts: the first page, those without one first.</summary>
    public IReadOnlyList<ReceiptRow> Rows { get; private set; } = [];

    /// <summary>Whether there are more rows than read.</summary>
    public bool MoreRows { get; private set; }

    /// <summary>What was on the wire when it came into force, and what became of it.</summary>
    public IReadOnlyList<InFlightPost> InFlight { get; private set; } = [];

    /// <summary>The journal's last entry of the hold's stream; null where it may not be read.</summary>
    public JournalEntry? LastEntry { get; private set; }

    /// <summary>Number of entries beyond which the chain was asked for; null before it was verified.</summary>
    public ChainVerdict? Verdict { get; private set; }

    /// <summary>Entries of the journal, newest first; empty where it may not be read.</summary>
    public IReadOnlyList<JournalEntry> Entries { get; private set; } = [];

    /// <summary>Whether a first reading was done.</summary>
    public bool Read { get; private set; }

    /// <summary>What went wrong at the last reading, in words; null when nothing did.</summary>
    public string? Problem { get; private set; }

    /// <summary>When everything was last read (UTC).</summary>
    public DateTimeOffset? ReadAt { get; private set; }

    /// <summary>Whether something may still change by itself.</summary>
    public bool Moving => Hold is { Stands: true } && (Receipts is not { Complete: true } || InFlight.Any(p => p.Outcome is "open" || (p.RemovalAskedAt is not null && p.RemovedAt is null)));

    /// <summary>Posts held, over the rows read.</summary>
    public int PostsHeld => Rows.Sum(r => r.PostsHeld);

    /// <summary>Reads it all. A database that does not answer leaves what was read before, and says so.</summary>
    public async Task LoadAsync(string id, bool withJournal, DateTimeOffset now, CancellationToken cancellationToken)
    {
        try
        {
            var hold = await holds.FindAsync(id, cancellationToken);
            if (hold is not null)
            {
                var (covered, acknowledged) = await holds.ReceiptCountAsync(id, cancellationToken);
                var rows = await holds.ReceiptsAsync(id, ReceiptPage, null, cancellationToken);
                InFlight = await holds.InFlightAsync(id, cancellationToken);
                (Receipts, Rows, MoreRows) = (new Receipts(covered, acknowledged), rows.Items, rows.Next is not null);
                if (withJournal)
                {
                    Entries = (await journal.ReadAsync("hold/" + id, 100, null, cancellationToken)).Items;
                    LastEntry = Entries.Count > 0 ? Entries[0] : null;
                }
            }

            (Hold, Read, Problem, ReadAt) = (hold, true, null, now);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The page is gone.
        }
        catch (Exception)
        {
            Problem = "The database does not answer.";
        }
    }

    /// <summary>Recomputes the stream's chain.</summary>
    public async Task VerifyAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            Verdict = await journal.VerifyAsync("hold/" + id, cancellationToken);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            Problem = "The database does not answer.";
        }
    }

    /// <summary>What happened, newest first: from the hold's own facts, its receipts, what was in flight, and the journal's other entries.</summary>
    public IReadOnlyList<HoldMoment> Moments()
    {
        if (Hold is not { } hold)
        {
            return [];
        }

        var css = Looks.Of(hold.Kind).Css;
        var moments = new List<HoldMoment> { new(hold.PlacedAt, $"In force, placed by {(hold.Rule is { } rule ? $"the rule “{rule}”" : hold.PlacedByName)}. Sequence {hold.Sequence}.", css) };
        if (hold.LiftedAt is { } lifted)
        {
            moments.Add(new(
                lifted,
                hold.EndedByItself
                    ? $"Ended by itself, as {hold.PlacedByName} chose. Sequence {hold.LiftedSequence}. Nothing went out by itself."
                    : $"Lifted {HoldWords.By(hold)}: {hold.LiftReason}. Sequence {hold.LiftedSequence}. Nothing went out by itself.",
                "ok"));
        }

        if (Receipts is { Complete: true, Covered: > 0 } receipts && !MoreRows && Rows.Max(r => r.AcknowledgedAt) is { } last)
        {
            moments.Add(new(last, receipts.Covered == 1 ? "The account acknowledged." : $"All {receipts.Covered} accounts acknowledged.", "ok"));
        }

        moments.AddRange(InFlight.Select(p => new HoldMoment(p.IssuedAt, $"Permit {p.PermitSequence} for {p.Account}, before the hold: {Looks.OfOutcome(p.Outcome).Word}.", "flight")));
        moments.AddRange(Entries
            .Where(e => e.Event is not ("hold-placed" or "hold-lifted" or "hold-ended"))
            .Select(e => new HoldMoment(e.At, $"{JournalWords.Of(e.Event)}, {e.ActorName}{(e.Reason is { Length: > 0 } why ? ": " + why : "")}.")));
        return [.. moments.OrderByDescending(m => m.At)];
    }
}
