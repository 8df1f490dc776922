using Coordination.Domain.Incidents;
using Coordination.Domain.Incidents.Cap;
using Coordination.Domain.Incidents.Rules;
using Coordination.Domain.Tests.Brigade;
using Xunit;
using static Coordination.Domain.Tests.Incidents.Rules.GivenIncident;

namespace Coordination.Domain.Tests.Incidents.Rules;

public sealed class ConditionTests
{
    private static readonly IncidentReport Stopped = Bare with { Status = IncidentStatus.Stop };
    private static readonly AlertLevel Extreme = new(CapSeverity.Extreme, CapUrgency.Immediate, CapCertainty.Observed);
    private static readonly AlertLevel NotKnown = new(CapSeverity.Unknown, CapUrgency.Unknown, CapCertainty.Unknown);

    /// <summary>One row for each answer of each condition: its kind, the condition, the facts, the answer.</summary>
    private static readonly (string Kind, Condition Condition, IncidentFacts Facts, bool? Answer)[] Rows =
    [
        ("all", new AllOf([new MajorDeclared(), new PumpsAtLeast(5)]), Facts(Bare with { Major = Declared, Pumps = 5 }), true),
        ("all", new AllOf([new MajorDeclared(), new PumpsAtLeast(5)]), Facts(Bare), false),
        ("all", new AllOf([new MajorDeclared(), new PumpsAtLeast(5)]), Facts(Bare with { Major = Declared }), null),
        ("any", new AnyOf([new MajorDeclared(), new PumpsAtLeast(5)]), Facts(Bare with { Major = Declared }), true),
        ("any", new AnyOf([new MajorDeclared(), new PumpsAtLeast(5)]), Facts(Bare with { Pumps = 4 }), false),
        ("any", new AnyOf([new MajorDeclared(), new PumpsAtLeast(5)]), Facts(Bare), null),
        ("not", new NotOf(new PumpsAtLeast(5)), Facts(Bare with { Pumps = 4 }), true),
        ("not", new NotOf(new PumpsAtLeast(5)), Facts(Bare with { Pumps = 5 }), false),
        ("not", new NotOf(new PumpsAtLeast(5)), Facts(Bare), null),
        ("known", new IsKnown(IncidentFact.Pumps), Facts(Bare with { Pumps = 0 }), true),
        ("known", new IsKnown(IncidentFact.Pumps), Facts(Bare), false),

        ("type", new TypeSays(["INDUSTRIAL  unit"]), Facts(Bare), true),
        ("type", new TypeSays(["chemical"]), Facts(Stopped with { TypeAtStop = "Chemical - leak" }), true),
        ("type", new TypeSays(["industr"]), Facts(Bare), false),
        ("type", new TypeSays(["chemical"]), Facts(Stopped with { TypeAtStop = "Fire" }), false),
        ("type", new TypeSays(["chemical"]), Facts(Stopped), null),
        ("category", new CategoryIs(["fire"]), Facts(Bare with { Category = "Fire" }), true),
        ("category", new CategoryIs(["fire"]), Facts(Bare with { Category = "False Alarm" }), false),
        ("category", new CategoryIs(["fire"]), Facts(Bare), null),
        ("priority", new PriorityIs(["1", "2"]), Facts(Bare with { Priority = "2" }), true),
        ("priority", new PriorityIs(["1", "2"]), Facts(Bare with { Priority = "12" }), false),
        ("priority", new PriorityIs(["1", "2"]), Facts(Bare), null),
        ("keywords", new KeywordsIn(["terrorism"]), Facts(Bare with { Headline = "Terrorism, police lead" }), true),
        ("keywords", new KeywordsIn(["arena"]), Facts(Bare with { Place = "King Edwards Road, by the Arena" }), true),
        ("keywords", new KeywordsIn(["industrial"]), Facts(Bare), true),
        ("keywords", new KeywordsIn(["terrorism"]), Facts(Bare with { Headline = "Fire", Place = "High Street" }), false),
        ("keywords", new KeywordsIn(["terrorism"]), Facts(Bare with { Headline = "Fire" }), null),

        ("pumps", new PumpsAtLeast(10), Facts(Bare with { Pumps = 10 }), true),
        ("pumps", new PumpsAtLeast(10), Facts(Bare with { Pumps = 9 }), false),
        ("pumps", new PumpsAtLeast(10), Facts(Bare), null),
        ("major-declared", new MajorDeclared(), Facts(Bare with { Major = Declared }), true),
        ("major-declared", new MajorDeclared(), Facts(Bare with { Major = Declared with { StoodDownAt = Now } }), false),
        ("major-declared", new MajorDeclared(), Facts(Bare), false),
        ("casualties", new CasualtiesAtLeast(CasualtyKind.Injured, 3), Facts(Bare with { Casualties = new(Injured: 3) }), true),
        ("casualties", new CasualtiesAtLeast(CasualtyKind.Injured, 3), Facts(Bare with { Casualties = new(Injured: 2) }), false),
        ("casualties", new CasualtiesAtLeast(CasualtyKind.Injured, 3), Facts(Bare with { Casualties = new(Fatal: 9) }), null),
        ("casualties", new CasualtiesAtLeast(CasualtyKind.Fatal, 1), Facts(Bare with { Casualties = new(StaffFatal: 1) }), true),
        ("casualties", new CasualtiesAtLeast(CasualtyKind.Fatal, 1), Facts(Bare with { Casualties = new(StaffFatal: 0) }), null),
        ("casualties", new CasualtiesAtLeast(CasualtyKind.StaffFatal, 1), Facts(Bare with { Casualties = new(Fatal: 0) }), false),
        ("casualties", new CasualtiesAtLeast(CasualtyKind.StaffFatal, 1), Facts(Bare with { Casualties = new(Fatal: 1) }), null),
        ("casualties", new CasualtiesAtLeast(CasualtyKind.StaffFatal, 1), Facts(Bare), null),

        ("in-area", new InArea(["coventry", "dudley"]), Facts(InCoventry), true),
        ("in-area", new InArea(["dudley"]), Facts(InCoventry), false),
        ("in-area", new InArea(["dudley"]), Facts(Bare with { OverTheBorder = true }), false),
        ("in-area", new InArea(["dudley"]), Facts(Bare), null),
        ("in-area", new InArea(["dudley"]), Facts(Bare with { Areas = ["coventry", "Atlantis"] }), null),
        ("within", new WithinKm(52.4, -1.5, 2), Facts(Bare with { Position = DemoMap.Point(52.41, -1.5) }), true),
        ("within", new WithinKm(52.4, -1.5, 2), Facts(Bare with { Position = DemoMap.Point(52.42, -1.5) }), false),
        ("within", new WithinKm(52.4, -1.5, 2), Facts(InCoventry), null),
        ("station-ground", new OnStationGround(["aston"]), Facts(Bare with { StationGround = "Aston" }), true),
        ("station-ground", new OnStationGround(["aston"]), Facts(Bare with { StationGround = "billesley" }), false),
        ("station-ground", new OnStationGround(["aston"]), Facts(InCoventry), null),
        ("over-the-border", new IsOverTheBorder(), Facts(Bare with { OverTheBorder = true }), true),
        ("over-the-border", new IsOverTheBorder(), Facts(Bare with { Position = DemoMap.Point(51.5, -0.1) }), true),
        ("over-the-border", new IsOverTheBorder(), Facts(InCoventry), false),
        ("over-the-border", new IsOverTheBorder(), Facts(Bare), null),

        ("source", new FromSource([Control]), Facts(Bare), true),
        ("source", new FromSource(["other"]), Facts(Bare), false),
        ("source", new FromSource(["other"]), Facts(Bare, sources: new HashSet<string>(StringComparer.Ordinal)), null),
        ("time-of-day", new AtTimeOfDay(new(22, 0), new(7, 0)), Facts(Bare with { OpenedAt = Now.AddHours(-15) }), true),
        ("time-of-day", new AtTimeOfDay(new(14, 0), new(15, 0)), Facts(Bare), true),
        ("time-of-day", new AtTimeOfDay(new(22, 0), new(7, 0)), Facts(Bare), false),
        ("time-of-day", new AtTimeOfDay(new(22, 0), new(7, 0)), Facts(Bare with { OpenedAt = new(2026, 7, 1, 6, 0, 0, TimeSpan.Zero) }), false),
        ("time-of-day", new AtTimeOfDay(new(22, 0), new(7, 0)), Facts(Bare with { OpenedAt = new(2026, 7, 1, 21, 0, 0, TimeSpan.Zero) }), true),
        ("severity", new SeverityIs(["extreme"]), Facts(Bare, Extreme), true),
        ("severity", new SeverityIs(["severe"]), Facts(Bare, Extreme), false),
        ("severity", new SeverityIs(["extreme"]), Facts(Bare), null),
        ("severity", new SeverityIs(["extreme"]), Facts(Bare, NotKnown), null),
        ("urgency", new UrgencyIs(["immediate"]), Facts(Bare, Extreme), true),
        ("urgency", new UrgencyIs(["future"]), Facts(Bare, Extreme), false),
        ("urgency", new UrgencyIs(["future"]), Facts(Bare, NotKnown), null),
        ("certainty", new CertaintyIs(["observed"]), Facts(Bare, Extreme), true),
        ("certainty", new CertaintyIs(["possible"]), Facts(Bare, Extreme), false),
        ("certainty", new CertaintyIs(["possible"]), Facts(Bare, NotKnown), null),
    ];

