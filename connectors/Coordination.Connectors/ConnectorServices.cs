using System.Net;
using Coordination.Connectors.Bluesky;
using Coordination.Connectors.Http;
using Coordination.Connectors.Mastodon;
using Coordination.Connectors.Threads;
using Coordination.Connectors.X;
using Coordination.Domain.Platforms;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Options;
using Polly;

namespace Coordination.Connectors;

/// <summary>Puts the connectors into a container.</summary>
public static class ConnectorServices
{
    // What the sandbox speaks besides Mastodon's, and where.
    private static readonly Dictionary<string, string> SandboxPaths = new(StringComparer.Ordinal)
    {
        [Platform.X.Id] = "x/",
        [Platform.Threads.Id] = "threads/v1.0/",
    };

    /// <summary>Adds <see cref="ConnectorRegistry"/> with every connector there is, or with the sandbox for all platforms.</summary>
    /// <param name="services">The container; a <see cref="TimeProvider"/> in it is used.</param>
    /// <param name="configure">Sets the options. Wrong ones stop the start with one message that names them all.</param>
    public static IServiceCollection AddPlatformConnectors(this IServiceCollection services, Action<ConnectorOptions>? configure = null)
    {
        services.AddOptions<ConnectorOptions>().Configure(configure ?? (_ => { })).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ConnectorOptions>, ConnectorOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.AddTransient<OutboundDoor>();

        // A server may hang up on a connection that has idled: seconds keep that moment from meeting a post and making it unknown.
        services.AddHttpClient(PlatformHttp.OnceClient, Plain)
            .ConfigurePrimaryHttpMessageHandler(p => Primary(p, idle: TimeSpan.FromSeconds(3)))
            .AddHttpMessageHandler<OutboundDoor>()
            .RemoveAllLoggers();
        var read = services.AddHttpClient(PlatformHttp.ReadClient, Plain)
            .ConfigurePrimaryHttpMessageHandler(p => Primary(p, idle: TimeSpan.FromSeconds(30)))
            .RemoveAllLoggers();
        read.AddResilienceHandler("read", Resilience);
        read.AddHttpMessageHandler<OutboundDoor>();
        services.AddSingleton(p => new PlatformHttp(
            p.GetRequiredService<IHttpClientFactory>(), Options(p), p.GetRequiredService<TimeProvider>()));
        services.AddSingleton(p => new MastodonConnector(p.GetRequiredService<PlatformHttp>(), Options(p), p.GetRequiredService<TimeProvider>()));
        services.AddSingleton(p => new BlueskyConnector(p.GetRequiredService<PlatformHttp>(), Options(p), p.GetRequiredService<TimeProvider>()));
        services.AddSingleton(p => new ThreadsConnector(p.GetRequiredService<PlatformHttp>(), Options(p), p.GetRequiredService<TimeProvider>()));
        services.AddSingleton(p => new XConnector(p.GetRequiredService<PlatformHttp>(), Options(p), p.GetRequiredService<TimeProvider>()));
        services.AddSingleton(Registry);
        return services;
    }

    private static ConnectorOptions Options(IServiceProvider provider) => provider.GetRequiredService<IOptions<ConnectorOptions>>().Value;

    private static ConnectorRegistry Registry(IServiceProvider provider)
    {
        var mastodon = provider.GetRequiredService<MastodonConnector>();
        var own = new Dictionary<string, IPlatformConnector>(StringComparer.Ordinal)
        {
            [Platform.X.Id] = provider.GetRequiredService<XConnector>(),
            [Platform.Mastodon.Id] = mastodon,
            [Platform.Bluesky.Id] = provider.GetRequiredService<BlueskyConnector>(),
            [Platform.Threads.Id] = provider.GetRequiredService<ThreadsConnector>(),
        };
        if (Options(provider) is not { ViaSandbox: { } sandbox } options)
        {
            return new ConnectorRegistry(own, sandboxServer: null);
        }

        var paths = options.SandboxSpeaks == SandboxSpeech.EachPlatforms ? SandboxPaths : [];
        return new ConnectorRegistry(
            Platform.All.ToDictionary(p => p.Id, p => paths.ContainsKey(p.Id) ? own[p.Id] : mastodon, StringComparer.Ordinal), sandbox, paths);
    }

    private static void Plain(IServiceProvider provider, HttpClient client)
    {
        // Every wait has its own limit elsewhere; this one would end an upload whose outcome is still open.
        client.Timeout = Timeout.InfiniteTimeSpan;
        client.DefaultRequestVersion = HttpVersion.Version11;
        client.DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        client.DefaultRequestHeaders.UserAgent.ParseAdd("WmfsSmCoordinator/1.0");
    }

    private static SocketsHttpHandler Primary(IServiceProvider provider, TimeSpan idle) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = true,
        ConnectTimeout = Options(provider).ConnectTimeout,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        PooledConnectionIdleTimeout = idle,
        AutomaticDecompression = DecompressionMethods.All,
        ActivityHeadersPropagator = null,
    };

    /// <summary>A few quick repeats within the read's time. No circuit breaker: it would let one account's trouble close its server to
    /// the others, just when the reads that settle unknown outcomes are wanted.</summary>
    private static void Resilience(ResiliencePipelineBuilder<HttpResponseMessage> pipeline, ResilienceHandlerContext context)
    {
        var total = Options(context.ServiceProvider).ReadTimeout;
        var retry = new HttpRetryStrategyOptions
        {
            MaxRetryAttempts = 2,
            Delay = TimeSpan.FromMilliseconds(300),
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            ShouldRetryAfterHeader = false,
        };
        retry.DisableForUnsafeHttpMethods();
        var transient = retry.ShouldHandle;

        // A rate limit lasts minutes: it is reported at once instead of being waited out.
        retry.ShouldHandle = async arguments =>
            arguments.Outcome.Result?.StatusCode != HttpStatusCode.TooManyRequests && await transient(arguments);
        pipeline.AddTimeout(total).AddRetry(retry).AddTimeout(total / 2);
    }
}
