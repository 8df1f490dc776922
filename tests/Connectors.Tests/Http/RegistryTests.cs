using Connectors.Tests.Sandbox;
using Coordination.Connectors;
using Coordination.Domain.Platforms;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Xunit;

namespace Connectors.Tests.Http;

public sealed class RegistryTests
{
    [Fact]
    public void TryFind_FindsOnlyWhatCanBeReached_WithoutTheSandbox()
    {
        using var services = SandboxFixture.Services();
        var registry = services.GetRequiredService<ConnectorRegistry>();

        Assert.Equal(["bluesky", "mastodon"], Platform.All.Where(p => registry.TryFind(p, out _)).Select(p => p.Id).Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.Null(registry.SandboxServer);
    }

    [Fact]
    public void TryFind_FindsEveryPlatform_ViaTheSandbox()
    {
        var server = new Uri("http://127.0.0.1:8090/");
        using var services = SandboxFixture.Services(o => o.ViaSandbox = server);
        var registry = services.GetRequiredService<ConnectorRegistry>();

        Assert.All(Platform.All, p => Assert.True(registry.TryFind(p, out _)));
        Assert.Equal(server, registry.SandboxServer);
    }

    [Fact]
    public void Options_NameEveryFaultAtOnce()
    {
        using var services = SandboxFixture.Services(o =>
        {
            o.AnswerTimeout = TimeSpan.Zero;
            o.ClockTolerance = TimeSpan.FromDays(2);
            o.ViaSandbox = new Uri("/relative", UriKind.Relative);
        });

        var refused = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<ConnectorRegistry>());

        Assert.Equal(3, refused.Failures.Count());
    }
}
