using Coordination.Domain.Incidents;
using Coordination.Domain.Incidents.Cap;
using Coordination.Domain.Incidents.Reports;
using Coordination.Domain.Incidents.Rules;
using Coordination.Domain.Tests.Brigade;

namespace Coordination.Domain.Tests.Incidents;

/// <summary>Takes messages one after the other as the desk does: triage, file, rules, holds; in memory, and with one clock.</summary>
internal sealed class CapDesk(RuleBook? book = null)
{
    public static readonly CapIntakePolicy Policy = CapIntakePolicy.Default([CapXml.Sender]);

    private readonly List<SeenMessage> _seen = [];
    private readonly List<FiledReport> _files = [];
    private readonly List<StandingTakeover> _takeovers = [];

    public DateTimeOffset Now { get; set; } = new(2026, 3, 1, 14, 5, 1, TimeSpan.Zero);

    public CapIntakePolicy Senders { get; init; } = Policy;

    public IReadOnlyList<StandingTakeover> Takeovers => _takeovers;

    public IReadOnlyList<FiledReport> Files => _files;

    /// <summary>What became of each part: what is held or proposed, and what is said.</summary>
    public sealed record Outcome(CapDecision Decision, IReadOnlyList<TakeoverPlan> Plans, IReadOnlyList<PlanNote> Notes)
    {
        public IReadOnlyList<string> Asked =>
        [
            .. Decision is CapDecision.AsksPerson ask ? new[] { ask.Words } : [],
            .. Decision is CapDecision.Ended { AlwaysAsks: true } ended ? new[] { ended.Words } : [],
            .. Notes.Where(n => n.Kind is PlanNoteKind.AsksPerson or PlanNoteKind.Notify).Select(n => n.Words),
        ];
    }

    public Outcome Take(CapXml xml) => Take(xml.Message());

    public Outcome Take(CapMessage message)
    {
        var decision = CapTriage.Decide(message, Senders, DemoMap.Map, new SeenMessages(_seen), Now);
        if (decision is not (CapDecision.SenderRefused or CapDecision.Repeat))
        {
            _seen.Add(CapSeen.Entry(message));
        }

        var (plans, notes) = decision switch
        {
            CapDecision.AskRules ask => Act(message, [.. ask.Parts.Select(p => (p.Report, p.Doubt))]),
            CapDecision.Ended ended => Act(message, [(ended.Report, ended.Words)]),
            _ => ([], []),
        };
        return new Outcome(decision, plans, notes);
    }

    /// <summary>Comms lifts what is held.</summary>
    public void LiftAll()
    {
        for (var i = 0; i < _takeovers.Count; i++)
        {
            _takeovers[i] = _takeovers[i] with { State = TakeoverState.Lifted, EndedAt = Now };
        }
    }

    private (List<TakeoverPlan> Plans, List<PlanNote> Notes) Act(CapMessage message, IReadOnlyList<(IncidentReport Report, string? Doubt)> parts)
    {
        FiledReport Filed(IncidentReport report) => new(CapReports.SourceOf(message), report, IncidentReportJson.Digest(report), Now);
        bool Same(FiledReport file) => file.Report.Exercise == parts[0].Report.Exercise && string.Equals(file.Report.Number, parts[0].Report.Number, StringComparison.Ordinal);
        FiledReport[] before = [.. _files.Where(Same)];
        if (message.MsgType is CapMsgType.Cancel || parts[0].Report.Status is IncidentStatus.Closed || parts[0].Doubt is null)
        {
            _files.Add(Filed(parts[0].Report));
        }

        var others = before.Where(r => !string.Equals(r.Source, CapReports.SourceOf(message), StringComparison.Ordinal));
        Incident[] wholes = [Incident.Of([.. before, Filed(parts[0].Report)]), .. parts.Skip(1).Select(p => Incident.Of([.. others, Filed(p.Report)]))];
        var (plans, notes) = (new List<TakeoverPlan>(), new List<PlanNote>());
        notes.AddRange(HoldReview.Of(wholes[0], before.Length == 0 ? null : Incident.Of(before), book ?? RuleBook.Default, DemoMap.Map, _takeovers, Now));
        foreach (var (whole, doubt) in wholes.Zip(parts.Select(p => p.Doubt)))
        {
            var planning = RuleBookPlanner.Plan(whole, book ?? RuleBook.Default, DemoMap.Map, _takeovers, Now, new HashSet<string>(whole.Reports.Select(r => r.Source), StringComparer.Ordinal));
            notes.AddRange(planning.Notes);
            if (doubt is not null)
            {
                notes.AddRange(planning.Plans.Select(p => new PlanNote(p.Rule.Id, PlanNoteKind.AsksPerson, doubt)));
                continue;
            }

            plans.AddRange(planning.Plans);
            _takeovers.AddRange(planning.Plans.Select(p => new StandingTakeover(
                p.Rule.Id, p.Rule.Then.Kind, p.Scope, whole.Exercise ? TakeoverState.Shadow : p.Mode is RuleMode.AtOnce ? TakeoverState.Placed : TakeoverState.Pending, Now, EndedAt: null)));
        }

        return (plans, notes);
    }
}
