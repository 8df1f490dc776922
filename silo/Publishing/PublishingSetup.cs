using Coordination.Connectors;
using Coordination.Grains.Accounts;
using Coordination.Silo.OffSystem;
using Coordination.Silo.Retention;

namespace Coordination.Silo.Publishing;

/// <summary>Registers the publishing worker and what finds its work.</summary>
internal static class PublishingSetup
{
    /// <summary>Adds them. <c>Connectors:SandboxServer</c> with <c>Connectors:SandboxKey</c> sends every account through the sandbox.</summary>
    public static IServiceCollection AddPublishing(this IServiceCollection services, IConfiguration configuration)
    {
        var section = configuration.GetSection("Connectors");
        services.AddPlatformConnectors(options =>
        {
            section.Bind(options);
            options.ViaSandbox = Uri.TryCreate(section["SandboxServer"], UriKind.Absolute, out var server) ? server : null;
        });
        if (section["SandboxKey"] is { Length: > 0 } key)
        {
            services.AddSingleton(new SandboxKey(key));
        }

        services.AddSingleton<Credentials>();
        services.AddSingleton<ImageCourier>();
        services.AddSingleton<Publisher>();
        services.AddSingleton<AccountFigures>();
        services.AddSingleton<CounterReader>();
        services.AddHostedService(provider => provider.GetRequiredService<CounterReader>());
        services.AddHostedService<CounterSweep>();
        services.AddHostedService<PostFigureSweep>();
        services.AddSingleton<RateGate>();
        services.AddSingleton<SignInCheck>();
        services.AddHostedService<SignInSweep>();
        services.AddSingleton<PublishingInstruments>();
        services.AddHostedService<QueueReport>();
        services.AddSingleton<HandTasks>();
        services.AddSingleton<OpenPermitRecovery>();
        services.AddSingleton<PublishingWorker>();
        services.AddSingleton<IPublishingQueue>(provider => provider.GetRequiredService<PublishingWorker>());
        services.AddHostedService(provider => provider.GetRequiredService<PublishingWorker>());
        services.AddHostedService<DueScan>();
        services.AddHostedService<RemovalSweep>();
        services.AddHostedService<GotOutSweep>();
        services.AddHostedService<MediaSweep>();
        services.AddHostedService<RetentionNight>();
        services.AddSingleton<OffSystemCheck>();
        services.AddHostedService<OffSystemSweep>();
        services.AddHostedService(provider => provider.GetRequiredService<OpenPermitRecovery>());
        return services;
    }
}
