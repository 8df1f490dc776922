using Coordination.Domain.Clients;
using Coordination.Domain.Holds;
using Coordination.Domain.People;
using Coordination.Storage.Migrations;
using Coordination.Storage.People;
using Coordination.Storage.Tests.Fence;
using Coordination.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Xunit;

namespace Coordination.Storage.Tests.People;

public sealed class ApiClientStoreTests(FastPostgresFixture server)
{
    private const string Secret = "wmfs_a-token-of-a-test";
    private static readonly StaffMember Sam = new("sam-aston", "Sam Aston", Role.AccountHolder, new Scope { Stations = ["aston"] });
    private static readonly Actor Jo = new("jo-comms", "Jo Comms", Role.CommsManager);
    private static readonly ClientWish Wish = new("Screen", Sam.Id, [Permission.Read, Permission.PublishLocal], 90, "For the watch room");

    private static CancellationToken None => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Client_ActsForItsOwner_NarrowedAndNamed_AndOnlyItsHashIsKept()
    {
        await using var ground = await Ground.MakeAsync(server);
        var store = await StoreAsync(ground);
        var id = Guid.NewGuid();
        Assert.Equal(ClientOutcome.Done, await store.MakeAsync(id, Wish, Secret, Jo, None));

        var holder = Assert.IsType<TokenFinding.Counts>(await store.FindTokenAsync(Secret, None)).Holder;
        var actor = holder.AsActor();
        Assert.Equal(("sam-aston", "Screen for Sam Aston", Role.AccountHolder), (actor.Id, actor.Name, actor.Role));
        Assert.Equal(["aston"], actor.PublishesOn!.Stations!);
        Assert.Equal([Permission.Read, Permission.PublishLocal], actor.Only!);
        Assert.IsType<TokenFinding.Unknown>(await store.FindTokenAsync("another", None));

        // The token is nowhere: not in the tables, not in the journal.
        Assert.Equal(32, await ground.ScalarAsync<int>("select length(hash) from api_client_token"));
        Assert.Equal(0, await ground.ScalarAsync<long>("select (select count(*) from journal j where j::text like '%a-token-of%') + (select count(*) from api_client_token t where t::text like '%a-token-of%') + (select count(*) from api_client c where c::text like '%a-token-of%')"));
        Assert.Equal("client-made client-token-made", await EventsAsync(ground, id));
        Assert.Equal("For the watch room", await ground.ScalarAsync<string>("select reason from journal where event = 'client-made'"));

        // Again, under the same id, makes nothing; another of the name neither; for who has left neither.
        Assert.Equal(ClientOutcome.Again, await store.MakeAsync(id, Wish, "wmfs_again", Jo, None));
        Assert.Equal(ClientOutcome.NameTaken, await store.MakeAsync(Guid.NewGuid(), Wish with { Name = "SCREEN" }, "wmfs_other", Jo, None));
        Assert.Equal(ClientOutcome.OwnerUnknown, await store.MakeAsync(Guid.NewGuid(), Wish with { Name = "Other", OwnerId = "nobody" }, "wmfs_other", Jo, None));
        Assert.Equal(2, await ground.ScalarAsync<long>("select count(*) from journal"));

        await new StaffStore(ground.Database).SaveAsync([Sam with { Active = false }], None);
        Assert.IsType<TokenFinding.Unknown>(await store.FindTokenAsync(Secret, None));
    }

