namespace Coordination.Domain.Incidents.Cap;

/// <summary>What the brigade decides about incoming messages before its rules are asked, as data.</summary>
/// <param name="Senders">Senders whose messages count, compared exactly with <c>sender</c>.</param>
/// <param name="TestMarks">Words that mark a test or an exercise although the status says Actual.</param>
/// <param name="TestEventCodes">Values of <c>eventCode</c>, in any list, that mark a test.</param>
/// <param name="AreaGeocode">Name of the geocode whose value is an area's id or name.</param>
/// <param name="WholeBrigadeValue">The value of that geocode that means every area.</param>
/// <param name="Feed">What people call the feed whose list of senders this is; null for the brigade's own, which counts for what is sent here.</param>
public sealed record CapIntakePolicy(
    IReadOnlySet<string> Senders,
    IReadOnlyList<TestMark> TestMarks,
    IReadOnlySet<string> TestEventCodes,
    string AreaGeocode,
    string WholeBrigadeValue,
    string? Feed = null)
{
    /// <summary>The policy that stands until the brigade writes its own.</summary>
    /// <param name="senders">Senders whose messages count; with none, no message does.</param>
    public static CapIntakePolicy Default(IEnumerable<string> senders) => new(
        new HashSet<string>(senders, StringComparer.Ordinal),
        TestMark.Defaults,
        new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "RMT", "RWT", "NPT", "DMO" },
        "WMFS-AREA",
        "ALL");

    /// <summary>The same for what one feed brings: of everybody else's messages it can bring none.</summary>
    /// <param name="feed">What people call the feed.</param>
    /// <param name="senders">Senders that it speaks for; with none, no message of it counts.</param>
    public CapIntakePolicy OfFeed(string feed, IEnumerable<string> senders) => this with { Senders = new HashSet<string>(senders, StringComparer.Ordinal), Feed = feed };
}
