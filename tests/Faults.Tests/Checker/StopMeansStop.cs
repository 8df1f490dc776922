namespace Coordination.FaultTests.Checker;

/// <summary>G1, inside by sequence numbers and outside by what arrived.</summary>
internal static class StopMeansStop
{
    public static IEnumerable<string> Find(Facts facts) => [.. Inside(facts), .. Outside(facts), .. Afterwards(facts)];

    // No permit's number lies inside a hold that covered its account and did not let it through.
    private static IEnumerable<string> Inside(Facts facts) =>
        from permit in facts.Run.Permits
        from hold in facts.Run.Holds
        where permit.Seq > hold.PlacedSeq && !(permit.Seq > hold.LiftedSeq)
            && facts.Covered(hold, permit.Account, permit.Seq) && !facts.LetsThrough(hold, permit)
        select $"G1: permit {permit.Seq} for post {permit.PostId} on {permit.Account} lies inside {hold.Id} ({hold.PlacedSeq} to {hold.LiftedSeq}).";

    // What reached a covered account after the acknowledgement was listed by the hold as in flight, or let through.
    private static IEnumerable<string> Outside(Facts facts)
    {
        var acknowledged = facts.Run.Calls.Where(c => c.Kind is "hold" && c.Told == Clients.Told.Took)
            .ToDictionary(c => c.Operation, c => c.Ended!.Value);
        foreach (var arrival in facts.Run.Arrivals.Where(a => a.Kind is "publish" or "edit" && a.Post is not null))
        {
            var permits = facts.Permits[arrival.Post!.Value].Where(p => p.IssuedAt <= arrival.At).ToArray();
            if (permits.Length == 0)
            {
                yield return $"G1: post {arrival.Post} arrived at {arrival.At:O} without any permit.";
                continue;
            }

            var last = permits[^1];
            foreach (var hold in facts.Run.Holds.Where(h => acknowledged.GetValueOrDefault(h.OperationId, h.PlacedAt) < arrival.At && !(h.LiftedAt <= arrival.At)))
            {
                // An account that had left the scope when the hold came is none of its accounts, whatever its labels were when the permit was issued.
                if (facts.Covered(hold, last.Account, Math.Max(last.Seq, hold.PlacedSeq)) && !facts.LetsThrough(hold, last) && !permits.Any(p => p.Seq < hold.PlacedSeq && hold.InFlight.Contains(p.Id)))
                {
                    yield return $"G1: post {arrival.Post} arrived at {arrival.At:O} on {last.Account}, after {hold.Id} ({hold.PlacedSeq}) was acknowledged, and was not listed as in flight (permit {last.Seq}, outcome {last.Outcome}; {facts.LabelsOf(last.Account)}).";
                }
            }
        }
    }

    // What fell due under a hold goes out only after a person has confirmed it again.
    private static IEnumerable<string> Afterwards(Facts facts) =>
        from permit in facts.Run.Permits
        let confirmed = facts.ConfirmedBefore(permit.PostId, permit.Seq)
        let due = facts.DueAt(permit.PostId, permit.Seq)
        from hold in facts.Run.Holds
        where hold.LiftedSeq < permit.Seq && hold.LiftedSeq > confirmed && hold.LiftedAt > due
            && facts.Covered(hold, permit.Account, hold.LiftedSeq.Value) && !facts.LetsThrough(hold, permit)
        select $"G1: post {permit.PostId} on {permit.Account} fell due at {due:O} under {hold.Id} and went out by itself afterwards (permit {permit.Seq}).";
}
