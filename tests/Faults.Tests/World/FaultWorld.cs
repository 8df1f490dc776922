using System.Net.Http.Headers;
using System.Text;
using Coordination.Domain.Accounts;
using Coordination.Storage;
using Coordination.Storage.Migrations;
using Coordination.Storage.People;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Coordination.FaultTests.World;

/// <summary>The whole product in real processes on loopback: three silos, two dashboard hosts, PostgreSQL, and the sandbox network as the outside world.</summary>
internal sealed class FaultWorld : IAsyncDisposable
{
    /// <summary>The cluster's name.</summary>
    public const string Cluster = "faults";

    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);
    private readonly TemporaryFolder _folder = new("faults");
    private readonly List<Host> _silos = [];
    private readonly List<Host> _dashboards = [];
    private readonly List<CoordinationDatabase> _formerPools = [];
    private readonly Dictionary<string, string> _tokens = new(StringComparer.Ordinal);
    private IReadOnlyDictionary<string, string> _settings = new Dictionary<string, string>(StringComparer.Ordinal);
    private IReadOnlyList<AccountKey> _more = [];
    private Servers? _servers;
    private Platform? _platform;
    private CoordinationDatabase? _database;

    private FaultWorld()
    {
    }

    /// <summary>The silos, in order.</summary>
    public IReadOnlyList<Host> Silos => _silos;

    /// <summary>The dashboard hosts.</summary>
    public IReadOnlyList<Host> Dashboards => _dashboards;

    /// <summary>The outside.</summary>
    public Platform Platform => _platform!;

    /// <summary>The database, past all doors: for the checker and the nemesis.</summary>
    public CoordinationDatabase Database => _database!;

    /// <summary>The database servers.</summary>
    public Servers Servers => _servers!;

    /// <summary>What hosts stand on.</summary>
    public Surroundings Surroundings { get; private set; } = null!;

    /// <summary>Starts everything and waits until it is ready.</summary>
    /// <param name="silos">How many silos: at most three.</param>
    /// <param name="dashboards">How many dashboard hosts: at most two.</param>
    /// <param name="settings">What the silos are told besides.</param>
    /// <param name="more">Accounts that are registered and connected besides those of the estate.</param>
    public static async Task<FaultWorld> StartAsync(int silos = 3, int dashboards = 2, IReadOnlyDictionary<string, string>? settings = null, params AccountKey[] more)
    {
        var world = new FaultWorld { _settings = settings ?? new Dictionary<string, string>(StringComparer.Ordinal), _more = more };
        try
        {
            await world.BuildAsync(silos, dashboards);
            return world;
        }
        catch
        {
            await world.DisposeAsync();
            throw;
        }
    }

    /// <summary>The ids of all processes of the cluster.</summary>
    public IReadOnlyCollection<int> ProcessIds() => [.. _silos.Concat(_dashboards).Select(h => h.Process.Id).Where(id => id != 0)];

    /// <summary>A client of one dashboard host that speaks for one of the staff.</summary>
    public HttpClient Client(Host dashboard, string staff, TimeSpan? patience = null)
    {
        var client = new HttpClient { BaseAddress = dashboard.Address, Timeout = patience ?? TimeSpan.FromSeconds(8) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", _tokens[staff]);
        return client;
    }

    /// <summary>Adds a silo of another cluster over the same database: a split brain.</summary>
    public Host StrangeSilo(string cluster)
    {
        var silo = Host.Silo(_silos.Count + 1, Surroundings, cluster, ProcessIds, TimeSpan.Zero);
        _silos.Add(silo);
        return silo;
    }

    /// <summary>Waits until a host says that it is ready.</summary>
    public static Task ReadyAsync(Host dashboard)
    {
        var client = new HttpClient { BaseAddress = dashboard.Address, Timeout = TimeSpan.FromSeconds(5) };
        return Eventually.Becomes(
            async () =>
            {
                using var answer = await client.GetAsync(new Uri("/health/ready", UriKind.Relative));
                return answer.IsSuccessStatusCode;
            },
            $"{dashboard.Process.Name} is ready; it printed {dashboard.Process.Output}",
            Deadline);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var host in _dashboards.Concat(_silos))
        {
            await host.DisposeAsync();
        }

        if (_platform is not null)
        {
            await _platform.DisposeAsync();
        }

        foreach (var database in _database is null ? [] : _formerPools.Append(_database))
        {
            await database.DisposeAsync();
        }

        NpgsqlConnection.ClearAllPools();
        if (_servers is not null)
        {
            await _servers.DisposeAsync();
        }

        _folder.Dispose();
    }

    /// <summary>Promotes the standby while the primary lives. The checker and the nemesis ask the new one from now on, and so do hosts that are made later.</summary>
    /// <returns>The former primary.</returns>
    public async Task<IAsyncDisposable> PromoteAsync()
    {
        var (former, database) = (await Servers.PromoteAsync(), _database!);
        (Surroundings, _database) = (Surroundings with { ConnectionString = Servers.ConnectionString }, Pools());
        _formerPools.Add(database);
        return former;
    }

    private CoordinationDatabase Pools() =>
        new(new StorageOptions { ConnectionString = Servers.ConnectionString, MainPoolSize = 8, FencePoolSize = 4, PermitsAtOnce = 2 });

    private async Task BuildAsync(int silos, int dashboards)
    {
        _servers = await Servers.StartAsync(_folder.Path);
        await Migrator.MigrateAsync(_servers.ConnectionString, NullLogger.Instance);
        await _servers.FollowAsync();
        _database = Pools();
        _platform = await Platform.StartAsync(Path.Combine(_folder.Path, "sandbox"));
        Surroundings = new Surroundings(_servers.ConnectionString, _platform.Address, _platform.Key) { Silos = _settings };
        await HireAsync();
        foreach (var (number, clock) in new[] { (1, 0), (2, 30), (3, -30) }.Take(silos))
        {
            _silos.Add(Host.Silo(number, Surroundings, Cluster, ProcessIds, TimeSpan.FromSeconds(clock)));
        }

        _dashboards.AddRange(Enumerable.Range(1, dashboards).Select(number => Host.Dashboard(number, Surroundings, Cluster)));
        foreach (var host in _silos.Concat(_dashboards))
        {
            host.Process.Start();
        }

        await Task.WhenAll(_dashboards.Select(ReadyAsync));
        await RegisterAsync();
    }

    private async Task HireAsync()
    {
        var staff = new StaffStore(_database!);
        await staff.SaveAsync([.. Staff.All.Select(s => new StaffMember(s.Id, s.Id, s.Role, s.Publishes))], CancellationToken.None);
        foreach (var (id, _, _) in Staff.All)
        {
            _tokens[id] = Guid.NewGuid().ToString("N") + Guid.NewGuid().ToString("N");
            await staff.SetTokenAsync(id, "faults", _tokens[id], CancellationToken.None);
        }
    }

    private async Task RegisterAsync()
    {
        await _platform!.RegisterAsync([.. Estate.All, .. _more]);
        using var manager = Client(_dashboards[0], Staff.Manager);
        var rows = Estate.Open.Concat(_more).Select(Estate.Row);
        await Eventually.Becomes(
            async () =>
            {
                using var body = new ByteArrayContent(Encoding.UTF8.GetBytes(string.Join('\n', rows.Prepend(Estate.Header))));
                body.Headers.TryAddWithoutValidation("Content-Type", "text/csv");
                using var answer = await manager.PostAsync(new Uri("/api/accounts/import", UriKind.Relative), body);
                var text = await answer.Content.ReadAsStringAsync();
                return (answer.IsSuccessStatusCode && !text.Contains("not-known-yet", StringComparison.Ordinal), text);
            },
            seen => seen.Item1,
            "the register is taken",
            Deadline);
        foreach (var key in Estate.Open.Concat(_more))
        {
            await Eventually.Becomes(
                async () =>
                {
                    using var answer = await manager.PostAsync(new Uri($"/api/accounts/{key}/connect", UriKind.Relative), null);
                    return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
                },
                seen => seen.StatusCode == HttpStatusCode.OK,
                $"{key} is connected");
        }
    }
}