    [Fact]
    public async Task Token_Ends_ByTheDatabasesClock()
    {
        await using var ground = await Ground.MakeAsync(server);
        var store = await StoreAsync(ground);
        var id = Guid.NewGuid();
        await store.MakeAsync(id, Wish with { Days = 400 }, Secret, Jo, None);
        var token = (await store.FindAsync(id, None))!.Tokens.Single();
        Assert.Equal(TimeSpan.FromDays(400), token.EndsAt - token.MadeAt);
        Assert.Equal([token.Id], await store.CountingAsync([token.Id, Guid.NewGuid()], None));

        await ground.ScalarAsync<int?>("update api_client_token set made_at = made_at - interval '401 days', ends_at = made_at - interval '1 day' returning 1");
        var over = Assert.IsType<TokenFinding.Over>(await store.FindTokenAsync(Secret, None));
        Assert.False(over.Revoked);
        Assert.Empty(await store.CountingAsync([token.Id], None));
        Assert.Null(await new StaffStore(ground.Database).FindByTokenAsync(Secret, None));
        await Assert.ThrowsAsync<PostgresException>(() => store.AddTokenAsync(id, Guid.NewGuid(), "wmfs_for-ever", 401, "r", Jo, None));
    }

    [Fact]
    public async Task Token_IsExchangedWithoutAGap_AndRevoked_EachInTheJournal()
    {
        await using var ground = await Ground.MakeAsync(server);
        var store = await StoreAsync(ground);
        var (id, second) = (Guid.NewGuid(), Guid.NewGuid());
        await store.MakeAsync(id, Wish, Secret, Jo, None);
        var first = (await store.FindAsync(id, None))!.Tokens.Single().Id;
        Assert.Equal(ClientOutcome.Done, await store.AddTokenAsync(id, second, "wmfs_second", 90, "Exchange", Jo, None));
        Assert.Equal(ClientOutcome.Again, await store.AddTokenAsync(id, second, "wmfs_third", 90, "Exchange", Jo, None));
        Assert.IsType<TokenFinding.Counts>(await store.FindTokenAsync(Secret, None));
        Assert.IsType<TokenFinding.Counts>(await store.FindTokenAsync("wmfs_second", None));

        Assert.Equal(ClientOutcome.Done, await store.RevokeAsync(first, "In a mail", Jo, None));
        Assert.Equal(ClientOutcome.Again, await store.RevokeAsync(first, "In a mail", Jo, None));
        Assert.Equal(ClientOutcome.Unknown, await store.RevokeAsync(Guid.NewGuid(), "r", Jo, None));
        Assert.True(Assert.IsType<TokenFinding.Over>(await store.FindTokenAsync(Secret, None)).Revoked);
        Assert.IsType<TokenFinding.Counts>(await store.FindTokenAsync("wmfs_second", None));
        Assert.Equal([second], await store.CountingAsync([first, second], None));

        for (var i = 0; i < ClientRules.MostTokens - 1; i++)
        {
            Assert.Equal(ClientOutcome.Done, await store.AddTokenAsync(id, Guid.NewGuid(), $"wmfs_more-{i}", 90, "r", Jo, None));
        }

        Assert.Equal(ClientOutcome.TooMany, await store.AddTokenAsync(id, Guid.NewGuid(), "wmfs_too-many", 90, "r", Jo, None));
        Assert.Equal(ClientOutcome.Done, await store.EndAsync(id, "Replaced", Jo, None));
        Assert.Equal(ClientOutcome.Again, await store.EndAsync(id, "Replaced", Jo, None));
        Assert.Equal(ClientOutcome.Ended, await store.AddTokenAsync(id, Guid.NewGuid(), "wmfs_after", 90, "r", Jo, None));
        Assert.True(Assert.IsType<TokenFinding.Over>(await store.FindTokenAsync("wmfs_second", None)).Revoked);
        Assert.Equal(
            "client-made client-token-made client-token-made client-token-revoked client-token-made client-token-made client-token-made client-token-made client-ended",
            await EventsAsync(ground, id));
        Assert.Equal("In a mail", await ground.ScalarAsync<string>("select reason from journal where event = 'client-token-revoked'"));
        Assert.Equal((await store.FindAsync(id, None))!.Name, (await store.AllAsync(None)).Single().Name);

        // Its name is free again.
        Assert.Equal(ClientOutcome.Done, await store.MakeAsync(Guid.NewGuid(), Wish, "wmfs_next", Jo, None));
    }

