using Coordination.Domain.Brigade;
using Coordination.Domain.Incidents.Cap;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Coordination.Dashboard.Incidents;

/// <summary>Adds the intake of incident messages.</summary>
public static class IncidentsSetup
{
    /// <summary>Adds it, with the brigade's map and the rules that stand by default.</summary>
    public static IHostApplicationBuilder AddIncidents(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<IncidentOptions>().BindConfiguration(IncidentOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<IncidentOptions>, IncidentOptionsValidator>();
        services.TryAddSingleton<BrigadeMap>(provider => StationsFile.Read(provider.GetRequiredService<IOptions<IncidentOptions>>().Value.StationsFile));
        services.TryAddSingleton<CapIntakePolicy>(provider => CapIntakePolicy.Default(provider.GetRequiredService<IOptions<IncidentOptions>>().Value.Senders));
        services.AddSingleton<IIncidentDesk, IncidentDesk>();
        return builder;
    }
}
