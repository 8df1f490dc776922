namespace Coordination.Dashboard.Incidents.Replays;

/// <summary>Adds the replay of recorded incidents.</summary>
internal static class ReplaysSetup
{
    /// <summary>Adds it. Until somebody starts a replay nothing is sent.</summary>
    public static IServiceCollection AddReplays(this IServiceCollection services)
    {
        services.AddSingleton<ReplaySender>();
        services.AddHostedService(provider => provider.GetRequiredService<ReplaySender>());
        services.AddSingleton<ReplayDesk>();
        return services;
    }
}
