using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Coordination.Dashboard.Desks;
using Coordination.Silo.Publishing;
using Coordination.Storage.Embedded;
using Coordination.Storage.Migrations;

namespace Coordination.Dashboard.Composition.Local;

/// <summary>Everything that a one-command start runs beside the dashboard: the private database, the sandbox network, further silos.</summary>
internal sealed class LocalStack : IAsyncDisposable
{
    private readonly LocalArguments _arguments;
    private readonly List<IAsyncDisposable> _parts = [];
    private readonly Dictionary<string, string?> _settings = new(StringComparer.Ordinal);

    private LocalStack(LocalArguments arguments) => _arguments = arguments;

    /// <summary>Whether the demo is on.</summary>
    public bool Demo => _arguments.Demo;

    /// <summary>The sandbox's address and its administrator's key; null without the demo.</summary>
    public (Uri Address, string AdminKey)? Sandbox { get; private set; }

    /// <summary>Where the demo's tokens are written.</summary>
    public string TokensFile => Path.Combine(_arguments.Data, "demo-tokens.json");

    private string CertificateFile => Path.Combine(_arguments.Data, "secrets.pem");

    /// <summary>The dashboard's address.</summary>
    public string Address => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_arguments.Port}");

    /// <summary>Starts what the dashboard needs before it is built: database, schema, sandbox.</summary>
    /// <exception cref="LocalStartException">It cannot be started; says why in a line.</exception>
    public static async Task<LocalStack> StartAsync(LocalArguments arguments, ILoggerFactory logging)
    {
        Directory.CreateDirectory(arguments.Data);
        var stack = new LocalStack(arguments);
        try
        {
            await stack.StartDatabaseAsync(logging);
            await LocalCertificate.EnsureAsync(stack.CertificateFile);
            if (arguments.Demo)
            {
                await stack.StartSandboxAsync();
            }
        }
        catch
        {
            await stack.DisposeAsync();
            throw;
        }

        return stack;
    }

    /// <summary>Gives the dashboard, and the silo in it, their settings.</summary>
    public void Configure(ConfigurationManager configuration)
    {
        _settings["urls"] = Address;
        _settings["SignIn:Mode"] = Demo ? "Demo" : configuration["SignIn:Mode"] ?? "Tokens";
        _settings["SignIn:KeysFolder"] = null;
        _settings["Secrets:Certificate"] = CertificateFile;
        _settings["Silo:Hosted"] = "true";
        _settings["Silo:Port"] = "0";
        _settings["Silo:GatewayPort"] = "0";
        _settings["Silo:ClusterId"] = ClusterId;
        _settings["Logging:LogLevel:Default"] = configuration["LOCAL_LOG"] ?? "Warning";
        _settings["Logging:LogLevel:Orleans.Runtime.Watchdog"] = "Error";
        _settings["Logging:LogLevel:Microsoft.AspNetCore.DataProtection"] = "Error";
        if (Demo)
        {
            _settings["Incidents:Senders:0"] = "firecontrol@wmfs.example";
            _settings["Incidents:Senders:1"] = "fire-control@demo.wmfs.example";
        }

        // Whoever names another sandbox for exercises means that one; who names an empty one wants none.
        if (configuration["Exercises:Sandbox"] is not null)
        {
            _settings.Remove("Exercises:Sandbox");
            _settings.Remove("Exercises:Key");
        }

        configuration.AddInMemoryCollection(_settings);
    }

    /// <summary>Adds what the dashboard can do because this start has a sandbox.</summary>
    public void AddServices(IServiceCollection services)
    {
        if (Sandbox is not var (address, key))
        {
            return;
        }

        services.AddSingleton(provider => new SandboxAccounts(address, key, provider.GetRequiredService<SandboxKey>()));
        services.AddSingleton<IConnectStep>(provider => provider.GetRequiredService<SandboxAccounts>());
    }

    /// <summary>Starts the other silos, once the first one runs.</summary>
    public async Task StartSilosAsync()
    {
        for (var i = 2; i <= _arguments.Silos; i++)
        {
            var settings = _settings.Where(s => s.Value is not null && !s.Key.StartsWith("SignIn", StringComparison.Ordinal) && !s.Key.StartsWith("Exercises", StringComparison.Ordinal) && !string.Equals(s.Key, "urls", StringComparison.Ordinal))
                .ToDictionary(s => s.Key.Replace(":", "__", StringComparison.Ordinal), s => s.Value!, StringComparer.Ordinal);
            settings["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
            settings["Logging__LogLevel__Default"] = "Warning";
            settings["Logging__LogLevel__Microsoft.Hosting.Lifetime"] = "Information";
            var name = string.Create(CultureInfo.InvariantCulture, $"silo {i}");
            var (silo, _) = await KeptChild.StartAsync(
                name,
                "Holds stand and can be placed; its accounts move to the other silos within seconds.",
                () => ChildProcess.Start(name, "Coordination.Silo", ["--exit-with-parent"], settings, "      Application started."),
                Console.WriteLine);
            _parts.Add(silo);
        }
    }

    /// <summary>The service stops: nothing that ends from now on is started again.</summary>
    public void LetGo()
    {
        foreach (var child in _parts.OfType<KeptChild>())
        {
            child.LetGo();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        for (var i = _parts.Count - 1; i >= 0; i--)
        {
            await _parts[i].DisposeAsync();
        }

        _parts.Clear();
    }

    // A killed start leaves its silos in the membership table; a cluster of its own keeps this one from waiting for them.
    private string ClusterId { get; } = "local-" + Guid.NewGuid().ToString("N")[..12];

    private async Task StartDatabaseAsync(ILoggerFactory logging)
    {
        try
        {
            var connection = _arguments.Connection;
            if (connection is null)
            {
                var server = await EmbeddedPostgres.StartAsync(
                    new EmbeddedPostgresOptions { DataDirectory = _arguments.Data }, logging.CreateLogger("Database"));
                _parts.Add(server);
                connection = server.ConnectionString;
            }

            await Migrator.MigrateAsync(connection, logging.CreateLogger("Migration"));
            _settings["Storage:ConnectionString"] = connection;
        }
        catch (Exception exception) when (exception is EmbeddedPostgresException or MigrationException or Npgsql.NpgsqlException or TimeoutException or ArgumentException)
        {
            throw new LocalStartException(exception.Message, exception);
        }
    }

    private async Task StartSandboxAsync()
    {
        var key = await LocalSecrets.ReadOrMakeAsync(Path.Combine(_arguments.Data, "sandbox-key"));
        var exerciseKey = await LocalSecrets.ReadOrMakeAsync(Path.Combine(_arguments.Data, "exercise-key"));
        var sandboxFile = Path.Combine(_arguments.Data, "sandbox-address");
        var port = PortOf(sandboxFile);
        var (sandbox, ready) = await KeptChild.StartAsync(
            "sandbox",
            "Nothing reaches the sandbox network meanwhile; posts that fall due are tried again within their tolerance.",
            () => ChildProcess.Start(
                "sandbox",
                "Coordination.Sandbox",
                ["--port", port.ToString(CultureInfo.InvariantCulture), "--data", Path.Combine(_arguments.Data, "sandbox"), "--rate-limit", "0", "--exit-with-parent"],
                new Dictionary<string, string>(StringComparer.Ordinal) { ["WMFS_SANDBOX_ADMIN_KEY"] = key, ["WMFS_SANDBOX_EXERCISE_KEY"] = exerciseKey },
                "listening "),
            Console.WriteLine);
        _parts.Add(sandbox);
        var address = new Uri(ready);

        // The connectors were told this address: started again, it has to be there.
        port = address.Port;
        Sandbox = (address, key);
        _settings["Connectors:SandboxServer"] = address.AbsoluteUri;
        _settings["Connectors:SandboxKey"] = key;
        _settings["Exercises:Sandbox"] = address.AbsoluteUri;
        _settings["Exercises:Key"] = exerciseKey;
        await File.WriteAllTextAsync(sandboxFile, address.AbsoluteUri);
    }

    // The links of what was published go on working after a restart, as long as nobody else took the port.
    private static int PortOf(string file)
    {
        if (!File.Exists(file) || !Uri.TryCreate(File.ReadAllText(file), UriKind.Absolute, out var last))
        {
            return 0;
        }

        try
        {
            using var probe = new TcpListener(IPAddress.Loopback, last.Port);
            probe.Start();
            return last.Port;
        }
        catch (SocketException)
        {
            return 0;
        }
    }
}
