using Coordination.Domain.Rota;
using Microsoft.Extensions.Options;

namespace Coordination.Dashboard.Team;

/// <summary>Adds what Comms' desk does besides posts and holds.</summary>
public static class TeamSetup
{
    /// <summary>Adds tasks, evidence, the duty rota and requests about accounts.</summary>
    public static IHostApplicationBuilder AddTeam(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<RotaOptions>().BindConfiguration(RotaOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<RotaOptions>, RotaOptionsValidator>();
        services.AddSingleton(provider => HoursOf(provider.GetRequiredService<IOptions<RotaOptions>>().Value));
        services.AddSingleton<DeskWatch>();
        services.AddHostedService(provider => provider.GetRequiredService<DeskWatch>());
        services.AddSingleton<ITaskDesk, TaskDesk>();
        services.AddSingleton<IEvidenceDesk, EvidenceDesk>();
        services.AddSingleton<OpenThings>();
        services.AddSingleton<IRotaDesk, RotaDesk>();
        services.AddSingleton<RequestDeeds>();
        services.AddSingleton<IRequestDesk, RequestDesk>();
        return builder;
    }

    private static OfficeHours HoursOf(RotaOptions options) => new(options.OfficeFrom, options.OfficeTo);
}
