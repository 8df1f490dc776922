using Coordination.SystemTests.Support;

namespace Coordination.SystemTests.Faults;

/// <summary>A process that the local start runs beside itself dies, again and again.</summary>
public sealed class ChildDeathTests(ServiceFixture fixture)
{
    private const string Program = "Coordination.Sandbox";

    [Fact]
    public async Task AChild_IsStartedAgainWhereItWas_AndNamed_WhenItKeepsDying()
    {
        var service = fixture.Service;
        for (var death = 1; death <= 3; death++)
        {
            var process = Assert.Single(service.Running(Program));
            await Processes.SignalAsync(process, "KILL");
            await Eventually.Becomes(() => service.Running(Program) is [var other] && other != process, "another process takes its place");
        }

        await Eventually.Becomes(() => service.Output.Contains("Sandbox keeps ending: 3 times in a row, code 137 last.", StringComparison.Ordinal), "the output names what keeps dying");
        using var sandbox = await SandboxRecord.OfAsync(fixture.Data);
        await Eventually.Becomes(sandbox.PublishedAsync, _ => true, "it answers at the address it had");
    }
}
