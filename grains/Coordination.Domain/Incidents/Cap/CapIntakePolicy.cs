namespace Coordination.Domain.Incidents.Cap;

/// <summary>What the brigade decides about incoming messages, as data.</summary>
/// <param name="Senders">Senders whose messages count, compared exactly with <c>sender</c>.</param>
/// <param name="Rules">The rules, in order: of those with the same reach the first that acts counts.</param>
/// <param name="TestMarks">Words that mark a test or an exercise although the status says Actual.</param>
/// <param name="TestEventCodes">Values of <c>eventCode</c>, in any list, that mark a test.</param>
/// <param name="AreaGeocode">Name of the geocode whose value is an area's id or name.</param>
/// <param name="WholeBrigadeValue">The value of that geocode that means every area.</param>
public sealed record CapIntakePolicy(
    IReadOnlySet<string> Senders,
    IReadOnlyList<TakeoverRule> Rules,
    IReadOnlyList<TestMark> TestMarks,
    IReadOnlySet<string> TestEventCodes,
    string AreaGeocode,
    string WholeBrigadeValue)
{
    /// <summary>The policy that stands until the brigade writes its own: two rules, both on extreme severity.</summary>
    /// <param name="senders">Senders whose messages count; with none, no message does.</param>
    public static CapIntakePolicy Default(IEnumerable<string> senders)
    {
        var extreme = new HashSet<CapSeverity> { CapSeverity.Extreme };

        // A forecast, a rumour or something over is for a person to judge; a fire that burns is not.
        var soon = new HashSet<CapUrgency> { CapUrgency.Immediate, CapUrgency.Expected };
        var sure = new HashSet<CapCertainty> { CapCertainty.Observed, CapCertainty.Likely };
        return new CapIntakePolicy(
            new HashSet<string>(senders, StringComparer.Ordinal),
            [
                new TakeoverRule(1, "extreme-in-area", "extreme severity", TakeoverReach.NamedAreas, extreme, soon, sure),
                new TakeoverRule(2, "extreme-whole-brigade", "extreme severity", TakeoverReach.WholeBrigade, extreme, soon, sure),
            ],
            TestMark.Defaults,
            new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "RMT", "RWT", "NPT", "DMO" },
            "WMFS-AREA",
            "ALL");
    }
}
