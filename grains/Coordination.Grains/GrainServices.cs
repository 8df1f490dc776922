using Coordination.Content;
using Coordination.Grains.Accounts;
using Coordination.Grains.Authorisation;
using Coordination.Grains.Live;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Coordination.Grains;

/// <summary>Registers what the grains need on a silo.</summary>
public static class GrainServices
{
    /// <summary>Adds the grains' own services and the permission filter. The host adds an <see cref="Accounts.IPublishingQueue"/>.</summary>
    public static ISiloBuilder AddCoordinationGrains(this ISiloBuilder silo)
    {
        silo.Services.AddSingleton<CommitGate>();
        silo.Services.TryAddSingleton(ContentFacts.Default);
        silo.Services.AddSingleton<RuleLook>();
        silo.Services.AddSingleton<LiveFeed>();
        silo.Services.AddHostedService(provider => provider.GetRequiredService<LiveFeed>());
        silo.AddIncomingGrainCallFilter<PermissionFilter>();
        return silo;
    }
}
