using System.Globalization;
using Coordination.Storage.Tests.Fence;
using Coordination.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Messaging;

namespace Coordination.Storage.Tests.Orleans;

/// <summary>Orleans' own membership table and gateway list over our queries, as a silo and a client resolve them; neither is started.</summary>
internal sealed class MembershipGround : IAsyncDisposable
{
    public const string Cluster = "blue";

    // Whole seconds, so that what comes back is what was stored.
    public static readonly DateTime Start = new(2030, 5, 1, 9, 0, 0, DateTimeKind.Utc);

    private readonly IHost _silo;
    private readonly IHost _client;

    private MembershipGround(Ground database, IHost silo, IHost client)
    {
        (Database, _silo, _client) = (database, silo, client);
        Table = silo.Services.GetRequiredService<IMembershipTable>();
        Gateways = client.Services.GetRequiredService<IGatewayListProvider>();
    }

    public Ground Database { get; }

    public IMembershipTable Table { get; }

    public IGatewayListProvider Gateways { get; }

    public static async Task<MembershipGround> MakeAsync(PostgresFixture server)
    {
        var database = await Ground.MakeAsync(server);
        var ground = new MembershipGround(database, SiloOf(database, Cluster), ClientOf(database, Cluster));
        await ground.Table.InitializeMembershipTableAsync(true, CancellationToken.None);
        await ground.Gateways.InitializeGatewayListProviderAsync(CancellationToken.None);
        return ground;
    }

    /// <summary>The table of another cluster in the same database.</summary>
    public async Task<(IHost Host, IMembershipTable Table)> OtherClusterAsync()
    {
        var host = SiloOf(Database, "green");
        var table = host.Services.GetRequiredService<IMembershipTable>();
        await table.InitializeMembershipTableAsync(true, CancellationToken.None);
        return (host, table);
    }

    public static MembershipEntry Silo(int number, SiloStatus status = SiloStatus.Active, int proxyPort = 30000, DateTime? alive = null) => new()
    {
        SiloAddress = Address(number),
        SiloName = string.Create(CultureInfo.InvariantCulture, $"silo-{number}"),
        HostName = "host",
        Status = status,
        ProxyPort = proxyPort,
        StartTime = Start,
        IAmAliveTime = alive ?? Start,
    };

    public static SiloAddress Address(int number) => SiloAddress.New(System.Net.IPAddress.Parse("10.1.2.3"), 11111, number);

    /// <summary>The next version, as a silo that has read the table asks for it.</summary>
    public async Task<TableVersion> NextAsync() => (await Table.ReadAllAsync(CancellationToken.None)).Version.Next();

    public async Task InsertAsync(params MembershipEntry[] silos)
    {
        foreach (var silo in silos)
        {
            Xunit.Assert.True(await Table.InsertRowAsync(silo, await NextAsync(), CancellationToken.None));
        }
    }

    public async Task<IReadOnlyDictionary<SiloAddress, MembershipEntry>> ReadAllAsync() =>
        (await Table.ReadAllAsync(CancellationToken.None)).Members.ToDictionary(m => m.Item1.SiloAddress, m => m.Item1);

    public async ValueTask DisposeAsync()
    {
        _silo.Dispose();
        _client.Dispose();
        await Database.DisposeAsync();
    }

    private static IHost SiloOf(Ground database, string cluster)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.UseOrleans(silo =>
        {
            silo.Configure<ClusterOptions>(o => (o.ClusterId, o.ServiceId) = (cluster, "coordination"));
            silo.UseAdoNetClustering(o => (o.Invariant, o.DataSource) = ("Npgsql", database.Database.Cluster));
        });
        return builder.Build();
    }

    private static IHost ClientOf(Ground database, string cluster)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.UseOrleansClient(client =>
        {
            client.Configure<ClusterOptions>(o => (o.ClusterId, o.ServiceId) = (cluster, "coordination"));
            client.UseAdoNetClustering(o => (o.Invariant, o.DataSource) = ("Npgsql", database.Database.Cluster));
        });
        return builder.Build();
    }
}
