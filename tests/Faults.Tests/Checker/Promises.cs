using Coordination.Dashboard.Desks;
using Coordination.FaultTests.Clients;

namespace Coordination.FaultTests.Checker;

/// <summary>What clients were told is so: "took" is there, "refused" left nothing half-done, and by repeating each got one of the two.</summary>
internal static class Promises
{
    public static IEnumerable<string> Find(Facts facts)
    {
        var holds = facts.Run.Holds.ToDictionary(h => h.Id, StringComparer.Ordinal);
        var operations = facts.Run.Journal.Where(e => e.OperationId is not null).Select(e => e.OperationId!.Value).ToHashSet();
        var cancelled = facts.Run.Journal.Where(e => e.Event is "post-cancelled").Select(e => facts.Payloads[e]["postId"]!.GetValue<Guid>()).ToHashSet();
        foreach (var call in facts.Run.Calls)
        {
            foreach (var post in Discarded(call).Where(post => !cancelled.Contains(post) || !Rests(facts, post)))
            {
                yield return $"A client was told that post {post} is discarded, and at the end it is '{facts.Posts.GetValueOrDefault(post)?.State}': {call}.";
            }

            foreach (var item in call.Kind is "handback" && call.Told == Told.Took ? call.Answer!["items"]!.AsArray() : [])
            {
                var (id, result) = (item!["id"]!.GetValue<Guid>(), item["result"]!.GetValue<string>());
                var done = operations.Contains(DerivedIds.Of(call.Operation, $"handback/{id}"));
                if (result is "released" or "still-held" ? !done : result is "refused" && !call.Doubted && done)
                {
                    yield return $"A client was told '{result}' of post {id}, and the journal has it otherwise: {call}.";
                }
            }

            var fault = call.Told switch
            {
                Told.Nothing => "never got a certain answer",
                Told.Refused when !call.Doubted && operations.Contains(call.Operation) => "was refused and did something all the same",
                Told.Took when call.Kind is "hold" && !Placed(holds, call) => "was told that the hold took, and it is not there",
                Told.Took when call.Kind is "lift" && call.Answer?["awaiting"] is null && !Lifted(holds, call) => "was told that the hold is lifted, and it stands",
                _ => null,
            };
            if (fault is not null)
            {
                yield return $"A client {fault}: {call}.";
            }
        }
    }

    private static IEnumerable<Guid> Discarded(Call call) => (call.Kind, call.Told) switch
    {
        ("cancel", Told.Took) => [Guid.Parse(call.Path.Split('/')[3])],
        ("handback", Told.Took) => call.Answer!["items"]!.AsArray()
            .Where(item => item!["result"]!.GetValue<string>() is "discarded").Select(item => item!["id"]!.GetValue<Guid>()),
        _ => [],
    };

    // Nothing but the platform's own word that it is out comes after that: what was discarded may have been of unknown outcome.
    private static bool Rests(Facts facts, Guid post) => facts.Posts.GetValueOrDefault(post)?.State is "cancelled" or "published" or "removed";

    private static bool Placed(Dictionary<string, HoldRow> holds, Call call) =>
        holds.TryGetValue(call.Answer!["id"]!.GetValue<string>(), out var hold) && hold.OperationId == call.Operation;

    private static bool Lifted(Dictionary<string, HoldRow> holds, Call call) =>
        holds.TryGetValue(call.Path.Split('/')[3], out var hold) && hold.LiftedSeq is not null;
}
