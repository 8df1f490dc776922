using System.Security.Cryptography;
using System.Text;
using Coordination.Domain.Accounts;
using Coordination.Domain.Holds;
using Coordination.Domain.People;
using Coordination.FaultTests.World;
using Coordination.Storage;
using Coordination.Storage.Accounts;
using Coordination.Storage.Embedded;
using Coordination.Storage.Fence;
using Coordination.Storage.Migrations;
using Coordination.Storage.ReadModel;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Coordination.FaultTests;

/// <summary>A synchronous standby is promoted while the old primary lives, and one host still talks to the old one (FENCE.md rules 6 and 11).</summary>
public sealed class PromotionTests
{
    private static readonly Actor Manager = new("manager", "Manager", Role.CommsManager);
    private static readonly PlaceHoldOrder Order = new(Guid.NewGuid(), HoldKind.Freeze, Scope.Everything, "Large fire", Manager, []);

    // Enough for an order to be asked for again and again.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task TheOldPrimary_GivesNoPermitAndPromisesNothing_AndTheSameWishesTakeAtTheNewOne()
    {
        using var folder = new TemporaryFolder("promotion");
        await using var server = await EmbeddedPostgres.StartAsync(new EmbeddedPostgresOptions { DataDirectory = folder.Path }, NullLogger.Instance);
        await Migrator.MigrateAsync(server.ConnectionString, NullLogger.Instance);
        await FillAsync(server.ConnectionString);
        var data = Servers.DataOf(folder.Path);
        Assert.SkipUnless(await Standby.CanFollowAsync(data), "There is no pg_basebackup: install PostgreSQL's client programs to try a promotion.");
        await using var standby = await Standby.FollowAsync(server.ConnectionString, data, Path.Combine(folder.Path, "standby"));
        await using var oldPools = Pools(server.ConnectionString);
        await using var newPools = Pools(standby.ConnectionString);
        using var left = new FenceClient(oldPools, TimeProvider.System);
        using var moved = new FenceClient(newPools, TimeProvider.System);

        // While the standby follows, all is as always.
        Assert.IsType<PermitAnswer.Issued>(await left.TakePermitAsync(Wish(1), default));
        await RegisterAsync(oldPools, Kept);
        Assert.NotNull(await new AccountCommitter(oldPools).FindOperationAsync(Kept.Id, default));

        using var board = new HoldBoard(oldPools, new HoldReader(oldPools), TimeProvider.System, NullLogger<HoldBoard>.Instance);
        await board.RefreshAsync(default);
        var asOf = Assert.NotNull(board.AsOf);

        await standby.PromoteAsync();

        // The old primary still answers reads and still believes in itself; but no commit of its is certain, whatever ends the wait for the standby.
        await using (ImpatientOperator.Begin(server.ConnectionString))
        {
            Assert.IsType<PermitAnswer.Unavailable>(await left.TakePermitAsync(Wish(2), default));
            Assert.IsType<FenceAnswer<PlacedHold>.NotKnownYet>(await left.PlaceHoldAsync(Order, Patience, default));
            await Assert.ThrowsAsync<CommitUnconfirmedException>(() => RegisterAsync(oldPools, Lost));

            // It is there, locally; who repeats the wish is not told that it took.
            await Assert.ThrowsAsync<CommitUnconfirmedException>(() => new AccountCommitter(oldPools).FindOperationAsync(Lost.Id, default));

            // What a board that was left behind shows gets old, and says so.
            await Assert.ThrowsAsync<CommitUnconfirmedException>(() => board.RefreshAsync(default));
            Assert.Equal(asOf, board.AsOf);
        }

        // Nobody ends the wait: then the client gives up before the server does, which would look like success.
        var late = await Assert.ThrowsAsync<NpgsqlException>(() => new AccountCommitter(oldPools).FindOperationAsync(Lost.Id, default));
        Assert.IsType<TimeoutException>(late.InnerException);

        // Who was told "not known yet" repeats at the new one, and gets an answer that stays.
        var placed = Assert.IsType<FenceAnswer<PlacedHold>.Took>(await moved.PlaceHoldAsync(Order, Patience, default)).Result;
        Assert.False(placed.Repeated);
        Assert.Equal([Post(1)], placed.InFlight.Select(p => p.PostId));
        Assert.IsType<PermitAnswer.Held>(await moved.TakePermitAsync(Wish(2), default));
        Assert.NotNull(await new AccountCommitter(newPools).FindOperationAsync(Kept.Id, default));
        Assert.Null(await new AccountCommitter(newPools).FindOperationAsync(Lost.Id, default));

        // And the old one, asked again, gives nothing under the hold that it knows nothing of.
        await using (ImpatientOperator.Begin(server.ConnectionString))
        {
            Assert.IsType<PermitAnswer.Unavailable>(await left.TakePermitAsync(Wish(3), default));
        }
    }

    private static Operation Kept { get; } = new(Guid.NewGuid(), SHA256.HashData(Encoding.UTF8.GetBytes("kept")));

    private static Operation Lost { get; } = new(Guid.NewGuid(), SHA256.HashData(Encoding.UTF8.GetBytes("lost")));

    // An account of its own for each operation.
    private static Task RegisterAsync(CoordinationDatabase pools, Operation operation)
    {
        var key = AccountKey.Parse("x/fault_" + operation.Id.ToString("N")[..8]);
        AccountEvent[] events = [new AccountRequested(key, new AccountLabels("x", AccountKind.Local, null, null, null), "Fault", new NamedContact("Alex Example", "alex@example.org"))];
        var state = AccountFold.Fold(AccountState.None, events);
        return new AccountCommitter(pools).CommitAsync(async () =>
        {
            await using var connection = await pools.Main.OpenConnectionAsync();
            await using var write = new NpgsqlCommand("insert into grain_state values ('coordination', 'account', $1, 1, $2)", connection);
            write.Parameters.Add(new NpgsqlParameter<string> { TypedValue = "account/" + key.Value });
            write.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = JsonSerializer.SerializeToUtf8Bytes(state, StorageJson.Options) });
            await write.ExecuteNonQueryAsync();
            return new AccountCommit(key, 1, state, events, Manager, operation);
        });
    }

    private static CoordinationDatabase Pools(string connectionString) =>
        new(new StorageOptions { ConnectionString = connectionString, MainPoolSize = 4, FencePoolSize = 4, PermitsAtOnce = 2 });

    private static Guid Post(byte number) => new(0, 0, 0, [0, 0, 0, 0, 0, 0, 0, number]);

    private static PermitWish Wish(byte number) => new(AccountKey.Parse("x/fault_0"), Post(number), 0, "publish", 1, "holder", 1, 1);

    private static async Task FillAsync(string connectionString)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand(
            """
            insert into grain_state values ('coordination', 'account', 'account/x/fault_0', 1, convert_to('{}', 'UTF8'));
            insert into account (key, platform, kind, display_name, lifecycle, version) values ('x/fault_0', 'x', 'local', 'Fault', 'connected', 1);
            insert into label_history (account, seq, platform, kind) values ('x/fault_0', nextval('fence_seq'), 'x', 'local');
            insert into post (id, account, state, text, due_at, tolerance, poster_id, poster_name, revision, attempt, confirmed_seq, created_at)
            select ('00000000-0000-0000-0000-00000000000' || i)::uuid, 'x/fault_0', 'scheduled', 'text', now() - interval '1 second',
                   interval '1 day', 'holder', 'Holder', 1, 1, nextval('fence_seq'), now() from generate_series(1, 3) i;
            """);
        await command.ExecuteNonQueryAsync();
    }
}
