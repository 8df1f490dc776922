using Coordination.Dashboard.Team;
using Coordination.Domain.Incidents;
using Coordination.Domain.Incidents.Cap;
using Coordination.Domain.Incidents.Reports;
using Coordination.Domain.People;
using Coordination.Storage.Incidents;

namespace Coordination.Dashboard.Incidents;

/// <summary>Takes incident reports: raw on record, then filed, then the rule book looks at the incident as all its reports tell it. Any host does the whole of it; no grain stands in the way of a hold.</summary>
/// <remarks>Every step may be repeated, so a message that was cut off anywhere may be sent again: it is filed once, and one takeover comes of it.</remarks>
public sealed partial class ReportDesk(
    IIncidentStore messages,
    IIncidentInbox inbox,
    IIncidentFiles files,
    ITakeoverStore takeovers,
    RuleBookWork rules,
    DeskWatch watch,
    ILogger<ReportDesk> logger)
{
    /// <summary>What reports are called on record.</summary>
    public const string ContentType = "application/json";

    /// <summary>Takes a report.</summary>
    /// <param name="body">The document as received.</param>
    /// <param name="source">Id of the system or desk that sent it.</param>
    /// <param name="receivedFrom">Who delivered it.</param>
    /// <param name="cancellationToken">Gives up waiting; what was sent to the fence stays sent.</param>
    public async Task<ReportAnswer> ReceiveAsync(ReadOnlyMemory<byte> body, string source, Actor receivedFrom, CancellationToken cancellationToken)
    {
        var rawId = MessageIds.Of(body);
        await messages.RecordAsync(new RawMessage(rawId, body, ContentType, receivedFrom), cancellationToken);
        switch (IncidentReportReader.Read(body))
        {
            case IncidentReportReading.Accepted { Report: var report, Digest: var digest }:
                await files.FileAsync(source, report, digest, rawId, receivedFrom, cancellationToken);
                return await ActAsync(rawId, source, digest, report, [], cancellationToken);
            case IncidentReportReading.Refused { Faults: var faults }:
                LogDecided(rawId, IncidentDecisions.Refused);
                await messages.DecideAsync(Decided(rawId, null, null, IncidentDecisions.Refused, $"Not valid: {faults[0].Path} {faults[0].What}", null), cancellationToken);
                watch.Knock();
                return new ReportAnswer.Invalid(faults);
            case var other:
                throw new InvalidOperationException($"No rule for {other.GetType().Name}.");
        }
    }

    /// <summary>Decides about a message whose host stopped before it could.</summary>
    public Task<ReportAnswer> DecideAsync(LeftReport left, CancellationToken cancellationToken) =>
        ActAsync(left.MessageId, left.Source, left.Digest, left.Report, left.Takeovers, cancellationToken);

    private async Task<ReportAnswer> ActAsync(
        Guid rawId, string source, string digest, IncidentReport report, IReadOnlyList<Guid> carriedOut, CancellationToken cancellationToken)
    {
        var (number, exercise) = (report.Number, report.Exercise);
        if (await inbox.FindAsync(rawId, cancellationToken) is { Decision: { } decision, Reason: var reason })
        {
            var standing = await takeovers.OfAsync(await files.GroupAsync(number, exercise, cancellationToken), exercise, cancellationToken);
            return new ReportAnswer.Filed(decision, number, exercise, reason ?? "", standing, Repeated: true);
        }

        var incident = await files.FindAsync(number, exercise, cancellationToken) ?? throw new InvalidOperationException("A report that was filed is not on file.");
        var outcome = await rules.ActAsync([incident], incident.Without(source, digest), [null], carriedOut, cancellationToken);
        if (outcome.Open is { } open)
        {
            return new ReportAnswer.NotKnownYet(incident, open.Id);
        }

        var (made, why) = outcome.Judge();
        LogDecided(rawId, made);
        var triaged = await messages.DecideAsync(Decided(rawId, digest, report, made, why, outcome.Placed?.HoldId), cancellationToken);
        watch.Knock();
        return new ReportAnswer.Filed(triaged.Decision, number, exercise, triaged.Reason, outcome.Wanted, Repeated: false);
    }

    private static TriagedMessage Decided(Guid rawId, string? digest, IncidentReport? report, string decision, string reason, string? holdId) => new(
        rawId, null, digest, report is null ? null : report.Exercise ? CapStatus.Exercise : CapStatus.Actual, null, [], decision, reason, report?.Number, holdId, [], false);

    [LoggerMessage(LogLevel.Information, "Incident report {RawId}: {Decision}.")]
    private partial void LogDecided(Guid rawId, string decision);
}
