using System.Globalization;
using Coordination.Dashboard.Team;
using Coordination.Domain.Brigade;
using Coordination.Domain.Holds;
using Coordination.Domain.Incidents;
using Coordination.Domain.Incidents.Cap;
using Coordination.Domain.Incidents.Reports;
using Coordination.Domain.Incidents.Rules;
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
    TakeoverWork work,
    TakeoverClock clock,
    IRuleBooks books,
    BrigadeMap map,
    DeskWatch watch,
    TimeProvider time,
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
                return await ActAsync(rawId, source, digest, report, cancellationToken);
            case IncidentReportReading.Refused { Faults: var faults }:
                LogDecided(rawId, IncidentDecisions.Refused);
                await messages.DecideAsync(Decided(rawId, null, null, IncidentDecisions.Refused, $"Not valid: {faults[0].Path} {faults[0].What}", null), cancellationToken);
                watch.Knock();
                return new ReportAnswer.Invalid(faults);
            case var other:
                throw new InvalidOperationException($"No rule for {other.GetType().Name}.");
        }
    }

    /// <summary>What rules make of an incident now.</summary>
    public TakeoverPlanning Plan(Incident incident, RuleBook book, IReadOnlyList<StandingTakeover> standing) => RuleBookPlanner.Plan(
        incident, book, map, standing, time.GetUtcNow(), incident.Reports.Select(r => r.Source).ToHashSet(StringComparer.Ordinal));

    /// <summary>Decides about a message whose host stopped before it could.</summary>
    public Task<ReportAnswer> DecideAsync(LeftReport left, CancellationToken cancellationToken) =>
        ActAsync(left.MessageId, left.Source, left.Digest, left.Report, cancellationToken, left.Takeovers);

    private async Task<ReportAnswer> ActAsync(
        Guid rawId, string source, string digest, IncidentReport report, CancellationToken cancellationToken, IReadOnlyList<Guid>? ended = null)
    {
        var (number, exercise) = (report.Number, report.Exercise);
        var group = await files.GroupAsync(number, exercise, cancellationToken);
        var standing = await takeovers.OfAsync(group, exercise, cancellationToken);
        if (await inbox.FindAsync(rawId, cancellationToken) is { Decision: { } decision, Reason: var reason })
        {
            return new ReportAnswer.Filed(decision, number, exercise, reason ?? "", standing, Repeated: true);
        }

        var incident = await files.FindAsync(number, exercise, cancellationToken) ?? throw new InvalidOperationException("A report that was filed is not on file.");
        var book = await books.CurrentAsync(cancellationToken);
        StandingTakeover[] stands = [.. standing.Select(Standing)];
        var planning = Plan(incident, book, stands);

        // What this message wanted before its host stopped, and another host carried out: it is not wanted anew, also if it was lifted since.
        Takeover[] own = [.. standing.Where(t => ended?.Contains(t.Id) == true)];
        var wanted = new List<Takeover>(own);
        foreach (var plan in planning.Plans.Where(p => !IsOf(own, p.Rule.Id)))
        {
            wanted.Add(await takeovers.ClaimAsync(Wish(incident, book, plan), cancellationToken));
        }

        // One that another message wanted, and whose host stopped before its hold stood, is this message's business too.
        wanted.AddRange(standing.Where(t => t.State == TakeoverState.Running));
        var now = await Task.WhenAll(wanted.DistinctBy(t => t.Id).Select(t => t.State == TakeoverState.Running ? work.RunAsync(t, cancellationToken) : Task.FromResult(t)));
        clock.Knock();
        if (now.FirstOrDefault(t => t.State == TakeoverState.Running) is { } open)
        {
            return new ReportAnswer.NotKnownYet(incident, open.Id);
        }

        // What a rule has to tell is told with the report that brought it about, not with each that follows.
        FiledReport[] before = [.. incident.Reports.Where(r => !(string.Equals(r.Source, source, StringComparison.Ordinal) && string.Equals(r.Digest, digest, StringComparison.Ordinal)))];
        var told = before.Length == 0 ? [] : Plan(Incident.Of(before), book, stands).Notes;
        var (made, why) = Judge(now, [.. planning.Notes.Where(n => !IsTold(n, told) && !IsOf(own, n.RuleId))], planning.Notes.Count > 0);
        LogDecided(rawId, made);
        var triaged = await messages.DecideAsync(Decided(rawId, digest, report, made, why, now.FirstOrDefault(t => t.State == TakeoverState.Placed)?.HoldId), cancellationToken);
        watch.Knock();
        return new ReportAnswer.Filed(triaged.Decision, number, exercise, triaged.Reason, now, Repeated: false);
    }

    private static bool IsOf(Takeover[] own, string rule) => own.Any(t => string.Equals(t.Rule, rule, StringComparison.Ordinal));

    private static bool IsTold(PlanNote note, IReadOnlyList<PlanNote> told) => note.Kind is PlanNoteKind.AsksPerson or PlanNoteKind.Notify
        && told.Any(t => t.Kind == note.Kind && string.Equals(t.RuleId, note.RuleId, StringComparison.Ordinal)
            && (note.Kind == PlanNoteKind.Notify || string.Equals(t.Words, note.Words, StringComparison.Ordinal)));

    private static (string Decision, string Reason) Judge(IReadOnlyList<Takeover> wanted, IReadOnlyList<PlanNote> notes, bool known)
    {
        var asks = notes.Any(n => n.Kind is PlanNoteKind.AsksPerson or PlanNoteKind.Notify) || wanted.Any(t => t.State == TakeoverState.Refused);
        var words = wanted.Select(Words).Concat(notes.Select(n => n.Words)).ToArray();
        return (wanted, asks) switch
        {
            _ when wanted.Any(t => t.State == TakeoverState.Placed) => (IncidentDecisions.Hold, Join(words)),
            _ when wanted.Any(t => t.State == TakeoverState.Pending) => (IncidentDecisions.Proposed, Join(words)),
            _ when wanted.Any(t => t.State == TakeoverState.Shadow) => (IncidentDecisions.Shadow, Join(words)),
            (_, true) => (IncidentDecisions.Ask, Join(words)),
            _ when words.Length > 0 => (IncidentDecisions.Ignored, Join(words)),
            _ => (IncidentDecisions.Ignored, known ? "The rules have nothing new to say of it." : "No rule is about it as it stands."),
        };
    }

    private static string Words(Takeover takeover) => takeover.State switch
    {
        TakeoverState.Placed => takeover.Reason,
        TakeoverState.Pending => string.Create(CultureInfo.InvariantCulture, $"{takeover.Reason}: proposed, with {(takeover.DueAt - takeover.MadeAt).TotalSeconds:0} s to object"),
        TakeoverState.Shadow => $"{takeover.Reason}: an exercise, so only a shadow hold stands",
        TakeoverState.Refused => $"{takeover.Reason}: a rule asks for a hold, and it was refused. {takeover.Note} A person has to decide",
        _ => takeover.Reason,
    };

    private static string Join(IEnumerable<string> words)
    {
        var text = string.Join(". ", words.Select(w => w.TrimEnd('.')));
        return text.Length <= HoldDecider.LongestReason ? text : text[..(HoldDecider.LongestReason - 3)] + "...";
    }

    private static TriagedMessage Decided(Guid rawId, string? digest, IncidentReport? report, string decision, string reason, string? holdId) => new(
        rawId, null, digest, report is null ? null : report.Exercise ? CapStatus.Exercise : CapStatus.Actual, null, [], decision, reason, report?.Number, holdId, [], false);

    private static NewTakeover Wish(Incident incident, RuleBook book, TakeoverPlan plan) => new(
        Guid.CreateVersion7(),
        incident.Number,
        incident.Exercise,
        plan.Rule.Id,
        book.Version,
        plan.Rule.When.Words(),
        plan.Mode == RuleMode.Propose ? plan.Rule.Then.VetoSeconds : null,
        plan.Rule.Then.Kind,
        plan.Scope,
        plan.Rule.Then.NamedPosters,
        plan.Rule.Then.HoldingStatement,
        plan.Reason);

    /// <summary>A takeover as the rules look at it.</summary>
    public static StandingTakeover Standing(Takeover t) =>
        new(t.Rule, t.Kind, t.Scope, t.State, t.MadeAt, t.LiftedAt ?? (t.State is TakeoverState.Vetoed or TakeoverState.Ended or TakeoverState.Refused ? t.StateAt : null));

    [LoggerMessage(LogLevel.Information, "Incident report {RawId}: {Decision}.")]
    private partial void LogDecided(Guid rawId, string decision);
}
