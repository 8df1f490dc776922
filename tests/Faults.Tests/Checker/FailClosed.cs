using Coordination.FaultTests.Clients;

namespace Coordination.FaultTests.Checker;

/// <summary>G5: while PostgreSQL was away no permit was issued and nobody was told that a hold took.</summary>
internal static class FailClosed
{
    public static IEnumerable<string> Find(Facts facts)
    {
        foreach (var (from, until) in facts.Run.Outages)
        {
            foreach (var permit in facts.Run.Permits.Where(p => p.IssuedAt > from && p.IssuedAt < until))
            {
                yield return $"G5: permit {permit.Seq} was issued at {permit.IssuedAt:O}, while the database was away.";
            }

            foreach (var call in facts.Run.Calls.Where(c => c.Kind is "hold" or "lift" && c.Told == Told.Took && c.LastBegan > from && c.Ended < until))
            {
                yield return $"G5: a client was told that it took while the database was away: {call}.";
            }

            foreach (var arrival in facts.Run.Arrivals.Where(a => a.Kind is "publish" or "edit" && a.At > from && a.At < until && a.Post is not null))
            {
                if (!facts.Permits[arrival.Post!.Value].Any(p => p.IssuedAt <= from && p.ExpiresAt >= arrival.At))
                {
                    yield return $"G5: post {arrival.Post} arrived at {arrival.At:O}, while the database was away, without a live permit from before.";
                }
            }
        }
    }
}
