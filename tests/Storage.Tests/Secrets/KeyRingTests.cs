using System.Security.Cryptography;
using System.Xml.Linq;
using Coordination.Storage.Secrets;
using Coordination.Storage.Tests.Fence;
using Coordination.Testing;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Xunit;

namespace Coordination.Storage.Tests.Secrets;

/// <summary>The keys of an installation in its database, under the operator's certificate.</summary>
public sealed class KeyRingTests(FastPostgresFixture server)
{
    private static CancellationToken None => TestContext.Current.CancellationToken;

    [Fact]
    public async Task HostsThatStartTogether_MakeOneKey_AndReadEachOther()
    {
        using var files = new Certificates();
        await using var ground = await Ground.MakeAsync(server);
        var options = files.Pem("a.pem");
        var hosts = Enumerable.Range(0, 6).Select(_ => Host(ground, options)).ToList();

        await Task.WhenAll(hosts.Select(StartAsync));

        Assert.Equal(1, await ground.ScalarAsync<long>("select count(*) from key_ring"));
        var cookie = hosts[0].GetRequiredService<IDataProtectionProvider>().CreateProtector("cookie").Protect("jane");
        Assert.All(hosts, host => Assert.Equal("jane", host.GetRequiredService<IDataProtectionProvider>().CreateProtector("cookie").Unprotect(cookie)));
        foreach (var host in hosts)
        {
            await host.DisposeAsync();
        }
    }

    [Fact]
    public async Task Key_LiesInTheDatabase_OnlyEncrypted()
    {
        using var files = new Certificates();
        await using var ground = await Ground.MakeAsync(server);
        await using var host = Host(ground, files.Pem("a.pem"));
        await StartAsync(host);

        var xml = await ground.ScalarAsync<string>("select xml from key_ring");
        Assert.Contains("encryptedSecret", xml, StringComparison.Ordinal);
        Assert.DoesNotContain("masterKey", xml, StringComparison.Ordinal);

        // A library that forgot to encrypt is refused by the table itself.
        var bare = XElement.Parse("<key id='1'><descriptor><descriptor><masterKey><value>c2VjcmV0</value></masterKey></descriptor></descriptor></key>");
        Assert.Equal("key_ring_encrypted", Assert.Throws<PostgresException>(() => new KeyRingRepository(ground.Database).StoreElement(bare, "key-1")).ConstraintName);
    }

    [Fact]
    public async Task AnothersCertificate_OpensNothing_AndRewrapHandsOver_ToOneThatDoes()
    {
        using var files = new Certificates();
        await using var ground = await Ground.MakeAsync(server);
        var (former, next) = (files.Pem("former.pem"), files.Pem("next.pem"));
        var account = await ground.AccountAsync("aston");
        using var before = new SignInSeal(former, ground.Database, TimeProvider.System);
        var sealed_ = before.Seal(account.Key.Value, "secret");
        Assert.All(await new KeyRingCare(former, ground.Database, TimeProvider.System).KeysAsync(None), key => Assert.True(key.ByCurrent));
        using (var other = new SignInSeal(next, ground.Database, TimeProvider.System))
        {
            Assert.ThrowsAny<CryptographicException>(() => other.Open(account.Key.Value, sealed_));
        }

        Assert.ThrowsAny<CryptographicException>(() => new KeyRingCare(next, ground.Database, TimeProvider.System).RewrapAsync(None).GetAwaiter().GetResult());

        var both = files.Pem("next.pem", former);
        using (var meanwhile = new SignInSeal(both, ground.Database, TimeProvider.System))
        {
            Assert.Equal("secret", meanwhile.Open(account.Key.Value, sealed_));
        }

        // The one that could not read the ring has made a key of its own in its need.
        var keys = await ground.ScalarAsync<long>("select count(*) from key_ring");
        var care = new KeyRingCare(both, ground.Database, TimeProvider.System);
        Assert.Equal(1, await care.RewrapAsync(None));
        Assert.Equal(0, await care.RewrapAsync(None));
        Assert.Equal(keys, await ground.ScalarAsync<long>("select count(*) from key_ring"));
        Assert.All(await care.KeysAsync(None), key => Assert.True(key.ByCurrent));

        using var after = new SignInSeal(next, ground.Database, TimeProvider.System);
        Assert.Equal("secret", after.Open(account.Key.Value, sealed_));
        Assert.Equal("secrets-rewrapped secrets-rewrapped", await ground.ScalarAsync<string>("select string_agg(event, ' ' order by number) from journal where stream = 'secrets'"));
    }

    [Fact]
    public async Task Sealed_IsForOneAccountAlone_AndWhatIsChangedDoesNotOpen()
    {
        using var files = new Certificates();
        await using var ground = await Ground.MakeAsync(server);
        using var seal = new SignInSeal(files.Pem("a.pem"), ground.Database, TimeProvider.System);
        var sealed_ = seal.Seal("x/aston", "secret");

        Assert.DoesNotContain("secret", sealed_, StringComparison.Ordinal);
        Assert.Equal("secret", seal.Open("x/aston", sealed_));
        Assert.ThrowsAny<CryptographicException>(() => seal.Open("x/bilston", sealed_));
        Assert.ThrowsAny<CryptographicException>(() => seal.Open("x/aston", sealed_[..^4] + "AAAA"));
    }

    [Fact]
    public async Task ANewKey_IsKnownAtOnce_ToASilo_ThatHasReadTheRingBefore()
    {
        using var files = new Certificates();
        await using var ground = await Ground.MakeAsync(server);
        var options = files.Pem("a.pem");
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(TimeProvider.System.GetUtcNow());
        using var silo = new SignInSeal(options, ground.Database, time);
        _ = silo.Open("x/aston", silo.Seal("x/aston", "first"));

        await new KeyRingCare(options, ground.Database, TimeProvider.System).NewKeyAsync(None);
        using var dashboard = new SignInSeal(options, ground.Database, TimeProvider.System);
        var sealed_ = dashboard.Seal("x/aston", "second");
        Assert.NotEqual(silo.Seal("x/aston", "second")[..30], sealed_[..30]);

        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("second", silo.Open("x/aston", sealed_));
        Assert.Equal("secrets-new-key", await ground.ScalarAsync<string>("select event from journal where stream = 'secrets'"));
    }

    [Fact]
    public async Task WithoutACertificate_NothingIsSealedOrOpened()
    {
        await using var ground = await Ground.MakeAsync(server);
        using var seal = new SignInSeal(new SecretsOptions(), ground.Database, TimeProvider.System);
        Assert.False(seal.IsReady);
        Assert.Throws<InvalidOperationException>(() => seal.Seal("x/aston", "secret"));
        Assert.ThrowsAny<CryptographicException>(() => seal.Open("x/aston", "c2VjcmV0"));
    }

    private static ServiceProvider Host(Ground ground, SecretsOptions options)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(ground.Database);
        services.AddSecrets(new ConfigurationBuilder().AddInMemoryCollection([new("Secrets:Certificate", options.Certificate)]).Build());
        return services.BuildServiceProvider();
    }

    private static async Task StartAsync(ServiceProvider host)
    {
        foreach (var service in host.GetServices<IHostedService>().OfType<IHostedLifecycleService>())
        {
            await service.StartingAsync(None);
        }
    }
}
