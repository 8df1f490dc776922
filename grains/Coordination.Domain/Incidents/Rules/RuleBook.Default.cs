using Coordination.Domain.Holds;

namespace Coordination.Domain.Incidents.Rules;

public sealed partial record RuleBook
{
    private const string Comms = "Corporate Communications";
    private const string Order = "Order 01/25, 2.1: Comms may centrally coordinate communications on local accounts for major or unusual incidents";
    private static readonly DateOnly Review = new(2027, 1, 31);

    /// <summary>The rules that stand until Comms writes its own. An ordinary week gives no takeover.</summary>
    /// <remarks>
    /// Order 01/25, section 2.1: "for major or unusual incidents, such as those involving terrorism or staff deaths, Comms may centrally coordinate
    /// communications on local accounts". What the order names, and what a commander declares, is held at once; a size is proposed or told.
    /// </remarks>
    public static RuleBook Default { get; } = new(1, [Terrorism, StaffDeath, MajorIncident, ExtremeAlert, TenPumps, Death, FivePumps, AnyExtremeAlert]);

    private static IncidentRule Terrorism => new()
    {
        Id = "terrorism",
        Name = "terrorism",
        When = new KeywordsIn(["terrorism", "terrorist", "terrorists", "terror attack", "marauding", "Operation Plato"]),
        Then = Hold(RuleReach.WholeBrigade, RuleMode.AtOnce),
        CoolDownMinutes = 1440,
        Priority = 1,
        Owner = Comms,
        Reason = $"{Order}; it names terrorism.",
        ReviewBy = Review,
    };

    private static IncidentRule StaffDeath => new()
    {
        Id = "staff-death",
        Name = "a death of staff",
        When = new CasualtiesAtLeast(CasualtyKind.StaffFatal, 1),
        Then = Hold(RuleReach.WholeBrigade, RuleMode.AtOnce),
        CoolDownMinutes = 1440,
        Priority = 2,
        Owner = Comms,
        Reason = $"{Order}; it names staff deaths. A family must not hear of it from a post.",
        ReviewBy = Review,
    };

    private static IncidentRule MajorIncident => new()
    {
        Id = "major-incident",
        Name = "a declared major incident",
        When = new MajorDeclared(),
        Then = Hold(RuleReach.IncidentArea, RuleMode.AtOnce) with
        {
            HoldingStatement = "We are dealing with a major incident in {areas}. We will share what is confirmed here as soon as we can.",
        },
        CoolDownMinutes = 1440,
        Priority = 3,
        Owner = Comms,
        Reason = $"{Order}.",
        ReviewBy = Review,
    };

    private static IncidentRule ExtremeAlert => new()
    {
        Id = "extreme-alert",
        Name = "an extreme alert",

        // A forecast for later, a rumour or something over is for a person to judge: the last rule tells them.
        When = new AllOf([new SeverityIs(["extreme"]), new UrgencyIs(["immediate", "expected"]), new CertaintyIs(["observed", "likely"])]),
        Then = Hold(RuleReach.IncidentArea, RuleMode.AtOnce),
        CoolDownMinutes = 1440,
        Priority = 4,
        Owner = Comms,
        Reason = $"{Order}; an alert of extreme severity that is near and sure is one.",
        ReviewBy = Review,
    };

    private static IncidentRule TenPumps => new()
    {
        Id = "ten-pumps",
        Name = "ten pumps or more",

        // A category that was not told is no reason to leave out the largest fires.
        When = new AllOf(
        [
            new PumpsAtLeast(10),
            new NotOf(new AllOf([new IsKnown(IncidentFact.Category), new CategoryIs(["False Alarm"])])),
            new NotOf(new AllOf([new IsKnown(IncidentFact.TypeAtStop), new TypeSays(["false alarm"])])),
        ]),
        Then = Hold(RuleReach.IncidentArea, RuleMode.Propose) with { VetoSeconds = 120 },
        CoolDownMinutes = 720,
        Priority = 5,
        Owner = Comms,
        Reason = $"{Order}; ten pumps are unusual, and whether it is major is for a person to say.",
        ReviewBy = Review,
    };

    private static IncidentRule Death => new()
    {
        Id = "death",
        Name = "a death",
        When = new CasualtiesAtLeast(CasualtyKind.Fatal, 1),
        Then = Hold(RuleReach.IncidentArea, RuleMode.NotifyOnly),
        Priority = 6,
        Owner = Comms,
        Reason = "Next of kin may not know yet: Comms looks at what local accounts are about to say.",
        ReviewBy = Review,
    };

    private static IncidentRule FivePumps => new()
    {
        Id = "five-pumps",
        Name = "five pumps or more",
        When = new PumpsAtLeast(5),
        Then = Hold(RuleReach.IncidentArea, RuleMode.NotifyOnly),
        Priority = 7,
        Owner = Comms,
        Reason = "The press will ask; it may grow.",
        ReviewBy = Review,
    };

    // While the extreme alert's own rule holds, there is nothing left of it to tell.
    private static IncidentRule AnyExtremeAlert => new()
    {
        Id = "any-extreme-alert",
        Name = "any extreme alert",
        When = new SeverityIs(["extreme"]),
        Then = Hold(RuleReach.IncidentArea, RuleMode.NotifyOnly),
        Priority = 8,
        Owner = Comms,
        Reason = "A forecast, a rumour, something over, or a place that is not known: whether it is major is for a person to say.",
        ReviewBy = Review,
    };

    private static RuleEffect Hold(RuleReach reach, RuleMode mode) => new() { Kind = HoldKind.CentralCoordination, Scope = new ScopeTemplate(reach), Mode = mode };
}
