using System.Net;

namespace Coordination.Dashboard.Incidents.Pull;

/// <summary>Adds the pulling of feeds.</summary>
internal static class FeedsSetup
{
    /// <summary>Adds it. Without a configured feed nothing runs.</summary>
    public static IServiceCollection AddPulledFeeds(this IServiceCollection services)
    {
        services.AddHttpClient(FeedHttp.PublicClient, Plain).ConfigurePrimaryHttpMessageHandler(() => Primary(inside: false)).RemoveAllLoggers();
        services.AddHttpClient(FeedHttp.InsideClient, Plain).ConfigurePrimaryHttpMessageHandler(() => Primary(inside: true)).RemoveAllLoggers();
        services.AddSingleton<FeedSources>();
        services.AddSingleton<FeedHttp>();
        services.AddSingleton<FeedMessages>();
        services.AddSingleton<FeedPull>();
        services.AddSingleton<FeedPuller>();
        services.AddSingleton<IFeedWatch>(provider => provider.GetRequiredService<FeedPuller>());
        services.AddHostedService(provider => provider.GetRequiredService<FeedPuller>());
        services.AddSingleton<FeedDesk>();
        return services;
    }

    // What is fetched has limits of its own for each document; redirects are followed by hand, because each one is looked at.
    private static void Plain(HttpClient client)
    {
        client.Timeout = Timeout.InfiniteTimeSpan;
        client.DefaultRequestHeaders.UserAgent.ParseAdd("WmfsSmCoordinator/1.0");
    }

    private static SocketsHttpHandler Primary(bool inside)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectTimeout = TimeSpan.FromSeconds(5),
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
            MaxResponseHeadersLength = 32,
            AutomaticDecompression = DecompressionMethods.All,
            ActivityHeadersPropagator = null,
        };
        if (!inside)
        {
            handler.ConnectCallback = GuardedConnection.OpenAsync;
        }

        return handler;
    }
}
