using Coordination.Dashboard.Incidents;
using Coordination.Dashboard.Incidents.Pull;
using Coordination.Storage;
using Coordination.Storage.Incidents;
using Coordination.Storage.Migrations;
using Coordination.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace Coordination.Pages.Tests.Feeds;

/// <summary>A real database and a real server of feeds, and the product's own pulling between them.</summary>
internal sealed class PullGround : IAsyncDisposable
{
    /// <summary>The feed.</summary>
    public const string Id = "weather";

    private readonly List<ServiceProvider> _hosts = [];
    private readonly NpgsqlDataSource _plain;

    private PullGround(string connection, FeedServer server)
    {
        Server = server;
        Database = new CoordinationDatabase(new StorageOptions { ConnectionString = connection });
        Feeds = new AlertFeeds(Database);
        Desk = new RecordingDesk(Database);
        _plain = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connection) { Enlist = false, MaxPoolSize = 5 });
        Options.Feeds[Id] = new FeedOptions { Name = "Weather warnings", Url = new Uri(server.Address, "/feed.atom").AbsoluteUri, Senders = { "weather@example.org" } };
    }

    public FeedServer Server { get; }

    public CoordinationDatabase Database { get; }

    public AlertFeeds Feeds { get; }

    public RecordingDesk Desk { get; }

    public FakeTimeProvider Time { get; } = new(TimeProvider.System.GetUtcNow());

    public IncidentOptions Options { get; } = new();

    public FeedOptions Feed => Options.Feeds[Id];

    public static async Task<PullGround> MakeAsync(PostgresFixture server) => new(
        await server.CreateMigratedDatabaseAsync(c => Migrator.MigrateAsync(c, NullLogger.Instance)), await FeedServer.StartAsync());

    /// <summary>A dashboard host of its own, as far as feeds are concerned.</summary>
    public ServiceProvider Host(TimeProvider? time = null)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(time ?? Time);
        services.AddSingleton<IAlertFeeds>(Feeds);
        services.AddSingleton<IIncidentDesk>(Desk);
        services.AddSingleton<IOptions<IncidentOptions>>(new OptionsWrapper<IncidentOptions>(Options));
        services.AddPulledFeeds();
        var host = services.BuildServiceProvider();
        _hosts.Add(host);
        return host;
    }

    /// <summary>Polls the feed now, whenever it would be due, and says where it stands.</summary>
    public async Task<FeedStanding> PollAsync()
    {
        var host = _hosts.Count > 0 ? _hosts[0] : Host();
        var source = host.GetRequiredService<FeedSources>().Find(Id)!;
        await Feeds.KnowAsync(Id, source.Digest, CancellationToken.None);
        await ExecuteAsync("update alert_feed set next_at = clock_timestamp()");
        var claimed = Assert.Single(await Feeds.ClaimAsync([Id], FeedPull.Lease, 1, CancellationToken.None));
        await host.GetRequiredService<FeedPull>().RunAsync(source, claimed, TestContext.Current.CancellationToken);
        return await StandingAsync();
    }

    public async Task<FeedStanding> StandingAsync() => Assert.Single(await Feeds.StandingAsync([Id], CancellationToken.None));

    public async Task ExecuteAsync(string sql)
    {
#pragma warning disable CA2100 // The tests' own text.
        await using var command = _plain.CreateCommand(sql);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }

    public async Task<T> ScalarAsync<T>(string sql)
    {
#pragma warning disable CA2100 // The tests' own text.
        await using var command = _plain.CreateCommand(sql);
#pragma warning restore CA2100
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts)
        {
            await host.DisposeAsync();
        }

        await Server.DisposeAsync();
        await _plain.DisposeAsync();
        await Database.DisposeAsync();
    }
}
