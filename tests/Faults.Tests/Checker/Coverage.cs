using Coordination.FaultTests.Clients;

namespace Coordination.FaultTests.Checker;

/// <summary>What a run touched: a run in which nothing met a hold proves nothing.</summary>
internal sealed record Coverage(int Calls, int Refused, int Doubted, int Holds, int Permits, int Accepted, int Published, int Held, int Missed, int Unknown, int DueUnderHold, int Released, int Approved, int LetThrough, int DecidedInBulk, int Edited, int Registered, int Submitted, int Read, int Returned, int Changed)
{
    public static Coverage Of(Facts facts)
    {
        var run = facts.Run;
        int Count(string state) => run.Posts.Count(p => string.Equals(p.State, state, StringComparison.Ordinal));
        var held = run.Journal.Where(e => e.Event is "post-held").Select(e => facts.Payloads[e]["postId"]!.GetValue<Guid>()).ToHashSet();
        return new Coverage(
            run.Calls.Count,
            run.Calls.Count(c => c.Told == Told.Refused),
            run.Calls.Count(c => c.Doubted),
            run.Holds.Count,
            run.Permits.Count,
            facts.Accepted.Count,
            Count("published"),
            held.Count,
            Count("missed"),
            Count("unknown"),
            run.Posts.Count(p => run.Holds.Any(h => h.PlacedAt < p.DueAt && !(h.LiftedAt < p.DueAt) && facts.Covered(h, p.Account, long.MaxValue))),
            run.Calls.Count(c => c.Told == Told.Took && c.Path.EndsWith("/release", StringComparison.Ordinal) && held.Contains(Guid.Parse(c.Path.Split('/')[3]))),
            run.Journal.Count(e => e.Event is "post-approved"),
            run.Permits.Count(p => run.Holds.Any(h => h.PlacedSeq < p.Seq && !(h.LiftedSeq < p.Seq) && facts.Covered(h, p.Account, p.Seq) && facts.LetsThrough(h, p))),
            run.Calls.Where(c => c.Kind is "handback" && c.Told == Told.Took)
                .Sum(c => c.Answer!["items"]!.AsArray().Count(i => i!["result"]!.GetValue<string>() is "released" or "still-held" or "discarded")),
            run.Journal.Count(e => e.Event is "post-rescheduled" && facts.Payloads[e]["text"] is not null),
            run.Calls.Count(c => c.Registers is not null && c.Told == Told.Took),
            run.Journal.Count(e => e.Event is "post-submitted"),
            run.Permits.Count(p => facts.MadeBy(p.PostId, p.Revision)?.Event is "post-submitted"),
            run.Journal.Count(e => e.Event is "post-returned"),
            run.Arrivals.Count(a => a.Kind is "edit"));
    }

    /// <summary>What is too little to prove anything.</summary>
    public IEnumerable<string> Vacuous()
    {
        foreach (var (what, count, least) in ((string, int, int)[])
        [
            ("wishes", Calls, 200), ("holds", Holds, 10), ("permits", Permits, 60), ("accepted posts", Accepted, 50), ("posts held", Held, 5),
            ("posts due under a hold", DueUnderHold, 15), ("held posts released", Released, 1), ("approvals", Approved, 1), ("permits that a hold let through", LetThrough, 1), ("posts decided in bulk", DecidedInBulk, 1), ("posts in other words", Edited, 1), ("posts changed where they stood", Changed, 1), ("posts submitted", Submitted, 5), ("permits after somebody had read it", Read, 1), ("accounts registered", Registered, 1), ("refused wishes", Refused, 1), ("wishes in doubt", Doubted, 1),
        ])
        {
            if (count < least)
            {
                yield return $"The run proves nothing: {count} {what}, at least {least} are needed.";
            }
        }
    }
}