    // These two are never unknown, and that is a part of what they mean; the time always is on the report.
    private static readonly string[] NeverUnknown = ["known", "major-declared", "time-of-day"];

    [Fact]
    public void IsTrueOf_Answers_AsWritten() => Assert.Multiple(
        [.. Rows.Select<(string Kind, Condition Condition, IncidentFacts Facts, bool? Answer), Action>(row => () => Assert.True(
            row.Answer == row.Condition.IsTrueOf(row.Facts), $"{row.Condition.Words()}: expected {row.Answer?.ToString() ?? "unknown"}, of {row.Facts.Report}"))]);

    [Fact]
    public void Rows_HaveEachAnswer_OfEachKind()
    {
        var kinds = Attribute.GetCustomAttributes(typeof(Condition), typeof(System.Text.Json.Serialization.JsonDerivedTypeAttribute))
            .Cast<System.Text.Json.Serialization.JsonDerivedTypeAttribute>().ToDictionary(a => (string)a.TypeDiscriminator!, a => a.DerivedType, StringComparer.Ordinal);

        var answers = Rows.GroupBy(r => r.Kind, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Select(r => r.Answer).Distinct().Count(), StringComparer.Ordinal);

        Assert.All(Rows, row => Assert.Equal(kinds[row.Kind], row.Condition.GetType()));
        Assert.Equal(kinds.Keys.Order(StringComparer.Ordinal), answers.Keys.Order(StringComparer.Ordinal));
        Assert.All(answers, a => Assert.Equal(NeverUnknown.Contains(a.Key, StringComparer.Ordinal) ? 2 : 3, a.Value));
    }

