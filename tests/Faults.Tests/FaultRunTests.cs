using System.Globalization;
using Coordination.FaultTests.Checker;
using Coordination.FaultTests.World;
using Coordination.Storage.Verification;

namespace Coordination.FaultTests;

/// <summary>The product under faults. WMFS_FAULTS is the length of the run, such as <c>30m</c>; WMFS_SEED the schedule of faults (<c>./test --faults 30m --seed 7</c>).</summary>
public sealed class FaultRunTests
{
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(55);

    [Fact]
    public async Task TheGuaranteesHold_UnderFaults()
    {
        var length = Length(Environment.GetEnvironmentVariable("WMFS_FAULTS"));
        var seed = int.Parse(Environment.GetEnvironmentVariable("WMFS_SEED") ?? "1", CultureInfo.InvariantCulture);
        await using var world = await FaultWorld.StartAsync();
        var run = await FaultRun.RunAsync(world, seed, length, length > Short ? TimeSpan.FromSeconds(60) : TimeSpan.FromSeconds(8), Say);
        var coverage = Coverage.Of(new Facts(run));
        Say(coverage.ToString());

        // The product's own verification reads the same database, and has to come to the same.
        var verified = await new Verifier(world.Surroundings.ConnectionString, TimeProvider.System).RunAsync(null, TestContext.Current.CancellationToken);
        string[] violations = [.. RunChecker.Check(run), .. verified.Checks.SelectMany(c => c.Differences).Select(d => $"verify: {d}")];
        if (violations.Length > 0)
        {
            Say($"The whole record: {await RunFile.WriteAsync(run, seed, violations)}");
        }

        foreach (var output in violations.Length > 0 ? world.Silos.Concat(world.Dashboards) : [])
        {
            Say($"== {output.Process.Name}\n{output.Process.Output}");
        }

        Assert.True(violations.Length == 0, $"Seed {seed}: {violations.Length} violations.\n{string.Join('\n', violations.Take(40))}");
        Assert.Empty(coverage.Vacuous());
    }

    private static TimeSpan Length(string? text) => text switch
    {
        null or "" => Short,
        _ when text.EndsWith('m') => TimeSpan.FromMinutes(double.Parse(text[..^1], CultureInfo.InvariantCulture)),
        _ when text.EndsWith('s') => TimeSpan.FromSeconds(double.Parse(text[..^1], CultureInfo.InvariantCulture)),
        _ => throw new FormatException($"WMFS_FAULTS is '{text}'; it can be 90s or 30m."),
    };

    private static void Say(string line) => TestContext.Current.TestOutputHelper?.WriteLine(line);
}
