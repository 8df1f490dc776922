using System.Text.Json;
using Coordination.Storage.Journal;

namespace Coordination.Storage.Verification.Checks;

/// <summary>Each hold's row, by which the fence decides, says what its journal says: kind, scope, people, places in the order, lift.</summary>
internal sealed class HoldCheck(Findings findings, IReadOnlyDictionary<string, HoldRecord> holds)
{
    private const string Sql = """
        select id, operation_id, kind, scope::text, reason, placed_by, placed_by_name, placed_by_role, placed_at, placed_seq, named_posters, incident,
               review_at, rule, lifted_at, lifted_seq, lifted_by, lifted_by_name, lift_reason, lift_operation_id,
               ends_at, lift_needs_second, lift_asked_seq, lift_asked_by, lift_asked_by_name, lift_asked_by_role, lift_asked_reason
        from hold order by placed_seq
        """;

    public async Task LookAsync(Snapshot snapshot, CancellationToken cancellationToken)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var row in snapshot.CursorAsync("hold_rows", Sql, StoredHold.Read, cancellationToken))
        {
            seen.Add(row.Id);
            findings.Looked();
            if (!holds.TryGetValue(row.Id, out var hold) || hold.Placing is not { } placing)
            {
                findings.Differs(HoldRecord.Prefix + row.Id, "There is a hold of this id, and the journal does not say that it was placed.", sequence: row.PlacedSequence);
                continue;
            }

            ComparePlacing(hold, placing, row);
            CompareAsk(hold, row);
            CompareLift(hold, row);
            hold.LiftedAt = row.LiftedAt;
        }

        foreach (var hold in holds.Values.Where(h => !seen.Contains(h.Id)))
        {
            findings.Differs(hold.Stream, "The journal has this hold, and there is no hold of this id.", 1, hold.PlacedSequence);
        }

        var strange = holds.Values.SelectMany(h => h.Strange).GroupBy(e => e, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal);
        foreach (var kind in strange)
        {
            findings.Note($"{kind.Count()} holds have entries '{kind.Key}', which this program does not fold.");
        }
    }

    private void ComparePlacing(HoldRecord hold, JournalRow placing, StoredHold row)
    {
        Compare(hold, placing, "place in the order", placing.FenceSequence, row.PlacedSequence);
        Compare(hold, placing, "operation", placing.OperationId, row.OperationId);
        Compare(hold, placing, "placer", (placing.ActorId, placing.ActorName, placing.ActorRole), (row.PlacedBy, row.PlacedByName, row.PlacedByRole));
        CompareMoment(hold, placing, "placing", row.PlacedAt);
        if (hold.What is not { } what)
        {
            findings.Note($"{hold.Id} was not compared: its placing is redacted or cannot be read.");
            return;
        }

        Compare(hold, placing, "reason", placing.Reason, row.Reason, hidden: true);
        Compare(hold, placing, "kind", Domain.Holds.HoldKinds.Id(what.Kind), row.Kind);
        Compare(hold, placing, "named posters", string.Join(", ", hold.NamedNow), string.Join(", ", row.NamedPosters));
        Compare(hold, placing, "incident", what.Incident, row.Incident);
        Compare(hold, placing, "rule", what.Rule, row.Rule);
        Compare(hold, placing, "lift by two", what.LiftNeedsSecond ?? row.LiftNeedsSecond, row.LiftNeedsSecond);
        if (!Same.Time(what.EndsAt, row.EndsAt))
        {
            findings.Differs(hold.Stream, Same.Words("The hold's chosen end", what.EndsAt, row.EndsAt), placing.Number);
        }

        if (!Same.Time(hold.ReviewAt, row.ReviewAt))
        {
            findings.Differs(hold.Stream, Same.Words("The hold's time of review", hold.ReviewAt, row.ReviewAt), placing.Number);
        }

        using var scope = JsonDocument.Parse(row.Scope);
        if (!JsonElement.DeepEquals(what.Scope, scope.RootElement))
        {
            findings.Differs(hold.Stream, Same.Words("The hold's scope", what.Scope.GetRawText(), row.Scope), placing.Number);
        }
    }

    private void CompareAsk(HoldRecord hold, StoredHold row)
    {
        if (hold.Ask is not { } ask)
        {
            if (row.AskedSequence is { } asked)
            {
                findings.Differs(hold.Stream, "The hold's row has a request to lift it, and the journal does not.", sequence: asked);
            }

            return;
        }

        Compare(hold, ask, "request to lift's place in the order", ask.FenceSequence, row.AskedSequence);
        Compare(hold, ask, "asker for the lift", (ask.ActorId, ask.ActorName, ask.ActorRole), (row.AskedBy ?? "", row.AskedByName ?? "", row.AskedByRole ?? ""));
        if (ask.Salt is not null)
        {
            Compare(hold, ask, "request to lift's reason", ask.Reason, row.AskedReason, hidden: true);
        }
    }

    private void CompareLift(HoldRecord hold, StoredHold row)
    {
        if (hold.Lift is not { } lift)
        {
            if (row.LiftedSequence is { } lifted)
            {
                findings.Differs(hold.Stream, "The hold's row says that it was lifted, and the journal does not.", sequence: lifted);
            }

            return;
        }

        if (row.LiftedSequence is null)
        {
            findings.Differs(hold.Stream, "The journal says that the hold was lifted, and its row does not.", lift.Number, lift.FenceSequence);
            return;
        }

        Compare(hold, lift, "lift's place in the order", lift.FenceSequence, row.LiftedSequence);
        Compare(hold, lift, "lift's operation", lift.OperationId, row.LiftOperationId);
        Compare(hold, lift, "lifter", (lift.ActorId, lift.ActorName), (row.LiftedBy ?? "", row.LiftedByName ?? ""));
        CompareMoment(hold, lift, "lift", row.LiftedAt);
        if (lift.Salt is not null)
        {
            Compare(hold, lift, "lift's reason", lift.Reason, row.LiftReason, hidden: true);
        }
    }

    private void Compare<T>(HoldRecord hold, JournalRow entry, string what, T expected, T found, bool hidden = false)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, found))
        {
            findings.Differs(hold.Stream, Same.Words("The hold's " + what, expected, found, hidden), entry.Number);
        }
    }

    private void CompareMoment(HoldRecord hold, JournalRow entry, string what, DateTimeOffset? found)
    {
        if (!Same.Moment(new DateTimeOffset(entry.At, TimeSpan.Zero), found))
        {
            findings.Differs(hold.Stream, $"The time of the {what} is {Same.Show(found)}; its entry was written at {Same.Show(new DateTimeOffset(entry.At, TimeSpan.Zero))}.", entry.Number);
        }
    }
}
