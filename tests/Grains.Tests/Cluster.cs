using Coordination.Contracts;
using Coordination.Domain.Accounts;
using Coordination.Domain.Holds;
using Coordination.Domain.People;
using Coordination.Domain.Posts;
using Coordination.Grains.Accounts;
using Coordination.Silo.Hosting;
using Coordination.Storage;
using Coordination.Storage.Fence;
using Coordination.Storage.Migrations;
using Coordination.Storage.ReadModel;
using Coordination.Testing;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.TestingHost;
using Xunit;

[assembly: AssemblyFixture(typeof(Coordination.Grains.Tests.SharedCluster))]

namespace Coordination.Grains.Tests;

/// <summary>Silos of the product's grains in this process, over a real database. Two of these on one database are a split brain.</summary>
public sealed class Cluster : IAsyncDisposable
{
    private readonly InProcessTestCluster _cluster;
    private readonly ServiceProvider _services;

    private Cluster(InProcessTestCluster cluster, ServiceProvider services, RecordedQueue queue, ShiftedTime time) =>
        (_cluster, _services, Queue, Time) = (cluster, services, queue, time);

    public RecordedQueue Queue { get; }

    public ShiftedTime Time { get; }

    public IFence Fence => _services.GetRequiredService<IFence>();

    public CoordinationDatabase Database => _services.GetRequiredService<CoordinationDatabase>();

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public static async Task<Cluster> StartAsync(string connection, short silos)
    {
        var time = new ShiftedTime();
        var queue = new RecordedQueue(time);
        var storage = new StorageOptions { ConnectionString = connection, MainPoolSize = 20, FencePoolSize = 8, PermitsAtOnce = 6 };
        var builder = new InProcessTestClusterBuilder(silos);
        builder.Options.ServiceId = SiloSetup.ServiceId;
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton<TimeProvider>(time);
            silo.Services.AddSingleton(storage);
            silo.Services.AddCoordinationStorage();
            silo.Services.AddContractsSerialization();
            silo.Services.AddSingleton<IPublishingQueue>(queue);
            silo.AddAdoNetGrainStorage(AccountGrain.StorageName, o => o.Configure<CoordinationDatabase>((options, database) =>
            {
                options.Invariant = "Npgsql";
                options.DataSource = database.Main;
                options.GrainStorageSerializer = new GrainStateSerializer();
            }));
            silo.AddCoordinationGrains();
        });
        builder.ConfigureClient(client => client.Services.AddContractsSerialization());
        var cluster = builder.Build();
        await cluster.DeployAsync();
        var services = new ServiceCollection().AddLogging().AddSingleton(storage).AddCoordinationStorage().BuildServiceProvider();
        return new Cluster(cluster, services, queue, time);
    }

    public static async Task<string> DatabaseAsync(PostgresFixture postgres) =>
        await postgres.CreateMigratedDatabaseAsync(c => Migrator.MigrateAsync(c, NullLogger.Instance));

    public IAccountGrain Account(AccountKey key) => _cluster.Client.GetGrain<IAccountGrain>(GrainKeys.Of(key));

    public IHoldGrain Hold(string id) => _cluster.Client.GetGrain<IHoldGrain>(GrainKeys.OfHold(id));

    public IGrainFactory Grains => _cluster.Client;

    /// <summary>A registered, connected account of its own for a test.</summary>
    public async Task<AccountKey> RegisterAsync(string name, string? area = null)
    {
        var key = AccountKey.Parse($"x/{name}_{Guid.NewGuid().ToString("N")[..12]}");
        var answer = await Account(key).Register(
            new RegisterAccount(key, new AccountLabels("x", AccountKind.Local, area ?? name, null, null), name, new NamedContact("Sam Example", "sam@example.org")), By(People.Manager));
        Assert.Equal(CommandOutcome.Accepted, answer.Outcome);
        Assert.Equal(CommandOutcome.Accepted, (await Account(key).Manage(new ConnectAccount(), By(People.Manager))).Outcome);
        return key;
    }

    public async Task<PostId> ScheduleAsync(AccountKey key, TimeSpan ahead, TimeSpan? tolerance = null)
    {
        var id = new PostId(Guid.CreateVersion7());
        var answer = await Account(key).Schedule(new NewPost(id, "Test your alarm", Time.GetUtcNow() + ahead, tolerance), By(People.Manager));
        Assert.Equal(CommandOutcome.Accepted, answer.Outcome);
        return id;
    }

    public async Task<PostId> HandedOverAsync(AccountKey key)
    {
        var id = await ScheduleAsync(key, TimeSpan.Zero);
        await Eventually.Becomes(() => Queue.Of(id).Count > 0, "the post is handed over");
        return id;
    }

    /// <summary>Asks the fence as the worker does.</summary>
    public async Task<PermitAnswer> PermitAsync(AccountKey key, PostId id, int attempt = 1, int part = 0)
    {
        var view = await Account(key).Read();
        var post = view.State.Find(id)!;
        return await Fence.TakePermitAsync(
            new PermitWish(key, id.Value, part, "publish", attempt, post.PosterId, post.Revision, view.Version), CancellationToken.None);
    }

    public async Task<Hold> PlaceAsync(Scope scope, HoldKind kind = HoldKind.Freeze, params string[] named)
    {
        var answer = await Fence.PlaceHoldAsync(
            new PlaceHoldOrder(Guid.NewGuid(), kind, scope, "Major incident", People.Manager, named), TimeSpan.FromSeconds(10), CancellationToken.None);
        return Assert.IsType<FenceAnswer<PlacedHold>.Took>(answer).Result.Hold;
    }

    public async Task<PostRow> RowAsync(PostId id) => (await Get<IPostReader>().FindAsync(id.Value, CancellationToken.None))!;

    public async Task ExecuteAsync(string sql, object? arguments = null)
    {
        await using var connection = await Database.Fence.OpenConnectionAsync();
        await connection.ExecuteAsync(sql, arguments);
    }

    public static CommandContext By(Actor actor, Guid? operation = null) => new(operation ?? Guid.NewGuid(), actor);

    public async ValueTask DisposeAsync()
    {
        await _cluster.StopAllSilosAsync();
        await _cluster.DisposeAsync();
        await _services.DisposeAsync();
    }
}

/// <summary>The people of these tests.</summary>
internal static class People
{
    public static readonly Actor Manager = new("manager", "Manager", Role.CommsManager);
    public static readonly Actor Auditor = new("auditor", "Auditor", Role.Auditor);
}

/// <summary>One cluster of two silos for the tests that leave no trace on each other's accounts.</summary>
public sealed class SharedCluster : IAsyncLifetime
{
    public FastPostgresFixture Postgres { get; } = new();

    public Cluster Cluster { get; private set; } = null!;

    public string Connection { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        await Postgres.InitializeAsync();
        Connection = await Cluster.DatabaseAsync(Postgres);
        Cluster = await Cluster.StartAsync(Connection, 2);
    }

    public async ValueTask DisposeAsync()
    {
        await Cluster.DisposeAsync();
        await Postgres.DisposeAsync();
    }
}
