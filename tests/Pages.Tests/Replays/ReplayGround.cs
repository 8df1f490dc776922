using Coordination.Dashboard.Desks;
using Coordination.Dashboard.Incidents;
using Coordination.Dashboard.Incidents.Replays;
using Coordination.Dashboard.Incidents.Trials;
using Coordination.Dashboard.Team;
using Coordination.Domain;
using Coordination.Domain.Holds;
using Coordination.Domain.People;
using Coordination.Pages.Tests.Trials;
using Coordination.Storage;
using Coordination.Storage.Fence;
using Coordination.Storage.Incidents;
using Coordination.Storage.Migrations;
using Coordination.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Coordination.Pages.Tests.Replays;

/// <summary>A real database and dashboard hosts as far as replays are concerned: the product's own desks, rules and stores. A hold that anybody asked for would be a failure.</summary>
internal sealed class ReplayGround : IAsyncDisposable
{
    public static readonly Actor Manager = new("rowan-demo", "Rowan Demo", Role.CommsManager);

    private readonly List<ServiceProvider> _hosts = [];
    private readonly NpgsqlDataSource _plain;
    private readonly string _connection;

    private ReplayGround(string connection)
    {
        _connection = connection;
        _plain = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connection) { Enlist = false, MaxPoolSize = 5 });
        First = Host();
    }

    /// <summary>The first host.</summary>
    public ServiceProvider First { get; }

    /// <summary>Its desk.</summary>
    public ReplayDesk Desk => First.GetRequiredService<ReplayDesk>();

    public IReplayStore Store => First.GetRequiredService<IReplayStore>();

    public static async Task<ReplayGround> MakeAsync(PostgresFixture server) =>
        new(await server.CreateMigratedDatabaseAsync(c => Migrator.MigrateAsync(c, NullLogger.Instance)));

    /// <summary>A further host.</summary>
    public ServiceProvider Host()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(new StorageOptions { ConnectionString = _connection, MainPoolSize = 10, FencePoolSize = 4, PermitsAtOnce = 1 });
        services.AddCoordinationStorage();
        services.AddSingleton(Recorded.Map);
        services.AddSingleton<IHoldDesk, NoHolds>();
        services.AddSingleton<IRuleBooks, RuleBooks>();
        services.AddSingleton<TakeoverWork>();
        services.AddSingleton<TakeoverClock>();
        services.AddSingleton<RuleBookWork>();
        services.AddSingleton<DeskWatch>();
        services.AddSingleton<ReportDesk>();
        services.AddReplays();
        var host = services.BuildServiceProvider();
        _hosts.Add(host);
        return host;
    }

    /// <summary>What somebody wants replayed.</summary>
    public static ReplayWish Wish(byte[] file, int speed = 3600) =>
        new(file, "storm.csv", Assert.IsType<RecordedReading.Accepted>(RecordedCsv.Read(file, Recorded.Nothing)), speed);

    /// <summary>Starts one.</summary>
    public async Task<Replay> StartAsync(byte[] file, int speed = 3600)
    {
        var answer = await Desk.StartAsync(Wish(file, speed), Guid.NewGuid(), Manager, CancellationToken.None);
        Assert.Null(answer.Refusal);
        return answer.Replay!;
    }

    /// <summary>Waits until it is as it should be.</summary>
    public Task<Replay> BecomesAsync(Guid id, Func<Replay, bool> fits, string what) =>
        Eventually.Becomes(async () => (await Store.FindAsync(id, CancellationToken.None))!, fits, what);

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

        await _plain.DisposeAsync();
    }

    // An exercise that asks for a hold would end here, and the replay would never come to its end.
    private sealed class NoHolds : IHoldDesk
    {
        private static NotSupportedException Never => new("An exercise holds nothing.");

        public Task<HoldPreview> PreviewAsync(Scope scope, CancellationToken cancellationToken) => throw Never;

        public Task<Refusal?> CheckScopeAsync(Scope scope, CancellationToken cancellationToken) => throw Never;

        public Task<FenceAnswer<HoldPlaced>> PlaceAsync(HoldWish wish, Actor actor, Guid operationId, string? rule, CancellationToken cancellationToken) => throw Never;

        public Task<FenceAnswer<LiftAnswer>> LiftAsync(string holdId, string? reason, long? confirms, Actor actor, Guid operationId, CancellationToken cancellationToken) => throw Never;

        public Task<FenceAnswer<Hold>> DeclineLiftAsync(string holdId, string? reason, Actor actor, Guid operationId, CancellationToken cancellationToken) => throw Never;

        public Task<FenceAnswer<Hold>> MoveReviewAsync(string holdId, DateTimeOffset reviewAt, string? reason, Actor actor, Guid operationId, CancellationToken cancellationToken) => throw Never;
    }
}
