using Coordination.Dashboard.Incidents.Pull;
using Coordination.Domain.Brigade;
using Coordination.Domain.Holds;
using Coordination.Domain.Incidents;
using Coordination.Domain.Incidents.Cap;
using Coordination.Domain.Incidents.Reports;
using Coordination.Domain.People;
using Coordination.Storage.Incidents;
using Coordination.Storage.ReadModel;

namespace Coordination.Dashboard.Incidents;

/// <summary>Takes CAP messages. The raw bytes are on record before anything is made of them; what they say of an incident is put on file, and the rule book looks at it as at any other.</summary>
/// <remarks>Every step may be repeated, so a message that was cut off anywhere may be sent again: it is filed once, and one takeover comes of it.</remarks>
public sealed partial class IncidentDesk(
    IIncidentStore store, IIncidentInbox inbox, IIncidentFiles files, RuleBookWork rules, IHoldReader holds, CapIntakePolicy policy, FeedSources feeds, BrigadeMap map, TimeProvider time, ILogger<IncidentDesk> logger)
    : IIncidentDesk
{
    // An incident that is still being updated after three months is a person's business anyway.
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(92);

    /// <inheritdoc/>
    public Task<IncidentAnswer> ReceiveAsync(ReadOnlyMemory<byte> body, string contentType, Actor receivedFrom, CancellationToken cancellationToken) =>
        ReceiveAsync(new RawMessage(MessageIds.Of(body), body, contentType, receivedFrom), policy, cancellationToken);

    /// <inheritdoc/>
    public Task<IncidentAnswer> ReceiveAsync(ReadOnlyMemory<byte> body, string contentType, FeedSource feed, CancellationToken cancellationToken) =>
        ReceiveAsync(new RawMessage(feed.MessageId(body), body, contentType, feed.Actor), PolicyOf(feed), cancellationToken);

    private async Task<IncidentAnswer> ReceiveAsync(RawMessage raw, CapIntakePolicy allowed, CancellationToken cancellationToken)
    {
        await store.RecordAsync(raw, cancellationToken);
        return CapParser.Parse(raw.Body) switch
        {
            CapParseResult.Valid valid => await TriageAsync(raw.Id, valid.Message, allowed, raw.ReceivedFrom, [], cancellationToken),
            CapParseResult.Refused refused => await RefuseAsync(raw.Id, refused.Faults, cancellationToken),
            var other => throw new InvalidOperationException($"No rule for {other.GetType().Name}."),
        };
    }

    /// <inheritdoc/>
    public async Task DecideAsync(LeftReport left, CancellationToken cancellationToken)
    {
        if (await inbox.FindAsync(left.MessageId, cancellationToken) is { } message
            && await inbox.BodyAsync(left.MessageId, cancellationToken) is { } raw && CapParser.Parse(raw.Body) is CapParseResult.Valid valid)
        {
            // Of a feed that is no longer among the settings the brigade's list counts, on which it has no part.
            var allowed = feeds.Find(message.ReceivedBy) is { } feed ? PolicyOf(feed) : policy;
            await TriageAsync(left.MessageId, valid.Message, allowed, Actor.System, left.Takeovers, cancellationToken);
        }
    }

    private CapIntakePolicy PolicyOf(FeedSource feed) => policy.OfFeed(feed.Name, feed.Senders);

    private async Task<IncidentAnswer> TriageAsync(
        Guid rawId, CapMessage message, CapIntakePolicy allowed, Actor receivedFrom, IReadOnlyList<Guid> carriedOut, CancellationToken cancellationToken)
    {
        var seen = new SeenMessages(await store.SinceAsync(time.GetUtcNow() - Remembered, cancellationToken));
        var decision = CapTriage.Decide(message, allowed, map, seen, time.GetUtcNow());
        return decision switch
        {
            CapDecision.SenderRefused refused => await RefuseSenderAsync(rawId, message, refused, cancellationToken),
            CapDecision.Repeat => await RepeatAsync(rawId, message, cancellationToken),
            CapDecision.AskRules ask => await AskRulesAsync(rawId, message, ask, receivedFrom, carriedOut, cancellationToken),
            CapDecision.Ended ended => await EndAsync(rawId, message, ended, receivedFrom, cancellationToken),
            CapDecision.AsksPerson ask => await DecideAsync(Triaged(rawId, message, IncidentDecisions.Ask, ask.Words), [], cancellationToken),
            CapDecision.Ignored ignored => await DecideAsync(Triaged(rawId, message, IncidentDecisions.Ignored, ignored.Words), [], cancellationToken),
            var other => throw new InvalidOperationException($"No rule for {other.GetType().Name}."),
        };
    }

    private async Task<IncidentAnswer> RefuseAsync(Guid rawId, IReadOnlyList<CapFault> faults, CancellationToken cancellationToken)
    {
        LogDecided(rawId, IncidentDecisions.Refused);
        await store.DecideAsync(
            new TriagedMessage(rawId, null, null, null, null, [], IncidentDecisions.Refused, $"Not valid: {faults[0]}", null, null, [], false), cancellationToken);
        return new IncidentAnswer.Invalid(faults);
    }

    // Kept without its identity: otherwise a stranger could take a real message's place before it arrives.
    private async Task<IncidentAnswer> RefuseSenderAsync(
        Guid rawId, CapMessage message, CapDecision.SenderRefused refused, CancellationToken cancellationToken)
    {
        LogDecided(rawId, IncidentDecisions.Refused);
        await store.DecideAsync(
            new TriagedMessage(rawId, null, message.Digest, null, null, [], IncidentDecisions.Refused, refused.Words, null, null, [], false), cancellationToken);
        return new IncidentAnswer.SenderRefused(refused.Words);
    }

    private async Task<IncidentAnswer> RepeatAsync(Guid rawId, CapMessage message, CancellationToken cancellationToken)
    {
        var first = await store.FindAsync(message.Reference, cancellationToken)
            ?? throw new InvalidOperationException("A repeated message has no first one.");
        await SettleCopyAsync(rawId, first, cancellationToken);
        return await AnswerAsync(first, [], repeated: true, cancellationToken);
    }

    // The same message from elsewhere is on record by itself: it must not wait for a person.
    private async Task SettleCopyAsync(Guid rawId, TriagedMessage first, CancellationToken cancellationToken)
    {
        if (rawId != first.RawId)
        {
            const string words = "The same message came before, from elsewhere; what was decided then stands";
            await store.DecideAsync(new TriagedMessage(rawId, null, first.Digest, null, null, [], IncidentDecisions.Ignored, words, first.Incident, null, [], false), cancellationToken);
        }
    }

    private async Task<IncidentAnswer> AskRulesAsync(
        Guid rawId, CapMessage message, CapDecision.AskRules ask, Actor receivedFrom, IReadOnlyList<Guid> carriedOut, CancellationToken cancellationToken)
    {
        var (incident, before) = ask.Parts[0].Doubt is null
            ? await FileAsync(rawId, message, ask.Parts[0].Report, receivedFrom, cancellationToken)
            : await SuppositionAsync(message, ask.Parts[0].Report, cancellationToken);

        // The first part stands on file; each further one is the incident seen by what it says instead.
        var others = incident.Reports.Where(r => !string.Equals(r.Source, CapReports.SourceOf(message), StringComparison.Ordinal)).ToArray();
        Incident[] further = [.. ask.Parts.Skip(1).Select(p => Incident.Of([.. others, new FiledReport(CapReports.SourceOf(message), p.Report, IncidentReportJson.Digest(p.Report), time.GetUtcNow())]))];
        var outcome = await rules.ActAsync([incident, .. further], before, [.. ask.Parts.Select(p => p.Doubt)], carriedOut, cancellationToken);
        var unclear = ask.Parts.SelectMany(p => p.Unclear).Distinct(StringComparer.Ordinal).ToArray();
        var judged = outcome.Judge();
        return await AnswerAsync(rawId, message, incident, outcome, judged, judged.Decision is IncidentDecisions.Ignored ? [] : unclear, cancellationToken);
    }

    // Whatever a rule would make of its words, an alert that is over holds nothing anew.
    private async Task<IncidentAnswer> EndAsync(Guid rawId, CapMessage message, CapDecision.Ended ended, Actor receivedFrom, CancellationToken cancellationToken)
    {
        var (incident, before) = await FileAsync(rawId, message, ended.Report, receivedFrom, cancellationToken);
        var outcome = await rules.ActAsync([incident], before, [ended.Words], [], cancellationToken);
        var (made, why) = outcome.Judge();
        var judged = made is IncidentDecisions.Ignored
            ? (ended.AlwaysAsks ? IncidentDecisions.Ask : IncidentDecisions.Ignored, ended.Words)
            : (made, HoldDecider.Shorten($"{ended.Words}. {why}"));
        return await AnswerAsync(rawId, message, incident, outcome, judged, [], cancellationToken);
    }

    // The incident as it would be: whoever reports of it later must find nothing of a message that may be a test.
    private async Task<(Incident Incident, Incident? Before)> SuppositionAsync(CapMessage message, IncidentReport report, CancellationToken cancellationToken)
    {
        var before = await files.FindAsync(report.Number, report.Exercise, cancellationToken);
        return (Incident.Of([.. before?.Reports ?? [], new FiledReport(CapReports.SourceOf(message), report, IncidentReportJson.Digest(report), time.GetUtcNow())]), before);
    }

    private async Task<(Incident Incident, Incident? Before)> FileAsync(
        Guid rawId, CapMessage message, IncidentReport report, Actor receivedFrom, CancellationToken cancellationToken)
    {
        var (source, digest) = (CapReports.SourceOf(message), IncidentReportJson.Digest(report));
        await files.FileAsync(source, report, digest, rawId, receivedFrom, cancellationToken);
        var incident = await files.FindAsync(report.Number, report.Exercise, cancellationToken) ?? throw new InvalidOperationException("A report that was filed is not on file.");
        return (incident, incident.Without(source, digest));
    }

    private async Task<IncidentAnswer> AnswerAsync(
        Guid rawId,
        CapMessage message,
        Incident incident,
        RuleBookOutcome outcome,
        (string Decision, string Reason) judged,
        string[] unclear,
        CancellationToken cancellationToken)
    {
        if (outcome.Open is { } open)
        {
            return new IncidentAnswer.NotKnownYet(open.Id);
        }

        LogDecided(rawId, judged.Decision);
        var reason = unclear.Length == 0 ? judged.Reason : HoldDecider.Shorten($"{judged.Reason}. Look at this too: {string.Join("; ", unclear)}");
        var placed = outcome.Placed;
        return await DecideAsync(
            Triaged(rawId, message, judged.Decision, reason) with
            {
                Incident = incident.Number, HoldId = placed?.HoldId, HoldAreas = placed?.Scope.Areas ?? [], WholeBrigade = placed is { Scope: { Areas: null, Stations: null } },
            },
            unclear,
            cancellationToken);
    }

    private async Task<IncidentAnswer> DecideAsync(TriagedMessage triaged, IReadOnlyList<string> alsoAsks, CancellationToken cancellationToken)
    {
        var stands = await store.DecideAsync(triaged, cancellationToken);
        await SettleCopyAsync(triaged.RawId, stands, cancellationToken);
        return await AnswerAsync(stands, alsoAsks, repeated: false, cancellationToken);
    }

    private async Task<IncidentAnswer> AnswerAsync(
        TriagedMessage stands, IReadOnlyList<string> alsoAsks, bool repeated, CancellationToken cancellationToken) =>
        new IncidentAnswer.Decided(
            stands.Decision,
            stands.Incident,
            stands.Status is CapStatus.Exercise,
            stands.Reason,
            stands.HoldId is { } id ? await holds.FindAsync(id, cancellationToken) : null,
            alsoAsks,
            repeated);

    private static TriagedMessage Triaged(Guid rawId, CapMessage message, string decision, string reason) => new(
        rawId, message.Reference, message.Digest, message.Status, message.MsgType, message.References, decision, reason, message.Identifier, null, [], false);

    [LoggerMessage(1, LogLevel.Information, "Incident message {RawId}: {Decision}.")]
    private partial void LogDecided(Guid rawId, string decision);
}
