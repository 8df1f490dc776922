using Coordination.Domain.Brigade;

namespace Coordination.Domain.Incidents.Cap;

/// <summary>Decides what to do about a valid message. Pure: the same message, policy, map, history and time give the same decision.</summary>
/// <remarks>
/// It holds only what a rule names and a message makes clear; where either is in doubt it asks a person. It never lifts: the end of an
/// incident, a lower severity or a lapsed <c>expires</c> leave every hold where it is, for Comms to lift.
/// </remarks>
public static class CapTriage
{
    /// <summary>Decides.</summary>
    /// <param name="message">The message.</param>
    /// <param name="policy">Senders, rules, marks of tests.</param>
    /// <param name="map">Areas and stations.</param>
    /// <param name="seen">The messages triaged before.</param>
    /// <param name="now">The time.</param>
    public static CapDecision Decide(
        CapMessage message, CapIntakePolicy policy, BrigadeMap map, SeenMessages seen, DateTimeOffset now)
    {
        if (!policy.Senders.Contains(message.Sender))
        {
            return new CapDecision.SenderRefused(
                message.Sender,
                $"sender {CapValues.Quote(message.Sender)} is not on the list of senders; nothing was held. An administrator can add it");
        }

        if (seen.Find(message.Reference) is { } same)
        {
            return string.Equals(same.Digest, message.Digest, StringComparison.Ordinal)
                ? new CapDecision.Repeat(message.Reference, $"message {CapValues.Quote(message.Identifier)} was received before; what was decided then stands")
                : Ask(message, "was received before with other content under the same identifier and time; decide by hand, and ask the sender for a new message");
        }

        if (message.Status is not CapStatus.Actual)
        {
            return new CapDecision.Ignored(
                CapIgnoredBecause.NotActual,
                $"status is {message.Status}: it never holds a real account");
        }

        return message.MsgType is CapMsgType.Ack or CapMsgType.Error
            ? new CapDecision.Ignored(CapIgnoredBecause.NoAlert, $"msgType is {message.MsgType}: it answers another message and reports no incident")
            : DecideActual(message, policy, map, seen, now);
    }

    private static CapDecision DecideActual(
        CapMessage message, CapIntakePolicy policy, BrigadeMap map, SeenMessages seen, DateTimeOffset now)
    {
        var infos = CapTestMarks.Judge(message, policy);
        if (infos.Count > 0 && infos.All(i => i.Mark is TestMarkMeaning.IsTest))
        {
            return new CapDecision.Ignored(
                CapIgnoredBecause.TestEvent,
                $"{CapValues.Quote(message.Infos[0].Event)} is a test although its status is Actual: it never holds a real account");
        }

        if (message.MsgType is CapMsgType.Cancel)
        {
            return Ask(message, "says that the incident was cancelled; a hold is lifted by Comms, never by a message");
        }

        if (infos.Count == 0)
        {
            return Ask(message, "says nothing about what happened or where (it has no info block)");
        }

        var current = infos.Where(i => i.Info.Expires is not { } expires || expires > now).ToList();
        var concerning = current.Where(i => policy.Rules.Any(r => r.Concerns(i.Info))).ToList();
        var chain = seen.ChainOf(message);
        if (concerning.Count == 0)
        {
            return DecideWithoutRule(message, [.. current.Select(i => i.Info)], chain);
        }

        if (concerning.Concat(infos.Where(i => i.Mark is TestMarkMeaning.IsTest)).FirstOrDefault(i => i.Mark is not null) is { Mark: not null } doubtful)
        {
            return Ask(message, $"{CapValues.Quote(doubtful.Info.Event)} may be a test or an exercise, or only a part of it is; decide whether it is real");
        }

        return seen.FindSuccessor(message.Reference) is { } successor
            ? Ask(message, $"arrived after message {CapValues.Quote(successor.Reference.Identifier)}, which {(successor.MsgType is CapMsgType.Cancel ? "cancels" : "replaces")} it")
            : DecideByRule(message, [.. concerning.Select(i => i.Info)], policy, map, chain);
    }

