using Coordination.Domain.Accounts;
using Coordination.Domain.Holds;
using Coordination.Domain.People;
using Coordination.Storage.Fence;
using Coordination.Storage.Migrations;
using Coordination.Storage.ReadModel;
using Coordination.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Coordination.Storage.Tests.Fence;

/// <summary>A fresh migrated database with the product's own pools and fence, and a knife to take single rules out of it.</summary>
internal sealed class Ground : IAsyncDisposable
{
    /// <summary>Long enough for any machine; a call that answers does so in milliseconds.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly NpgsqlDataSource _plain;

    private Ground(string connectionString, StorageOptions options)
    {
        ConnectionString = connectionString;
        Database = new CoordinationDatabase(options);
        Fence = new FenceClient(Database, TimeProvider.System);
        _plain = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { Enlist = false, MaxPoolSize = 20 });
    }

    public string ConnectionString { get; }

    public CoordinationDatabase Database { get; }

    public FenceClient Fence { get; }

    public static async Task<Ground> MakeAsync(PostgresFixture server, Action<StorageOptions>? configure = null)
    {
        var connection = await server.CreateMigratedDatabaseAsync(c => Migrator.MigrateAsync(c, NullLogger.Instance));
        var options = new StorageOptions { ConnectionString = connection };
        configure?.Invoke(options);
        return new Ground(connection, options);
    }

    /// <summary>On a database that was made otherwise.</summary>
    public static Ground On(string connection) => new(connection, new StorageOptions { ConnectionString = connection });

    public async Task<AccountDesk> AccountAsync(string handle = "aston", string area = "birmingham", string platform = "x", AccountKind kind = AccountKind.Local)
    {
        var desk = new AccountDesk(Database, AccountKey.Parse($"{platform}/{handle}"));
        await desk.RegisterAsync(new AccountLabels(platform, kind, area, handle, null));
        return desk;
    }

    public Task<FenceAnswer<PlacedHold>> TryPlaceAsync(
        Scope scope, HoldKind kind = HoldKind.Freeze, string[]? named = null, Guid? operation = null, TimeSpan? patience = null) =>
        Fence.PlaceHoldAsync(Order(scope, kind, named) with { OperationId = operation ?? Guid.NewGuid() }, patience ?? Patience, CancellationToken.None);

    public static PlaceHoldOrder Order(Scope scope, HoldKind kind = HoldKind.Freeze, string[]? named = null) =>
        new(Guid.NewGuid(), kind, scope, "Fire at the paper works", Staff.Comms, named ?? []);

    public async Task<Hold> PlaceAsync(PlaceHoldOrder order) =>
        Xunit.Assert.IsType<FenceAnswer<PlacedHold>.Took>(await Fence.PlaceHoldAsync(order, Patience, CancellationToken.None)).Result.Hold;

    /// <summary>Places a hold as a declared major incident does: its lift needs two.</summary>
    public Task<Hold> PlaceForIncidentAsync(Scope scope) => PlaceAsync(Order(scope) with { LiftNeedsSecond = true });

    public async Task<PlacedHold> PlaceAsync(Scope scope, HoldKind kind = HoldKind.Freeze, params string[] named) =>
        Xunit.Assert.IsType<FenceAnswer<PlacedHold>.Took>(await TryPlaceAsync(scope, kind, named)).Result;

    public Task<FenceAnswer<LiftAnswer>> TryLiftAsync(
        string hold, Guid? operation = null, string? reason = "Fire out", Actor? actor = null, long? confirms = null) =>
        Fence.LiftHoldAsync(new LiftHoldOrder(operation ?? Guid.NewGuid(), hold, reason, actor ?? Staff.Comms, confirms), Patience, CancellationToken.None);

    public async Task<LiftAnswer> LiftAsync(string hold, Actor actor) =>
        Xunit.Assert.IsType<FenceAnswer<LiftAnswer>.Took>(await TryLiftAsync(hold, actor: actor)).Result;

    public Task<FenceAnswer<Hold>> TryDeclineAsync(string hold, Actor actor, Guid? operation = null) =>
        Fence.DeclineLiftAsync(new DeclineLiftOrder(operation ?? Guid.NewGuid(), hold, "Smoke again", actor), Patience, CancellationToken.None);

    public async Task<Hold> HoldAsync(string id) => (await new HoldReader(Database).FindAsync(id, CancellationToken.None))!;

    /// <summary>What a hold's journal says: its events in order, each with who did it.</summary>
    public Task<string> JournalOfAsync(string hold) => ScalarAsync<string>(
        "select coalesce(string_agg(event || ' by ' || actor_id, ', ' order by number), '') from journal where stream = 'hold/' || $1 and fence_seq is not null", hold);

    public async Task<LiftAnswer> LiftAsync(string hold) =>
        Xunit.Assert.IsType<FenceAnswer<LiftAnswer>.Took>(await TryLiftAsync(hold)).Result;

    public Task<PermitAnswer> TakeAsync(PermitWish wish) => Fence.TakePermitAsync(wish, CancellationToken.None);

    public async Task<PermitAnswer.Issued> PermitAsync(PermitWish wish) => Xunit.Assert.IsType<PermitAnswer.Issued>(await TakeAsync(wish));

    public async Task ExecuteAsync(string sql, params object[] arguments)
    {
        await using var command = Command(sql, arguments);
        await command.ExecuteNonQueryAsync();
    }

    public async Task<T> ScalarAsync<T>(string sql, params object[] arguments)
    {
        await using var command = Command(sql, arguments);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Erases an entry of any stream as a redaction does: two people, an entry of its own, the list.</summary>
    public async Task EraseAsync(string stream, long number)
    {
        var id = await ScalarAsync<string>(
            """
            insert into redaction (id, stream, number, ground, reason, asked_at, asked_by, asked_by_name)
            values ('R-' || lpad(nextval('redaction_id')::text, 6, '0'), $1, $2, 'excessive', 'Case 12 of the DPO', clock_timestamp(), 'jo-comms', 'Jo Comms') returning id
            """,
            stream,
            number);
        await ExecuteAsync(
            """
            select journal_append('redaction/' || id, 'redaction-asked', 'jo-comms', 'Jo Comms', 'comms-manager', null, null, reason,
                json_build_object('id', id, 'ground', ground, 'stream', stream, 'number', number)::text) from redaction where id = $1
            """,
            id);
        await ExecuteAsync(
            """
            select finish_redaction(r.id, json_build_object('id', r.id, 'entries', json_build_array(
                json_build_object('stream', j.stream, 'number', j.number, 'event', j.event, 'payloadHash', encode(j.payload_hash, 'hex'))))::text, '{}', '{}', 'kim-comms', 'Kim Comms', 'comms-manager')
            from redaction r join journal j on (j.stream, j.number) = (r.stream, r.number) where r.id = $1
            """,
            id);
    }

    /// <summary>A connection outside the product's pools, with a transaction: a process that may pause where it likes.</summary>
    public async Task<PausedTransaction> BeginAsync() => await PausedTransaction.BeginAsync(await _plain.OpenConnectionAsync());

    /// <summary>Waits until the task is over, or some session of this database waits for a lock of the fence or of a row. Other tests share the server.</summary>
    public async Task UntilBlockedOrDoneAsync(Task task) => await Eventually.Becomes(
        async () => task.IsCompleted || await ScalarAsync<bool>("select exists (select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock')"), "a session waits, or the call has answered");

    /// <summary>Changes one function in place. The text must be there exactly once, so that a check never passes for want of its mutation.</summary>
    public async Task PatchAsync(string function, string from, string to)
    {
        var definition = await ScalarAsync<string>("select pg_get_functiondef($1::text::regproc)", function);
        var at = definition.IndexOf(from, StringComparison.Ordinal);
        if (at < 0 || definition.IndexOf(from, at + 1, StringComparison.Ordinal) >= 0)
        {
            throw new InvalidOperationException($"The mutation no longer fits {function}: '{from}' must be there exactly once.");
        }

        await ExecuteAsync(definition[..at] + to + definition[(at + from.Length)..]);
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        await _plain.DisposeAsync();
    }

    private NpgsqlCommand Command(string sql, object[] arguments)
    {
#pragma warning disable CA2100 // The tests' own text.
        var command = _plain.CreateCommand(sql);
#pragma warning restore CA2100
        foreach (var argument in arguments)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = argument });
        }

        return command;
    }
}

/// <summary>The people of these tests.</summary>
internal static class Staff
{
    public static readonly Actor Comms = new("jo-comms", "Jo Comms", Role.CommsManager);

    public static readonly Actor Second = new("kim-comms", "Kim Comms", Role.CommsManager);

    public static readonly Actor Officer = new("lee-comms", "Lee Comms", Role.CommsOfficer);

    public static readonly Actor Holder = new("sam-aston", "Sam Aston", Role.AccountHolder, Scope.LocalAccounts);
}
