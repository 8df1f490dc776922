using Coordination.Domain.Accounts;
using Coordination.Domain.People;
using Coordination.Storage.SignIns;
using Coordination.Storage.Tests.Fence;
using Coordination.Testing;
using Xunit;

namespace Coordination.Storage.Tests.SignIns;

/// <summary>Sealed sign-ins in the database, each change with its entry.</summary>
public sealed class StoredSignInTests(FastPostgresFixture server)
{
    private static readonly Uri Server = new("https://social.example/");
    private static readonly Actor Rowan = new("rowan", "Rowan Blake", Role.CommsManager);
    private static readonly DateTimeOffset End = new(2027, 1, 31, 0, 0, 0, TimeSpan.Zero);

    private static CancellationToken None => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Set_Replaces_AndTheJournalSaysBoth_WithoutASecret()
    {
        await using var ground = await Ground.MakeAsync(server);
        var key = (await ground.AccountAsync("aston")).Key;
        var store = new StoredSignIns(ground.Database);
        Assert.Null(await store.FindAsync(key, None));

        Assert.Equal(StoredSignInOutcome.Set, await store.SetAsync(key, Server, "access-token", "sealed-1", End, Rowan, None));
        Assert.Equal(StoredSignInOutcome.Set, await store.SetAsync(key, new Uri("https://other.example/"), "app-password", "sealed-2", null, Rowan with { Id = "quinn" }, None));

        var found = (await store.FindAsync(key, None))!;
        Assert.Equal(("https://other.example/", "app-password", "sealed-2", null, "quinn"), (found.Server, found.Kind, found.Sealed, found.ExpiresAt, found.SetBy));
        Assert.Equal(found, Assert.Single(await store.AllAsync(None)));
        Assert.DoesNotContain("sealed-2", found.ToString(), StringComparison.Ordinal);
        var payloads = await ground.ScalarAsync<string>("select string_agg(event || ' ' || payload, '; ' order by number) from journal where stream = 'sign-in/x/aston'");
        Assert.Contains("\"formerServer\": \"https://social.example/\"", payloads, StringComparison.Ordinal);
        Assert.DoesNotContain("sealed", payloads, StringComparison.Ordinal);
        Assert.True(await ground.ScalarAsync<bool>("select s.set_at = max(j.at) from platform_sign_in s, journal j where j.stream = 'sign-in/x/aston' group by s.set_at"));
    }

    [Fact]
    public async Task Remove_LeavesNoSecret_ButSaysSinceWhen()
    {
        await using var ground = await Ground.MakeAsync(server);
        var key = (await ground.AccountAsync("aston")).Key;
        var store = new StoredSignIns(ground.Database);
        Assert.False(await store.RemoveAsync(key, Rowan, None));
        await store.SetAsync(key, Server, "access-token", "sealed-1", End, Rowan, None);
        var set = (await store.FindAsync(key, None))!.SetAt;

        Assert.Equal((true, false), (await store.RemoveAsync(key, Rowan, None), await store.RemoveAsync(key, Rowan, None)));

        var gone = (await store.FindAsync(key, None))!;
        Assert.Null(gone.Sealed);
        Assert.True(gone.SetAt > set);
        Assert.Empty(await store.AllAsync(None));
        Assert.Equal("sign-in-set sign-in-removed", await JournalAsync(ground));
    }

    [Fact]
    public async Task ARetiredAccount_KeepsNone_AndGetsNone()
    {
        await using var ground = await Ground.MakeAsync(server);
        var key = (await ground.AccountAsync("aston")).Key;
        var store = new StoredSignIns(ground.Database);
        await store.SetAsync(key, Server, "access-token", "sealed-1", null, Rowan, None);

        await ground.ExecuteAsync("update account set lifecycle = 'retired' where key = 'x/aston'");

        Assert.Null((await store.FindAsync(key, None))!.Sealed);
        Assert.Equal(StoredSignInOutcome.Retired, await store.SetAsync(key, Server, "access-token", "sealed-2", null, Rowan, None));
        Assert.Equal(StoredSignInOutcome.Gone, await store.SetAsync(AccountKey.Parse("x/nobody"), Server, "access-token", "sealed-2", null, Rowan, None));
        Assert.Equal("sign-in-set sign-in-removed", await JournalAsync(ground));
    }

    [Fact]
    public async Task Reseal_ChangesTheSealAlone_AndNeverOneThatWasSetMeanwhile()
    {
        await using var ground = await Ground.MakeAsync(server);
        var key = (await ground.AccountAsync("aston")).Key;
        var store = new StoredSignIns(ground.Database);
        await store.SetAsync(key, Server, "access-token", "sealed-1", End, Rowan, None);
        var before = (await store.FindAsync(key, None))!;

        Assert.True(await store.ResealAsync(key, "sealed-1", "sealed-again", None));
        Assert.False(await store.ResealAsync(key, "sealed-1", "stale", None));

        Assert.Equal(before with { Sealed = "sealed-again" }, await store.FindAsync(key, None));
        Assert.Equal("sign-in-set", await JournalAsync(ground));
    }

    private static Task<string> JournalAsync(Ground ground) =>
        ground.ScalarAsync<string>("select string_agg(event, ' ' order by number) from journal where stream = 'sign-in/x/aston'");
}
