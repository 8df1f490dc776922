using System.Globalization;
using Coordination.Storage.Journal;
using Coordination.Storage.Migrations;
using Coordination.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Xunit;

namespace Coordination.Storage.Tests.Migrations;

/// <summary>Bringing databases to this version.</summary>
public sealed class MigratorTests(FastPostgresFixture server)
{
    private const string Scripts = "select count(*) from schema_migration";
    private static readonly long All = typeof(Migrator).Assembly.GetManifestResourceNames().LongCount(name => name.EndsWith(".sql", StringComparison.Ordinal));

    [Fact]
    public async Task Migrate_RunsEachScriptOnce_WhenManyStartTogether()
    {
        var connection = await server.CreateDatabaseAsync();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Migrator.MigrateAsync(connection, NullLogger.Instance)));
        Assert.Equal(All, await ScalarAsync<long>(connection, Scripts));
        await Migrator.MigrateAsync(connection, NullLogger.Instance);
        Assert.Equal(All, await ScalarAsync<long>(connection, Scripts));
    }

    // A function that is replaced by a later script loses what was set for it.
    [Theory]
    [InlineData("take_permit")]
    [InlineData("commit_account")]
    public async Task Migrate_LeavesTheHotFunctionsLookingUpByKey(string function)
    {
        var connection = await server.CreateDatabaseAsync();
        await Migrator.MigrateAsync(connection, NullLogger.Instance);
        Assert.Equal("{enable_seqscan=off}", await ScalarAsync<string>(connection, $"select proconfig::text from pg_proc where proname = '{function}'"));
    }

    [Fact]
    public async Task Migrate_KeepsTheData_OfTheVersionBefore()
    {
        var connection = await server.CreateDatabaseAsync();
        await Migrator.MigrateAsync(connection, NullLogger.Instance, through: "0003_read_model.sql");
        await ScalarAsync<long>(connection, "select journal_append('account/x/aston', 'account-requested', 'sam', 'Sam', 'comms-officer', null, null, null, '{}')");
        await ScalarAsync<object?>(connection, "insert into staff (id, name, role) values ('sam', 'Sam', 'comms-officer')");
        await Migrator.MigrateAsync(connection, NullLogger.Instance);
        Assert.Equal("Sam", await ScalarAsync<string>(connection, "select name from staff where id = 'sam'"));
        Assert.Equal(2L, await ScalarAsync<long>(connection, "select journal_append('account/x/aston', 'account-approved', 'sam', 'Sam', 'comms-officer', null, null, null, '{}')"));
        Assert.Equal(0L, await ScalarAsync<long>(connection, "select count(*) from permit_inside_hold"));
    }

    [Fact]
    public async Task Migrate_AsksForASecondPerson_AtTheLiftOfWhatStandsFromAnIncident_AndKnowsFormerLifts()
    {
        const string Place = "select (placed).id from place_hold(gen_random_uuid(), '\\x00', 'freeze', '{{\"all\": true}}', 'Fire', 'jo', 'Jo', '{0}', '{{}}', 'INC-1', null, {1})";
        const string Former = "0198a0a0-0000-7000-8000-000000000001";
        var connection = await server.CreateDatabaseAsync();
        await Migrator.MigrateAsync(connection, NullLogger.Instance, through: "0007_counters.sql");
        foreach (var (role, rule) in ((string, string)[])[("comms-manager", "null"), ("fire-control", "null"), ("fds-officer", "null"), ("system", "'rule 1'"), ("system", "'rule 1'")])
        {
            await ScalarAsync<string>(connection, string.Format(CultureInfo.InvariantCulture, Place, role, rule));
        }

        await ScalarAsync<bool>(connection, $"select already from lift_hold('{Former}', 'H-000005', 'Out', 'jo', 'Jo', 'comms-manager')");
        await Migrator.MigrateAsync(connection, NullLogger.Instance);

        Assert.Equal(
            "H-000001 false, H-000002 true, H-000003 true, H-000004 true, H-000005 false",
            await ScalarAsync<string>(connection, "select string_agg(id || ' ' || lift_needs_second, ', ' order by id) from hold"));
        Assert.Equal("lifted", await ScalarAsync<string>(
            connection, $"select answer from lift_hold('{Former}', 'H-000005', 'Out', 'jo', 'Jo', 'comms-manager', true, true, null)"));
        Assert.Equal("H-000006 true", await ScalarAsync<string>(
            connection, string.Format(CultureInfo.InvariantCulture, Place, "comms-manager", "null").Replace("(placed).id", "(placed).id || ' ' || (placed).lift_needs_second", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Migrate_KeepsChainsAndHolds_WhenTheFencesFunctionsAreReplaced()
    {
        var connection = await server.CreateDatabaseAsync();
        await Migrator.MigrateAsync(connection, NullLogger.Instance, through: "0005_commit.sql");
        const string Append = "select journal_append('account/x/aston', 'post-held', 'jo', 'Jö, \"Comms\"', 'comms-manager', gen_random_uuid(), 7, 'Why: 100 %', '{\"a\": \"Ü\"}')";
        await ScalarAsync<long>(connection, Append);
        await ScalarAsync<object?>(
            connection,
            "select id from place_hold(gen_random_uuid(), '\\x00', 'freeze', '{\"areas\": [\"birmingham\"]}', 'Fire', 'jo', 'Jo', 'comms-manager', '{}', null, null, null) p, lateral (select (p.placed).id) i");
        await Migrator.MigrateAsync(connection, NullLogger.Instance);
        Assert.Equal(2L, await ScalarAsync<long>(connection, Append));

        await using var database = new CoordinationDatabase(new StorageOptions { ConnectionString = connection });
        var verdict = await new JournalReader(database).VerifyAsync("account/x/aston", CancellationToken.None);
        Assert.True(verdict.Intact, verdict.What);
        Assert.Equal(2, verdict.Entries);
        Assert.Equal(
            "H-000001",
            await ScalarAsync<string>(
                connection,
                """
                select array_to_string(holds_refusing(
                    jsonb_populate_record(null::account, '{"key": "x/aston", "platform": "x", "kind": "local", "area": "birmingham"}'),
                    jsonb_populate_record(null::post, '{"due_at": "2026-01-01T00:00:00Z", "confirmed_seq": 0, "revision": 1, "poster_id": "sam"}')), ',')
                """));
    }

    [Fact]
    public async Task Migrate_LeavesTheScriptsBefore_WhenOneFails()
    {
        var connection = await server.CreateDatabaseAsync();
        await Migrator.MigrateAsync(connection, NullLogger.Instance, through: "0001_orleans.sql");
        await ScalarAsync<object?>(connection, "create table permit (id integer)");
        var failed = await Assert.ThrowsAsync<MigrationException>(() => Migrator.MigrateAsync(connection, NullLogger.Instance));
        Assert.Contains("0004_fence.sql", failed.Message, StringComparison.Ordinal);
        Assert.Equal(3L, await ScalarAsync<long>(connection, Scripts));
        Assert.Equal(0L, await ScalarAsync<long>(connection, "select count(*) from pg_class where relname = 'hold'"));
    }

    private static async Task<T?> ScalarAsync<T>(string connectionString, string sql)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
#pragma warning disable CA2100 // The test's own words.
        await using var command = source.CreateCommand(sql);
#pragma warning restore CA2100
        return (T?)await command.ExecuteScalarAsync();
    }
}
