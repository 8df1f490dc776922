namespace Coordination.Dashboard.Live;

/// <summary>Adds the board.</summary>
public static class LiveSetup
{
    /// <summary>Adds this host's replica of all accounts and standing holds, and what keeps it fresh.</summary>
    public static IHostApplicationBuilder AddBoard(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<Board>();
        builder.Services.AddSingleton<IBoard>(services => services.GetRequiredService<Board>());
        builder.Services.AddSingleton<IBoardImages>(services => services.GetRequiredService<Board>());
        builder.Services.AddSingleton<BoardFeed>();
        builder.Services.AddHostedService(services => services.GetRequiredService<Board>());
        builder.Services.AddHostedService(services => services.GetRequiredService<BoardFeed>());
        builder.Services.AddHostedService<BoardKeeper>();
        builder.Services.AddHostedService<PostCounter>();
        builder.Services.AddSingleton<PublishingWatch>();
        builder.Services.AddHostedService(services => services.GetRequiredService<PublishingWatch>());
        return builder;
    }
}
