using System.Net;
using System.Net.Sockets;
using Coordination.Contracts;
using Coordination.Grains;
using Coordination.Grains.Accounts;
using Coordination.Silo.Holds;
using Coordination.Silo.Publishing;
using Coordination.Silo.Repeats;
using Coordination.Storage;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Configuration;

namespace Coordination.Silo.Hosting;

/// <summary>Makes a host a silo: grains, clustering and state in PostgreSQL, the publishing worker.</summary>
public static class SiloSetup
{
    /// <summary>Name under which all grain state is kept; part of its key in the database.</summary>
    public const string ServiceId = "coordination";

    /// <summary>Adds the silo. Storage options and <c>AddCoordinationStorage</c> are the host's.</summary>
    public static IHostApplicationBuilder AddCoordinationSilo(this IHostApplicationBuilder builder, SiloOptions options)
    {
        builder.Services.TryAddSingleton(options);
        builder.Services.AddContractsSerialization();
        builder.AddContent();
        builder.Services.AddPublishing(builder.Configuration);
        builder.Services.AddRepeats();
        builder.UseOrleans(silo => Configure(silo, options));
        return builder;
    }

    /// <summary>Adds the cluster's client, for a host that is no silo itself.</summary>
    public static IHostApplicationBuilder AddCoordinationClient(this IHostApplicationBuilder builder, SiloOptions options)
    {
        builder.Services.AddContractsSerialization();
        builder.UseOrleansClient(client =>
        {
            client.Configure<ClusterOptions>(o => (o.ClusterId, o.ServiceId) = (options.ClusterId, ServiceId));
            client.Configure<ClientMessagingOptions>(o => o.ResponseTimeout = TimeSpan.FromSeconds(10));
            client.UseAdoNetClustering(o => o.Configure<CoordinationDatabase>(
                (clustering, database) => (clustering.Invariant, clustering.DataSource) = ("Npgsql", database.Cluster)));
            client.UseConnectionRetryFilter(async (_, cancellation) =>
            {
                await Task.Delay(TimeSpan.FromSeconds(1), cancellation);
                return true;
            });
        });
        return builder;
    }

    private static void Configure(ISiloBuilder silo, SiloOptions options)
    {
        silo.Configure<ClusterOptions>(o => (o.ClusterId, o.ServiceId) = (options.ClusterId, ServiceId));
        silo.Configure<EndpointOptions>(o =>
        {
            o.AdvertisedIPAddress = IPAddress.Parse(options.Address);
            (o.SiloPort, o.GatewayPort) = (PortOrFree(options.Port), PortOrFree(options.GatewayPort));
            o.SiloListeningEndpoint = new IPEndPoint(Listening(options.Address), o.SiloPort);
            o.GatewayListeningEndpoint = new IPEndPoint(Listening(options.Address), o.GatewayPort);
        });
        if (options.Name is { Length: > 0 } name)
        {
            silo.Configure<Orleans.Configuration.SiloOptions>(o => o.SiloName = name);
        }

        silo.Configure<SiloMessagingOptions>(o => o.ResponseTimeout = TimeSpan.FromSeconds(10));

        // A killed silo's seat is taken over in seconds: holds do not depend on it, posts and receipts do.
        silo.Configure<ClusterMembershipOptions>(o =>
        {
            o.ProbeTimeout = TimeSpan.FromSeconds(1);
            o.NumMissedProbesLimit = 3;
            o.TableRefreshTimeout = TimeSpan.FromSeconds(5);
            o.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(5);
            o.DefunctSiloExpiration = TimeSpan.FromDays(1);
            o.DefunctSiloCleanupPeriod = TimeSpan.FromHours(1);
        });
        silo.UseAdoNetClustering(o => o.Configure<CoordinationDatabase>(
            (clustering, database) => (clustering.Invariant, clustering.DataSource) = ("Npgsql", database.Cluster)));
        silo.AddAdoNetGrainStorage(AccountGrain.StorageName, o => o.Configure<CoordinationDatabase>(
            (storage, database) =>
            {
                storage.Invariant = "Npgsql";
                storage.DataSource = database.Main;
                storage.GrainStorageSerializer = new GrainStateSerializer();
            }));
        silo.AddCoordinationGrains();
        silo.Services.AddHostedService<HoldDriver>();
    }

    private static IPAddress Listening(string address) =>
        IPAddress.IsLoopback(IPAddress.Parse(address)) ? IPAddress.Loopback : IPAddress.Any;

    private static int PortOrFree(int port)
    {
        if (port != 0)
        {
            return port;
        }

        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
