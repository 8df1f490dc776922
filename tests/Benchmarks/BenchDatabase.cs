using Coordination.Storage;
using Coordination.Storage.Migrations;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Coordination.Benchmarks;

/// <summary>A database of the product's schema, filled in bulk with accounts and with posts that are due.</summary>
internal sealed class BenchDatabase : IAsyncDisposable
{
    public const int Areas = 7;
    private static int s_count;
    private int _next = -1;

    private BenchDatabase(StorageOptions storage, int accounts, int posts) =>
        (Storage, Pools, Accounts, Posts) = (storage, new CoordinationDatabase(storage), accounts, posts);

    public StorageOptions Storage { get; }

    public CoordinationDatabase Pools { get; }

    public int Accounts { get; }

    public int Posts { get; }

    /// <summary>Makes one.</summary>
    public static async Task<BenchDatabase> CreateAsync(string administration, int accounts, int posts)
    {
        var name = $"bench_{Interlocked.Increment(ref s_count)}";
        await using (var source = NpgsqlDataSource.Create(administration))
        {
#pragma warning disable CA2100 // The name is this class's own.
            await using var create = source.CreateCommand($"create database {name}");
#pragma warning restore CA2100
            await create.ExecuteNonQueryAsync();
        }

        var connection = new NpgsqlConnectionStringBuilder(administration) { Database = name }.ConnectionString;
        await Migrator.MigrateAsync(connection, NullLogger.Instance);
        var database = new BenchDatabase(
            new StorageOptions { ConnectionString = connection, FencePoolSize = 48, MainPoolSize = 40 }, accounts, posts);
        await database.FillAsync();
        return database;
    }

    public static string Key(int account) => $"x/bench_{account}";

    public static Guid Post(int post) => new(post, 0, 0, [0, 0, 0, 0, 0, 0, 0, 1]);

    /// <summary>The next post that nobody has asked a permit for; null when all are used.</summary>
    public int? NextPost() => Interlocked.Increment(ref _next) is var post && post < Posts ? post : null;

    public async Task ExecuteAsync(string sql)
    {
        await using var connection = await Pools.Main.OpenConnectionAsync();
#pragma warning disable CA2100 // The callers pass constants.
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 300 };
#pragma warning restore CA2100
        command.Parameters.AddWithValue("accounts", Accounts);
        command.Parameters.AddWithValue("posts", Posts);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>How many rows a table has.</summary>
    public async Task<long> CountAsync(string table)
    {
        await using var connection = await Pools.Main.OpenConnectionAsync();
#pragma warning disable CA2100 // The callers pass constants.
        await using var command = new NpgsqlCommand($"select count(*) from {table}", connection);
#pragma warning restore CA2100
        return (long)(await command.ExecuteScalarAsync())!;
    }

    public ValueTask DisposeAsync() => Pools.DisposeAsync();

    private Task FillAsync() => ExecuteAsync(
        """
        set statement_timeout = 0;
        insert into grain_state select 'coordination', 'account', 'account/x/bench_' || i, 1, convert_to('{"posts":[]}', 'UTF8') from generate_series(0, @accounts - 1) i;
        insert into account (key, platform, kind, area, display_name, lifecycle, version)
        select 'x/bench_' || i, 'x', 'local', 'area' || i % 7, 'Bench ' || i, 'connected', 1 from generate_series(0, @accounts - 1) i;
        insert into label_history (account, seq, platform, kind, area)
        select 'x/bench_' || i, nextval('fence_seq'), 'x', 'local', 'area' || i % 7 from generate_series(0, @accounts - 1) i;
        insert into post (id, account, state, text, due_at, tolerance, poster_id, poster_name, revision, attempt, confirmed_seq, created_at)
        select (lpad(to_hex(i), 8, '0') || '-0000-0000-0000-000000000001')::uuid, 'x/bench_' || i % @accounts, 'scheduled', 'text', now() - interval '1 second',
               interval '1 day', 'alex', 'Alex', 1, 1, nextval('fence_seq'), now() from generate_series(0, @posts - 1) i;
        create table bare (id bigint generated always as identity primary key, at timestamptz not null default now(), what text);
        analyze;
        """);
}
