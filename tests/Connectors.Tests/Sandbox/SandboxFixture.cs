using Connectors.Tests.Sandbox;
using Coordination.Connectors;
using Coordination.Domain.Platforms;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

[assembly: AssemblyFixture(typeof(SandboxFixture))]

namespace Connectors.Tests.Sandbox;

/// <summary>One sandbox without rate limits for all tests; each test has accounts of its own.</summary>
public sealed class SandboxFixture : IAsyncLifetime
{
    private readonly ServiceProvider _services = Services();

    public SandboxProcess Sandbox { get; private set; } = null!;

    /// <summary>The connector with an answer time-out that tests can wait for.</summary>
    public IPlatformConnector Mastodon => Connector(_services, Platform.Mastodon);

    /// <summary>The connector for Threads.</summary>
    public IPlatformConnector Threads => Connector(_services, Platform.Threads);

    /// <summary>The connector for X.</summary>
    public IPlatformConnector X => Connector(_services, Platform.X);

    public static ServiceProvider Services(Action<ConnectorOptions>? configure = null)
    {
        var services = new ServiceCollection();
        services.AddPlatformConnectors(o =>
        {
            o.AnswerTimeout = TimeSpan.FromSeconds(2);
            o.ReadTimeout = TimeSpan.FromSeconds(10);
            configure?.Invoke(o);
        });
        return services.BuildServiceProvider();
    }

    public static IPlatformConnector Connector(IServiceProvider services, Platform platform) =>
        services.GetRequiredService<ConnectorRegistry>().TryFind(platform, out var connector)
            ? connector
            : throw new InvalidOperationException($"{platform} has no connector.");

    public async ValueTask InitializeAsync() => Sandbox = await SandboxProcess.StartAsync("--rate-limit", "0", "--delete-limit", "0");

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await Sandbox.DisposeAsync();
    }
}
