using System.Text.Json.Serialization;
using Coordination.Storage.Verification;

namespace Coordination.Dashboard.Api;

/// <summary>What recomputing everything from the journal showed.</summary>
/// <param name="AsOf">The moment that was looked at.</param>
/// <param name="Agrees">Whether nothing differs.</param>
/// <param name="Entries">Journal entries read.</param>
/// <param name="ElapsedMs">How long it took, in milliseconds.</param>
/// <param name="Found">How many differences there are.</param>
/// <param name="Checks">Each check.</param>
public sealed record VerifyDto(DateTimeOffset AsOf, bool Agrees, long Entries, long ElapsedMs, long Found, IReadOnlyList<VerifyCheckDto> Checks)
{
    /// <summary>Makes it.</summary>
    public static VerifyDto Of(VerificationReport report) => new(
        report.AsOf, report.Agrees, report.Entries, (long)report.Elapsed.TotalMilliseconds, report.Found, [.. report.Checks.Select(VerifyCheckDto.Of)]);
}

/// <summary>One check.</summary>
/// <param name="Name">Which one: <c>chains</c>, <c>states</c>, <c>accounts</c>, <c>labels</c>, <c>posts</c>, <c>ends</c>, <c>holds</c>, <c>permits</c>, <c>permit-entries</c>, <c>sent-once</c>, <c>receipts</c>, <c>database-view</c>.</param>
/// <param name="Claim">What it shows when nothing differs, in words.</param>
/// <param name="Looked">How many things it looked at.</param>
/// <param name="Unit">What those are.</param>
/// <param name="Found">How many differences it found.</param>
/// <param name="Differences">The first of them.</param>
/// <param name="Notes">What is no fault and worth knowing.</param>
public sealed record VerifyCheckDto(
    string Name, string Claim, long Looked, string Unit, long Found, IReadOnlyList<DifferenceDto> Differences, IReadOnlyList<string> Notes)
{
    /// <summary>Makes it.</summary>
    public static VerifyCheckDto Of(VerificationCheck check) => new(
        check.Kind.Id(), check.Kind.Claim(), check.Looked, check.Kind.Unit(), check.Found, [.. check.Differences.Select(DifferenceDto.Of)], check.Notes);
}

/// <summary>Something that is not as the journal has it.</summary>
/// <param name="Stream">The journal's stream; left out when there is none.</param>
/// <param name="Entry">The entry's number in it, where one is meant.</param>
/// <param name="Sequence">The fence's sequence number, where one is meant.</param>
/// <param name="Words">What was expected and what was found.</param>
public sealed record DifferenceDto(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Stream,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Entry,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Sequence,
    string Words)
{
    /// <summary>Makes it.</summary>
    public static DifferenceDto Of(Difference difference) => new(
        difference.Stream.Length == 0 ? null : difference.Stream, difference.Number, difference.Sequence, difference.Words);
}
