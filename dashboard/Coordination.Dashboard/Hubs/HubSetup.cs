using Coordination.Dashboard.Api;
using Coordination.Dashboard.SignIn;
using Coordination.Domain.People;

namespace Coordination.Dashboard.Hubs;

/// <summary>Adds and maps the live hub.</summary>
public static class HubSetup
{
    /// <summary>Adds the hub and what feeds it.</summary>
    public static IHostApplicationBuilder AddHub(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSignalR(options =>
        {
            options.MaximumReceiveMessageSize = 64 * 1024;
            options.KeepAliveInterval = TimeSpan.FromSeconds(5);

            // Clients, and the pages' own connections, say every 15 seconds that they live: a limit of as much cut off those that only listen.
            options.ClientTimeoutInterval = TimeSpan.FromSeconds(35);
        }).AddJsonProtocol(options => ApiJson.Apply(options.PayloadSerializerOptions));
        builder.Services.AddSingleton<HubGroups>();
        builder.Services.AddSingleton<HubEpoch>();
        builder.Services.AddSingleton<HubLeavers>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<HubLeavers>());
        builder.Services.AddHostedService<HubBroadcaster>();
        builder.Services.AddHostedService<ReceiptWatch>();
        return builder;
    }

    /// <summary>Maps the hub; who connects has to be allowed to read.</summary>
    public static void MapHub(this IEndpointRouteBuilder routes) =>
        routes.MapHub<CoordinationHub>(CoordinationHub.Path).RequirePermission(Permission.Read);
}
