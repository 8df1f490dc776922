using Coordination.Dashboard.Incidents.Pull;
using Coordination.Dashboard.Incidents.Replays;
using Coordination.Dashboard.Incidents.Trials;
using Coordination.Domain.Brigade;
using Coordination.Domain.Incidents.Cap;
using Coordination.Storage.Register;
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
        services.AddHostedService<SourceIds>();
        services.TryAddSingleton<BrigadeMap>(provider => ReadMap(provider.GetRequiredService<IOptions<IncidentOptions>>().Value));
        services.TryAddSingleton<CapIntakePolicy>(provider => CapIntakePolicy.Default(provider.GetRequiredService<IOptions<IncidentOptions>>().Value.Senders));
        services.AddSingleton<IIncidentDesk, IncidentDesk>();
        services.AddSingleton<InboxDesk>();
        services.AddSingleton<IRuleBooks, RuleBooks>();
        services.AddSingleton<RuleSets>();
        services.AddSingleton<HistoryRecording>();
        services.AddSingleton<RuleTrial>();
        services.AddSingleton<TakeoverWork>();
        services.AddSingleton<TakeoverClock>();
        services.AddHostedService(provider => provider.GetRequiredService<TakeoverClock>());
        services.AddSingleton<TakeoverDesk>();
        services.AddSingleton<RuleBookWork>();
        services.AddSingleton<LineDesk>();
        services.AddSingleton<ReportDesk>();
        services.AddHostedService<LeftReports>();
        services.AddSingleton<RuleBookDesk>();
        services.AddSingleton<SignedReports>();
        services.AddPulledFeeds();
        services.AddReplays();
        return builder;
    }

    private static BrigadeMap ReadMap(IncidentOptions options)
    {
        if (!File.Exists(options.StationsFile) || !File.Exists(options.DepartmentsFile))
        {
            return new BrigadeMap([], [], []);
        }

        return BrigadeMapFile.Read(File.ReadAllBytes(options.StationsFile), File.ReadAllBytes(options.DepartmentsFile)) switch
        {
            RegisterReading<BrigadeMap>.Accepted map => map.Content,
            RegisterReading<BrigadeMap>.Refused refused => throw new FormatException(
                "The brigade's map cannot be read: " + string.Join("; ", refused.Faults.Select(f => f.Words))),
            var other => throw new InvalidOperationException($"No rule for {other.GetType().Name}."),
        };
    }
}
