namespace Coordination.Silo.Repeats;

/// <summary>Registers what sees to posts that come back.</summary>
internal static class RepeatsSetup
{
    /// <summary>Adds it.</summary>
    public static IServiceCollection AddRepeats(this IServiceCollection services)
    {
        services.AddSingleton<RepeatWork>();
        services.AddHostedService<RepeatSweep>();
        return services;
    }
}
