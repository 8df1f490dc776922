using Coordination.Domain.Incidents;
using Coordination.Domain.Incidents.Reports;
using CsCheck;
using Xunit;

namespace Coordination.Domain.Tests.Incidents;

public sealed class IncidentTests
{
    private const int Iterations = 1_000;

    private static readonly IncidentReport s_report = new()
    {
        Number = "N",
        Revision = 1,
        ReportedAt = FiledReportGen.Start,
        Exercise = false,
        Status = IncidentStatus.Open,
        TypeAtCall = "Fire",
    };

    [Fact]
    public void Of_GivesOneState_InEveryOrder() =>
        (from reports in FiledReportGen.Reports
         from shuffled in Gen.Shuffle(reports)
         select (reports, shuffled)).SampleSeeded((reports, shuffled) => string.Equals(State(reports), State(shuffled), StringComparison.Ordinal), iter: Iterations);

    [Fact]
    public void Of_GivesOneState_InEveryOrderOfAFewThatTie()
    {
        FiledReport[] reports =
        [
            Filed("a", s_report with { Headline = "one" }), Filed("a", s_report with { Headline = "two" }), Filed("b", s_report with { Headline = "three", Pumps = 3 }, 5),
            Filed("b", s_report with { Headline = "three", Pumps = 3 }, 1),
        ];
        var state = State(reports);
        var orders = Orders(reports).ToList();
        Assert.Equal(24, orders.Count);
        Assert.All(orders, o => Assert.Equal(state, State(o)));
    }

    [Fact]
    public void Of_ChangesNothing_WithRepeatsFiledLater() =>
        FiledReportGen.Reports.SampleSeeded(
            reports => string.Equals(State(reports), State([.. reports.Select(r => r with { FiledAt = r.FiledAt.AddDays(1) }), .. reports]), StringComparison.Ordinal), iter: Iterations);

    [Fact]
    public void Of_ChangesNothingOfNow_WithAnOlderRevisionThatComesLate() =>
        Gen.Select(FiledReportGen.Reports, FiledReportGen.Reports).SampleSeeded(
            (reports, others) =>
            {
                var late = others[0] with { Source = reports[0].Source };
                late = FiledReportGen.Filed(late.Source, late.Report with { Revision = late.Report.Revision + 10 }, 2_000);
                var newest = FiledReportGen.Filed(late.Source, reports[0].Report with { Revision = 20 });
                var before = Incident.Of([.. reports, newest]);
                var after = Incident.Of([.. reports, newest, late]);
                Assert.Equal(IncidentReportJson.Write(before.Now), IncidentReportJson.Write(after.Now));
                Assert.Equal(before.Reports.Count + 1, after.Reports.Count);
                Assert.False(after.IsPresent(late));
                Assert.True(after.IsPresent(newest));
            },
            iter: Iterations);

    [Fact]
    public void Of_HasOnePresentWord_OfEachSource() =>
        FiledReportGen.Reports.SampleSeeded(
            reports =>
            {
                var incident = Incident.Of(reports);
                var present = incident.Reports.Where(incident.IsPresent).ToList();
                Assert.Equal(reports.Select(r => r.Source).Distinct().Order(), present.Select(r => r.Source).Order());
                Assert.All(present, p => Assert.Equal(reports.Where(r => r.Source == p.Source).Max(r => r.Report.Revision), p.Report.Revision));
            },
            iter: Iterations);

    [Fact]
    public void Of_KnowsEverything_ThatAPresentWordSays() =>
        FiledReportGen.Reports.SampleSeeded(
            reports =>
            {
                var incident = Incident.Of(reports);
                var filed = incident.Reports.Where(incident.IsPresent).ToList();
                var present = filed.Select(r => r.Report).ToList();
                Assert.Equal(present.Any(r => r.Major is not null), incident.Now.Major is not null);
                Assert.Equal(present.Any(r => r.Position is not null), incident.Now.Position is not null);
                Assert.Equal(present.Any(r => r.Casualties?.StaffFatal is not null), incident.Now.Casualties?.StaffFatal is not null);
                Assert.Contains(incident.Now.ReportedAt, filed.Where(r => r.CountsAt == filed.Max(f => f.CountsAt)).Select(r => r.Report.ReportedAt));
                Assert.Equal(reports.Any(r => r.Report.Major is not null), incident.EverMajor);
            },
            iter: Iterations);

    [Fact]
    public void Of_TellsTheRevisions_OfWhichASourceSaidTwoThings() =>
        FiledReportGen.Reports.SampleSeeded(
            reports => Assert.Equal(
                reports.GroupBy(r => new RevisionConflict(r.Source, r.Report.Revision)).Where(g => g.Select(r => r.Digest).Distinct().Count() > 1).Select(g => g.Key).ToHashSet(),
                Incident.Of(reports).Conflicts.ToHashSet()),
            iter: Iterations);