    [Fact]
    public void Unknown_IsAnswered_OnlyWhereAFactIsMissing() => Assert.All(
        Rows.Where(r => r.Answer is null && r.Facts.Alert is null && r.Facts.Report.Areas is not { Count: 2 } && r.Facts.Report.Casualties is null),
        row => Assert.Contains(row.Condition.Needs(), fact => !row.Facts.Knows(fact)));

    [Fact]
    public void Words_Read_AsASentence()
    {
        var words = Rows.Select(r => r.Condition.Words()).Distinct(StringComparer.Ordinal).ToList();

        Assert.Contains("a major incident is declared and 5 pumps or more", words);
        Assert.Contains("not (5 pumps or more)", words);
        Assert.Contains("the number of pumps is known", words);
        Assert.Contains("the priority is '1' or '2'", words);
        Assert.Contains("3 people or more injured", words);
        Assert.Contains("1 death or more among staff", words);
        Assert.Contains("it is in coventry or dudley", words);
        Assert.Contains("it is within 2 km of 52.4, -1.5", words);
        Assert.Contains("it began between 22:00 and 07:00", words);
        Assert.Equal(
            "(10 pumps or more or a major incident is declared) and it is over the border",
            new AllOf([new AnyOf([new PumpsAtLeast(10), new MajorDeclared()]), new IsOverTheBorder()]).Words());
    }
}
