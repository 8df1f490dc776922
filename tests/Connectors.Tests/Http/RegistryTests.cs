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

        Assert.Equal(["bluesky", "mastodon", "threads", "x"], Platform.All.Where(p => registry.TryFind(p, out _)).Select(p => p.Id).Order(StringComparer.Ordinal), StringComparer.Ordinal);
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
        Assert.All(Platform.All, p => Assert.Equal(server, registry.SandboxServerOf(p)));
    }

    [Fact]
    public void Sandbox_SpeaksEachPlatformsOwn_WhereItIsToldTo()
    {
        using var services = SandboxFixture.Services(o => (o.ViaSandbox, o.SandboxSpeaks) = (new Uri("http://127.0.0.1:8090/"), SandboxSpeech.EachPlatforms));
        var registry = services.GetRequiredService<ConnectorRegistry>();

        Assert.Equal(
            ["http://127.0.0.1:8090/x/", "http://127.0.0.1:8090/", "http://127.0.0.1:8090/", "http://127.0.0.1:8090/", "http://127.0.0.1:8090/threads/v1.0/"],
            Platform.All.Select(p => registry.SandboxServerOf(p)!.AbsoluteUri));
        Assert.Equal(
            ["XConnector", "MastodonConnector", "MastodonConnector", "MastodonConnector", "ThreadsConnector"],
            Platform.All.Select(p => registry.TryFind(p, out var connector) ? connector.GetType().Name : ""));
    }

    [Fact]
    public void Options_NameEveryFaultAtOnce()
    {
        using var services = SandboxFixture.Services(o =>
        {
            o.AnswerTimeout = TimeSpan.Zero;
            o.ClockTolerance = TimeSpan.FromDays(2);
            o.ViaSandbox = new Uri("/relative", UriKind.Relative);
            o.SandboxSpeaks = (SandboxSpeech)7;
            o.UploadPieceBytes = 0;
        });

        var refused = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<ConnectorRegistry>());

        Assert.Equal(5, refused.Failures.Count());
    }
}