    private static CapDecision DecideWithoutRule(CapMessage message, List<CapInfo> current, IReadOnlyList<SeenMessage> chain)
    {
        var expired = current.Count == 0;
        if (chain.Any(m => m.Hold is { Lifted: false }))
        {
            return Ask(message, expired
                ? "has expired, and a hold for this incident still stands; a hold is lifted by Comms, never by a message"
                : "lowers the severity of an incident for which a hold still stands; a hold is lifted by Comms, never by a message");
        }

        return expired
            ? new CapDecision.Ignored(CapIgnoredBecause.Expired, "it had expired when it arrived")
            : new CapDecision.Ignored(
                CapIgnoredBecause.NoRule,
                $"no rule is about it: severity is {string.Join(", ", current.Select(i => i.Severity).Distinct())}");
    }

    private static CapDecision DecideByRule(
        CapMessage message, List<CapInfo> concerning, CapIntakePolicy policy, BrigadeMap map, IReadOnlyList<SeenMessage> chain)
    {
        var acting = concerning.Where(i => policy.Rules.Any(r => r.Acts(i))).ToList();
        var doubtful = concerning.Except(acting)
            .Select(i => $"severity {i.Severity} with urgency {i.Urgency} and certainty {i.Certainty}: no rule acts on that by itself")
            .Distinct(StringComparer.Ordinal)
            .ToList();
        if (acting.Count == 0)
        {
            return Ask(message, $"reports {string.Join("; ", doubtful)}");
        }

        var places = CapPlaces.Find(acting, policy, map);
        var reach = places.WholeBrigade ? TakeoverReach.WholeBrigade : TakeoverReach.NamedAreas;
        if (policy.Rules.FirstOrDefault(r => r.Reach == reach && acting.Exists(r.Acts)) is not { } rule)
        {
            return Ask(message, $"reports severity {acting[0].Severity}, and no rule covers {(places.WholeBrigade ? "the whole brigade" : "single areas")}");
        }

        if (places.AreaIds.Count == 0)
        {
            return Ask(message, places.Unclear.Count > 0
                ? $"matches {rule.Words("an area")}, but where is not clear: {string.Join("; ", places.Unclear)}"
                : $"matches {rule.Words("an area")}, but it names no area");
        }

        return Place(message, rule, acting[0], places with { Unclear = [.. places.Unclear, .. doubtful] }, map, chain);
    }

    private static CapDecision Place(
        CapMessage message, TakeoverRule rule, CapInfo info, CapPlaces places, BrigadeMap map, IReadOnlyList<SeenMessage> chain)
    {
        var standing = chain.Where(m => m.Hold is { Lifted: false }).Select(m => m.Hold!).ToList();
        var heldAreas = standing.SelectMany(h => h.Areas).ToHashSet(StringComparer.Ordinal);
        if (standing.Exists(h => h.WholeBrigade) || (!places.WholeBrigade && places.AreaIds.All(heldAreas.Contains)))
        {
            return new CapDecision.Ignored(
                CapIgnoredBecause.AlreadyHeld,
                $"a hold for this incident already stands in {Names(places, map)}");
        }

        if (chain.Any(m => m.Hold is { Lifted: true }))
        {
            return Ask(message, $"matches {rule.Words(Names(places, map))}, but Comms has lifted a hold for this incident before; decide whether to hold again");
        }

        var fresh = places.WholeBrigade ? places : places with { AreaIds = [.. places.AreaIds.Where(a => !heldAreas.Contains(a))] };
        var words = rule.Words(Names(fresh, map));
        return new CapDecision.PlaceHold(
            rule,
            fresh.AreaIds,
            fresh.WholeBrigade,
            message.Identifier,
            $"{words} ({info.Headline ?? info.Event})",
            fresh.Unclear);
    }

    private static string Names(CapPlaces places, BrigadeMap map) => places.WholeBrigade
        ? "the whole brigade"
        : string.Join(", ", places.AreaIds.Select(id => map.TryFindArea(id, out var area) ? area.Name : id));

    private static CapDecision.AsksPerson Ask(CapMessage message, string what) =>
        new($"message {CapValues.Quote(message.Identifier)} from {message.Sender} {what}", message.Identifier);
}
