using Coordination.Dashboard.Desks;
using Coordination.Domain.Brigade;
using Coordination.Domain.Holds;
using Coordination.Domain.Incidents.Cap;
using Coordination.Domain.People;
using Coordination.Storage.Fence;
using Coordination.Storage.Incidents;
using Coordination.Storage.ReadModel;

namespace Coordination.Dashboard.Incidents;

/// <summary>Takes incident messages. The raw bytes are on record before anything is made of them.</summary>
/// <remarks>
/// The hold's operation id follows from the message's identity, so a message that was cut off anywhere between recording and
/// answering may be sent again: it holds once.
/// </remarks>
public sealed partial class IncidentDesk(
    IIncidentStore store, IHoldDesk desk, IHoldReader holds, CapIntakePolicy policy, BrigadeMap map, TimeProvider time, ILogger<IncidentDesk> logger)
    : IIncidentDesk
{
    private const int LongestSenderName = 100;

    // An incident that is still being updated after three months is a person's business anyway.
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(92);

    /// <inheritdoc/>
    public async Task<IncidentAnswer> ReceiveAsync(
        ReadOnlyMemory<byte> body, string contentType, Actor receivedFrom, CancellationToken cancellationToken)
    {
        var rawId = MessageIds.Of(body);
        await store.RecordAsync(new RawMessage(rawId, body, contentType, receivedFrom), cancellationToken);
        return CapParser.Parse(body) switch
        {
            CapParseResult.Valid valid => await TriageAsync(rawId, valid.Message, cancellationToken),
            CapParseResult.Refused refused => await RefuseAsync(rawId, refused.Faults, cancellationToken),
            var other => throw new InvalidOperationException($"No rule for {other.GetType().Name}."),
        };
    }

    private async Task<IncidentAnswer> TriageAsync(Guid rawId, CapMessage message, CancellationToken cancellationToken)
    {
        var seen = new SeenMessages(await store.SinceAsync(time.GetUtcNow() - Remembered, cancellationToken));
        var decision = CapTriage.Decide(message, policy, map, seen, time.GetUtcNow());
        LogDecided(rawId, decision.GetType().Name);
        return decision switch
        {
            CapDecision.SenderRefused refused => await RefuseSenderAsync(rawId, message, refused, cancellationToken),
            CapDecision.Repeat => await RepeatAsync(message, cancellationToken),
            CapDecision.PlaceHold place => await HoldAsync(rawId, message, place, cancellationToken),
            CapDecision.AsksPerson ask => await DecideAsync(Triaged(rawId, message, IncidentDecisions.Ask, ask.Words), [], cancellationToken),
            _ => await DecideAsync(Triaged(rawId, message, IncidentDecisions.Ignored, decision.Words), [], cancellationToken),
        };
    }

    private async Task<IncidentAnswer> RefuseAsync(Guid rawId, IReadOnlyList<CapFault> faults, CancellationToken cancellationToken)
    {
        await store.DecideAsync(
            new TriagedMessage(rawId, null, null, null, null, [], IncidentDecisions.Refused, $"Not valid: {faults[0]}", null, null, [], false), cancellationToken);
        return new IncidentAnswer.Invalid(faults);
    }

    // Kept without its identity: otherwise a stranger could take a real message's place before it arrives.
    private async Task<IncidentAnswer> RefuseSenderAsync(
        Guid rawId, CapMessage message, CapDecision.SenderRefused refused, CancellationToken cancellationToken)
    {
        await store.DecideAsync(
            new TriagedMessage(rawId, null, message.Digest, null, null, [], IncidentDecisions.Refused, refused.Words, null, null, [], false), cancellationToken);
        return new IncidentAnswer.SenderRefused(refused.Words);
    }

    private async Task<IncidentAnswer> RepeatAsync(CapMessage message, CancellationToken cancellationToken)
    {
        var first = await store.FindAsync(message.Reference, cancellationToken)
            ?? throw new InvalidOperationException("A repeated message has no first one.");
        return await AnswerAsync(first, [], repeated: true, cancellationToken);
    }

    private async Task<IncidentAnswer> HoldAsync(Guid rawId, CapMessage message, CapDecision.PlaceHold place, CancellationToken cancellationToken)
    {
        var operation = DerivedIds.Of($"cap\n{message.Sender}\n{message.Identifier}\n{message.Sent.UtcDateTime:O}");
        var wish = new HoldWish(
            HoldKind.CentralCoordination,
            place.WholeBrigade ? Scope.LocalAccounts : new Scope { Areas = place.AreaIds, Kinds = ["local"] },
            Clip(place.Reason, HoldDecider.LongestReason),
            NamedPosters: null,
            place.IncidentReference,
            ReviewAt: null);
        var answer = await desk.PlaceAsync(wish, SystemFor(message), operation, Clip(place.Rule.Words(Places(place)), HoldDecider.LongestReason), cancellationToken);
        switch (answer)
        {
            case FenceAnswer<HoldPlaced>.Took { Result.Placed.Hold: var hold }:
                var triaged = Triaged(rawId, message, IncidentDecisions.Hold, place.Reason) with
                {
                    HoldId = hold.Id, HoldAreas = place.AreaIds, WholeBrigade = place.WholeBrigade,
                };
                return await DecideAsync(triaged, place.AlsoAsks, cancellationToken);
            case FenceAnswer<HoldPlaced>.Refused { Why: var why }:
                LogHoldRefused(rawId, why.Code);
                return await DecideAsync(
                    Triaged(rawId, message, IncidentDecisions.Ask, $"{place.Reason}: a rule asks for a hold, and it was refused. {why.Reason} A person has to decide."),
                    place.AlsoAsks,
                    cancellationToken);
            case FenceAnswer<HoldPlaced>.NotKnownYet open:
                return new IncidentAnswer.NotKnownYet(open.OperationId);
            default:
                return new IncidentAnswer.DidNotTake();
        }
    }

    private async Task<IncidentAnswer> DecideAsync(TriagedMessage triaged, IReadOnlyList<string> alsoAsks, CancellationToken cancellationToken) =>
        await AnswerAsync(await store.DecideAsync(triaged, cancellationToken), alsoAsks, repeated: false, cancellationToken);

    private async Task<IncidentAnswer> AnswerAsync(
        TriagedMessage stands, IReadOnlyList<string> alsoAsks, bool repeated, CancellationToken cancellationToken) =>
        new IncidentAnswer.Decided(
            stands.Decision,
            stands.Incident,
            stands.Reason,
            stands.HoldId is { } id ? await holds.FindAsync(id, cancellationToken) : null,
            alsoAsks,
            repeated);

    private static TriagedMessage Triaged(Guid rawId, CapMessage message, string decision, string reason) => new(
        rawId, message.Reference, message.Digest, message.Status, message.MsgType, message.References, decision, reason, message.Identifier, null, [], false);

    private static Actor SystemFor(CapMessage message) =>
        new("system", $"Incident rule (message from {Clip(message.Sender, LongestSenderName)})", Role.System);

    private string Places(CapDecision.PlaceHold place) => place.WholeBrigade
        ? "the whole brigade"
        : string.Join(", ", place.AreaIds.Select(id => map.TryFindArea(id, out var area) ? area.Name : id));

    private static string Clip(string text, int most) => text.Length <= most ? text : text[..(most - 3)] + "...";

    [LoggerMessage(1, LogLevel.Information, "Incident message {RawId}: {Decision}.")]
    private partial void LogDecided(Guid rawId, string decision);

    [LoggerMessage(2, LogLevel.Error, "Incident message {RawId} asks for a hold that was refused ({Code}); a person has to decide.")]
    private partial void LogHoldRefused(Guid rawId, string code);
}
