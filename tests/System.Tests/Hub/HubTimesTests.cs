using Coordination.Dashboard.Hubs;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Coordination.SystemTests.Hub;

/// <summary>The hub's times against those of the clients that people really use.</summary>
public sealed class HubTimesTests
{
    [Fact]
    public void AClientThatOnlyListens_IsNotCutOff_WhenOneSignOfLifeIsLost()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.AddHub();
        using var host = builder.Build();
        var hub = host.Services.GetRequiredService<IOptions<HubOptions>>().Value;

        // The JavaScript client's own times are the same.
        Assert.True(hub.ClientTimeoutInterval > 2 * HubConnection.DefaultKeepAliveInterval, $"A client says every {HubConnection.DefaultKeepAliveInterval} that it lives; after {hub.ClientTimeoutInterval} it is cut off.");
        Assert.True(2 * hub.KeepAliveInterval < HubConnection.DefaultServerTimeout, "Clients take the server for dead.");
    }
}
