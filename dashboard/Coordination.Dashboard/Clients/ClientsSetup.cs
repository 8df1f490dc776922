namespace Coordination.Dashboard.Clients;

/// <summary>Adds API clients and their tokens.</summary>
public static class ClientsSetup
{
    /// <summary>Adds the desk, the memory of tokens, and what keeps their last use.</summary>
    public static IHostApplicationBuilder AddClients(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<TokenGuesses>();
        services.AddSingleton<TokenDirectory>();
        services.AddSingleton<TokenUses>();
        services.AddHostedService(provider => provider.GetRequiredService<TokenUses>());
        services.AddSingleton<ClientWatch>();
        services.AddHostedService(provider => provider.GetRequiredService<ClientWatch>());
        services.AddSingleton<IClientDesk, ClientDesk>();
        return builder;
    }
}