    [Fact]
    public void Of_FillsWhatTheNewerDoesNotSay_FromTheOlder()
    {
        var older = s_report with { Headline = "older", Pumps = 5, Casualties = new Casualties(Injured: 3, Fatal: 1), OverTheBorder = true };
        var newer = s_report with { ReportedAt = s_report.ReportedAt.AddMinutes(1), Status = IncidentStatus.Stop, Headline = "newer", Casualties = new Casualties(Injured: 0), OverTheBorder = false };
        var now = Incident.Of([Filed("a", older), Filed("b", newer)]).Now;
        Assert.Equal(("newer", 5, new Casualties(Injured: 0, Fatal: 1), false, IncidentStatus.Stop), (now.Headline, now.Pumps, now.Casualties, now.OverTheBorder, now.Status));
    }

    [Fact]
    public void Of_LetsNoClockThatIsAhead_BeTheLastForAsLongAsItIs()
    {
        var ahead = Filed("a", s_report with { ReportedAt = s_report.ReportedAt.AddYears(3), Headline = "ahead", Pumps = 5 });
        Assert.True(ahead.IsAhead);
        Assert.Equal(FiledReportGen.Start + FiledReport.MostAhead, ahead.CountsAt);

        // It is believed as of when it came and a little more; whoever writes after that counts before it, in whatever order they are handed over.
        Assert.Equal("ahead", Now(ahead, At("b", 299)).Headline);
        Assert.Equal(("b 301", 5), (Now(ahead, At("b", 301)).Headline, Now(ahead, At("b", 301)).Pumps));
        Assert.Equal("b 301", Now(At("b", 301), ahead).Headline);

        // A clock within those minutes is taken at its word.
        Assert.False(Filed("a", s_report with { ReportedAt = s_report.ReportedAt.AddMinutes(5) }).IsAhead);
        Assert.Equal(s_report.ReportedAt.AddMinutes(4), Filed("a", s_report with { ReportedAt = s_report.ReportedAt.AddMinutes(4) }).CountsAt);

        static FiledReport At(string source, int seconds) => Filed(source, s_report with { ReportedAt = s_report.ReportedAt.AddSeconds(seconds), Headline = $"{source} {seconds}" }, seconds);
        static IncidentReport Now(params FiledReport[] reports) => Incident.Of(reports).Now;
    }

    [Fact]
    public void Of_ForgetsWhatASourceNoLongerSays()
    {
        var incident = Incident.Of([Filed("a", s_report with { Headline = "first", Major = new MajorIncident { DeclaredAt = FiledReportGen.Start } }), Filed("a", s_report with { Revision = 2 })]);
        Assert.Null(incident.Now.Headline);
        Assert.Null(incident.Now.Major);
        Assert.True(incident.EverMajor);
    }

    [Fact]
    public void Of_TellsTheLinks_OfAllReports()
    {
        var incident = Incident.Of([Filed("a", s_report with { LinkedTo = ["N", "B", "C"] }), Filed("a", s_report with { Revision = 2, DuplicateOf = "A", LinkedTo = ["B"] })]);
        Assert.Equal(["A", "B", "C"], incident.Links);
    }

    [Fact]
    public void Of_Throws_WithAnExerciseAmongRealOnes()
    {
        Assert.Throws<ArgumentException>(() => Incident.Of([Filed("a", s_report), Filed("b", s_report with { Exercise = true })]));
        Assert.True(Incident.Of([Filed("b", s_report with { Exercise = true })]).Exercise);
    }

    [Fact]
    public void Of_Throws_WithTwoNumbers() => Assert.Throws<ArgumentException>(() => Incident.Of([Filed("a", s_report), Filed("a", s_report with { Number = "n" })]));

    [Fact]
    public void Of_Throws_WithNone() => Assert.Throws<ArgumentException>(() => Incident.Of([]));

    private static FiledReport Filed(string source, IncidentReport report, int seconds = 0) => FiledReportGen.Filed(source, report, seconds);

    // Records compare their lists by reference; the text of what they say does not.
    private static string State(FiledReport[] reports)
    {
        var incident = Incident.Of(reports);
        return string.Join(
            '\n',
            [
                incident.Number, $"{incident.Exercise} {incident.EverMajor}", IncidentReportJson.Write(incident.Now), .. incident.Links, .. incident.Conflicts.Select(c => c.ToString()),
                .. incident.Reports.Select(r => $"{r.Source} {r.Report.Revision} {r.Digest} {r.FiledAt:O} {incident.IsPresent(r)}"),
            ]);
    }

    private static IEnumerable<FiledReport[]> Orders(FiledReport[] reports) => reports.Length == 1
        ? [reports]
        : reports.SelectMany((first, i) => Orders([.. reports.Where((_, j) => j != i)]).Select(rest => (FiledReport[])[first, .. rest]));
}