    [Fact]
    public async Task Use_IsKept_AtMostOnceAMinute()
    {
        await using var ground = await Ground.MakeAsync(server);
        var store = await StoreAsync(ground);
        var id = Guid.NewGuid();
        await store.MakeAsync(id, Wish, Secret, Jo, None);
        var token = (await store.FindAsync(id, None))!.Tokens.Single();
        Assert.Null(token.LastUsedAt);
        await store.RecordUsesAsync([token.Id], None);
        var used = (await store.FindAsync(id, None))!.Tokens.Single().LastUsedAt;
        Assert.NotNull(used);
        await store.RecordUsesAsync([token.Id], None);
        Assert.Equal(used, (await store.FindAsync(id, None))!.Tokens.Single().LastUsedAt);
        await ground.ScalarAsync<int?>("update api_client_token set last_used_at = last_used_at - interval '61 seconds' returning 1");
        await store.RecordUsesAsync([token.Id], None);
        Assert.True((await store.FindAsync(id, None))!.Tokens.Single().LastUsedAt >= used);
    }

    [Fact]
    public async Task OwnToken_MayAllThatThePersonMay_UnderTheirName_AndEndsToo()
    {
        await using var ground = await Ground.MakeAsync(server);
        var store = await StoreAsync(ground);
        await new StaffStore(ground.Database).SetTokenAsync(Sam.Id, "test", Secret, None);
        var holder = Assert.IsType<TokenFinding.Counts>(await store.FindTokenAsync(Secret, None)).Holder;
        Assert.Equal((null, "Sam Aston"), (holder.AsActor().Only, holder.AsActor().Name));
        var client = (await store.AllAsync(None)).Single();
        Assert.Null(client.Permissions);
        Assert.Equal(TimeSpan.FromDays(400), client.Tokens.Single().EndsAt - client.Tokens.Single().MadeAt);
        Assert.Equal(ClientOutcome.Ended, await store.AddTokenAsync(client.Id, Guid.NewGuid(), "wmfs_more", 90, "r", Jo, None));
        Assert.Equal("client-token-made", await EventsAsync(ground, client.Id));
    }

    [Fact]
    public async Task Migration_KeepsTheTokensThereWere_AsTheirPersonsOwn()
    {
        var connection = await server.CreateDatabaseAsync();
        await Migrator.MigrateAsync(connection, NullLogger.Instance, through: "0048_reading.sql");
        await using var ground = Ground.On(connection);
        await new StaffStore(ground.Database).SaveAsync([Sam], None);
        await ground.ScalarAsync<int>("insert into api_token (staff_id, purpose, hash) values ($1, 'screen', sha256(convert_to($2, 'UTF8'))), ('gone', 'screen', sha256('x')) returning 1", Sam.Id, Secret);
        await Migrator.MigrateAsync(connection, NullLogger.Instance);
        var store = new ApiClientStore(ground.Database);
        var holder = Assert.IsType<TokenFinding.Counts>(await store.FindTokenAsync(Secret, None)).Holder;
        Assert.Equal((Sam.Id, null), (holder.AsActor().Id, holder.AsActor().Only));
        Assert.Single(await store.AllAsync(None));
        await new StaffStore(ground.Database).SetTokenAsync(Sam.Id, "screen", "wmfs_next", None);
        Assert.IsType<TokenFinding.Unknown>(await store.FindTokenAsync(Secret, None));
        Assert.IsType<TokenFinding.Counts>(await store.FindTokenAsync("wmfs_next", None));
        Assert.Single(await store.AllAsync(None));
    }

    private static async Task<ApiClientStore> StoreAsync(Ground ground)
    {
        await new StaffStore(ground.Database).SaveAsync([Sam], None);
        return new ApiClientStore(ground.Database);
    }

    private static async Task<string> EventsAsync(Ground ground, Guid client) =>
        await ground.ScalarAsync<string>("select coalesce(string_agg(event, ' ' order by number), '') from journal where stream = $1", "client/" + client);
}
