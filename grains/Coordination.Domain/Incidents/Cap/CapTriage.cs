using System.Globalization;
using System.Text;
using Coordination.Domain.Brigade;
using Coordination.Domain.Incidents.Reports;

namespace Coordination.Domain.Incidents.Cap;

/// <summary>Decides whether a valid message is put to the rule book, and as what. Pure: the same message, policy, map, history and time give the same decision.</summary>
/// <remarks>
/// What a message holds is for the brigade's rules to say. Here stands only what is CAP's own: who may send, what is a test, what takes the place of what. It
/// never lifts: the end of an incident, a lower severity or a lapsed <c>expires</c> leave every hold where it is, for Comms to lift.
/// </remarks>
public static class CapTriage
{
    /// <summary>Decides.</summary>
    /// <param name="message">The message.</param>
    /// <param name="policy">Senders and marks of tests.</param>
    /// <param name="map">Areas and stations.</param>
    /// <param name="seen">The messages triaged before.</param>
    /// <param name="now">The time.</param>
    public static CapDecision Decide(CapMessage message, CapIntakePolicy policy, BrigadeMap map, SeenMessages seen, DateTimeOffset now)
    {
        if (!policy.Senders.Contains(message.Sender))
        {
            var list = policy.Feed is { } feed ? $"the list of senders of the feed {CapValues.Quote(feed)}" : "the list of senders";
            return new CapDecision.SenderRefused(message.Sender, $"sender {CapValues.Quote(message.Sender)} is not on {list}; nothing was held. An administrator can add it");
        }

        if (seen.Find(message.Reference) is { } same)
        {
            return string.Equals(same.Digest, message.Digest, StringComparison.Ordinal)
                ? new CapDecision.Repeat(message.Reference)
                : Ask(message, "was received before with other content under the same identifier and time; decide by hand, and ask the sender for a new message");
        }

        if (message.Status is not (CapStatus.Actual or CapStatus.Exercise))
        {
            return new CapDecision.Ignored(CapIgnoredBecause.NotActual, $"status is {message.Status}: it never holds a real account");
        }

        if (message.MsgType is CapMsgType.Ack or CapMsgType.Error)
        {
            return new CapDecision.Ignored(CapIgnoredBecause.NoAlert, $"msgType is {message.MsgType}: it answers another message and reports no incident");
        }

        // What is an exercise by its status cannot be one by mistake.
        var infos = message.Status is CapStatus.Actual ? CapTestMarks.Judge(message, policy) : [.. message.Infos.Select(i => (i, (TestMarkMeaning?)null))];
        return infos.Count > 0 && infos.All(i => i.Mark is TestMarkMeaning.IsTest)
            ? new CapDecision.Ignored(
                CapIgnoredBecause.TestEvent,
                $"{CapValues.Quote(message.Infos[0].Event)} is a test although its status is Actual: it never holds a real account")
            : Storable(message, OfIncident(message, infos, policy, map, seen.ChainOf(message), now));
    }

    private static CapDecision OfIncident(
        CapMessage message, List<(CapInfo Info, TestMarkMeaning? Mark)> infos, CapIntakePolicy policy, BrigadeMap map, IReadOnlyList<SeenMessage> chain, DateTimeOffset now)
    {
        if (!CapReports.IsWithin(message.Sent))
        {
            return Ask(message, string.Create(CultureInfo.InvariantCulture, $"was sent in the year {message.Sent.Year} by its own word; decide by hand, and ask the sender to set its clock"));
        }

        if (message.MsgType is CapMsgType.Cancel)
        {
            var what = message.References.Any(r => string.Equals(r.Sender, message.Sender, StringComparison.Ordinal))
                ? "says that the incident was cancelled; a hold is lifted by Comms, never by a message"
                : $"cancels what {message.References[0].Sender} sent; a sender speaks for its own messages alone, so that incident stays as it is, and so does what is held. Ask both";
            return new CapDecision.Ended(CapReports.EndOf(message, chain), Says(message, what), AlwaysAsks: message.Status is CapStatus.Actual);
        }

        if (infos.Count == 0)
        {
            return Ask(message, "says nothing about what happened or where (it has no info block)");
        }

        List<(CapInfo Info, TestMarkMeaning? Mark)> current = [.. infos.Where(i => i.Info.Expires is not { } expires || expires > now)];
        if (current.Count == 0)
        {
            return new CapDecision.Ended(CapReports.EndOf(message, chain), Says(message, "had expired when it arrived"), AlwaysAsks: false);
        }

        string? Doubt(CapInfo info, TestMarkMeaning? mark) => mark is null ? null : Says(message, $"would hold by a rule, but {CapValues.Quote(info.Event)} may be a test or an exercise, or only a part of it is; decide whether it is real");

        // A part that surely is a test makes the whole message doubtful; one that may be is doubtful itself.
        var partly = infos.Where(i => i.Mark is TestMarkMeaning.IsTest).Select(i => Doubt(i.Info, i.Mark)).FirstOrDefault();
        var parts = current.Where(i => i.Mark is not TestMarkMeaning.IsTest).Select(i => (i.Info, Doubt(i.Info, i.Mark) ?? partly)).ToList();
        return parts.Count == 0
            ? new CapDecision.Ignored(CapIgnoredBecause.TestEvent, $"what has not expired of it is a test ({CapValues.Quote(current[0].Info.Event)}): it never holds a real account")
            : new CapDecision.AskRules(CapReports.PartsOf(message, parts, policy, map, chain));
    }

    // The file is read by the same strict rules as every report: what would not come back from it is for a person.
    private static CapDecision Storable(CapMessage message, CapDecision decision)
    {
        var reports = decision switch
        {
            CapDecision.AskRules rules => rules.Parts.Select(p => p.Report),
            CapDecision.Ended ended => [ended.Report],
            _ => [],
        };
        var faults = reports.Select(r => IncidentReportReader.Read(Encoding.UTF8.GetBytes(IncidentReportJson.Write(r)))).OfType<IncidentReportReading.Refused>();
        return faults.FirstOrDefault() is { } refused
            ? Ask(message, $"cannot be put on file as an incident: {refused.Faults[0].Path} {refused.Faults[0].What}; decide by hand")
            : decision;
    }

    private static CapDecision.AsksPerson Ask(CapMessage message, string what) => new(Says(message, what));

    private static string Says(CapMessage message, string what) => $"message {CapValues.Quote(message.Identifier)} from {message.Sender} {what}";
}
