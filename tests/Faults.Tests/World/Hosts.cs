using System.Globalization;
using Npgsql;

namespace Coordination.FaultTests.World;

/// <summary>A silo or a dashboard host with a door on each of its ways out, and, for a silo, on its ways in.</summary>
internal sealed class Host : IAsyncDisposable
{
    private Host(HostProcess process, Door database) => (Process, Database) = (process, database);

    /// <summary>The process.</summary>
    public HostProcess Process { get; }

    /// <summary>Its way to PostgreSQL.</summary>
    public Door Database { get; }

    /// <summary>Its way to the platform; a dashboard host has none.</summary>
    public Door? Platform { get; private init; }

    /// <summary>The others' ways to it: between silos, and from clients of the cluster.</summary>
    public IReadOnlyList<Door> Inward { get; private init; } = [];

    /// <summary>A dashboard host's address.</summary>
    public Uri? Address { get; private init; }

    /// <summary>Makes a silo; it is started by whoever asked for it.</summary>
    /// <param name="number">Its number, which makes its loopback address.</param>
    /// <param name="surroundings">Database, platform, cluster.</param>
    /// <param name="cluster">The cluster it joins.</param>
    /// <param name="callers">The processes that may connect to it.</param>
    /// <param name="clock">How far its clock is off, where the machine can do that.</param>
    public static Host Silo(int number, Surroundings surroundings, string cluster, Func<IReadOnlyCollection<int>> callers, TimeSpan clock)
    {
        var (database, platform) = (surroundings.DatabaseDoor(), surroundings.PlatformDoor());
        var address = IPAddress.Parse(string.Create(CultureInfo.InvariantCulture, $"127.0.1.{number}"));
        var (silo, gateway) = (FreePort.Next(), FreePort.Next());
        var settings = surroundings.Settings(database, cluster);
        settings["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        settings["Silo__Name"] = string.Create(CultureInfo.InvariantCulture, $"silo-{number}");
        settings["Silo__Address"] = address.ToString();
        settings["Silo__Port"] = silo.ToString(CultureInfo.InvariantCulture);
        settings["Silo__GatewayPort"] = gateway.ToString(CultureInfo.InvariantCulture);
        settings["Silo__CountersEvery"] = "00:00:00";
        settings["Connectors__SandboxServer"] = $"http://{platform.Front}/";
        settings["Connectors__SandboxKey"] = surroundings.SandboxKey;
        foreach (var (name, value) in surroundings.Silos)
        {
            settings[name] = value;
        }

        SkewedClock.Apply(settings, clock);
        return new Host(new HostProcess(settings["Silo__Name"], "Coordination.Silo", ["--exit-with-parent"], settings), database)
        {
            Platform = platform,
            Inward = [DoorTo(silo), DoorTo(gateway)],
        };

        Door DoorTo(int port) => new(new IPEndPoint(address, port), new IPEndPoint(IPAddress.Loopback, port), callers);
    }

    /// <summary>Makes a dashboard host.</summary>
    public static Host Dashboard(int number, Surroundings surroundings, string cluster)
    {
        var database = surroundings.DatabaseDoor();
        var settings = surroundings.Settings(database, cluster);
        var address = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort.Next()}/");
        settings["ASPNETCORE_URLS"] = address;
        settings["SignIn__Mode"] = "Tokens";
        foreach (var (setting, value) in ManyCallers.Settings)
        {
            settings[setting] = value;
        }

        var name = string.Create(CultureInfo.InvariantCulture, $"dashboard-{number}");
        return new Host(new HostProcess(name, "Coordination.Dashboard", [], settings), database) { Address = new Uri(address) };
    }

    /// <summary>Opens all of its doors.</summary>
    public void OpenDoors()
    {
        foreach (var door in Doors)
        {
            door.Open();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Process.DisposeAsync();
        foreach (var door in Doors)
        {
            await door.DisposeAsync();
        }
    }

    private IEnumerable<Door> Doors => [Database, .. Platform is null ? [] : new[] { Platform }, .. Inward];
}

/// <summary>What a host stands on.</summary>
/// <param name="ConnectionString">The real database.</param>
/// <param name="Sandbox">The real platform.</param>
/// <param name="SandboxKey">The key that each account's sign-in there follows from.</param>
internal sealed record Surroundings(string ConnectionString, Uri Sandbox, string SandboxKey)
{
    /// <summary>What a silo is told besides, by the names of the environment.</summary>
    public IReadOnlyDictionary<string, string> Silos { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Where the database listens.</summary>
    public IPEndPoint DatabaseServer => new(IPAddress.Loopback, new NpgsqlConnectionStringBuilder(ConnectionString).Port);

    /// <summary>A new way to the database.</summary>
    public Door DatabaseDoor() => DoorTo(DatabaseServer.Port);

    /// <summary>A new way to the platform.</summary>
    public Door PlatformDoor() => DoorTo(Sandbox.Port);

    /// <summary>Settings of a host that reaches the database through this door.</summary>
    public Dictionary<string, string> Settings(Door database, string cluster) => new(StringComparer.Ordinal)
    {
        ["Storage__ConnectionString"] = new NpgsqlConnectionStringBuilder(ConnectionString) { Host = "127.0.0.1", Port = database.Front.Port }.ConnectionString,
        ["Storage__MainPoolSize"] = "10",
        ["Storage__FencePoolSize"] = "12",
        ["Storage__PermitsAtOnce"] = "6",
        ["Silo__ClusterId"] = cluster,
        ["Logging__LogLevel__Default"] = "Warning",
    };

    private static Door DoorTo(int port) => new(new IPEndPoint(IPAddress.Loopback, FreePort.Next()), new IPEndPoint(IPAddress.Loopback, port));
}
