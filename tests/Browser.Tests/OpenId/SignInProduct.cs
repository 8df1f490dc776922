using System.Text.Json.Nodes;
using Coordination.Storage;
using Coordination.Storage.People;
using Coordination.Testing;
using Microsoft.Playwright;
using Npgsql;

namespace Coordination.Browser.Tests.OpenId;

/// <summary>The product with sign-in by OpenID Connect, the provider beside it, and a real Chromium.</summary>
public sealed class SignInProduct : IAsyncLifetime
{
    /// <summary>Groups that mean a role here.</summary>
    public const string Managers = "group-managers", Officers = "group-officers", Auditors = "group-auditors", Coventry = "group-coventry";

    private readonly TemporaryFolder _folder = new("oidc");
    private readonly FastPostgresFixture _server = new();
    private readonly JsonObject _people = [];
    private readonly int _port = FreePort.Next();
    private readonly int _providerPort = FreePort.Next();
    private RunningService? _service;
    private SignInProvider? _provider;
    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private string? _skip;
    private CoordinationDatabase? _database;

    /// <summary>The service's address, with a name: a passkey belongs to one.</summary>
    public Uri Address => new(FormattableString.Invariant($"http://localhost:{_port}/"));

    /// <summary>The provider's address.</summary>
    public string Provider => FormattableString.Invariant($"http://127.0.0.1:{_providerPort}");

    /// <summary>The staff list that the service reads.</summary>
    public IStaffStore Staff => new StaffStore(_database!);

    public async ValueTask InitializeAsync()
    {
        _skip = File.Exists(Product.Chromium) ? await SignInProvider.EnsureAsync() : $"Needs Chromium at {Product.Chromium}.";
        if (_skip is not null)
        {
            return;
        }

        await _server.InitializeAsync();
        var connection = await _server.CreateDatabaseAsync();
        await StartProviderAsync("first");
        _service = await RunningService.StartAsync(new RunningServiceOptions
        {
            DataDirectory = Path.Combine(_folder.Path, "data"),
            Port = _port,
            Arguments = ["--no-demo", "--connection", connection],
            Environment = Settings(),
        });
        _database = new CoordinationDatabase(new StorageOptions { ConnectionString = connection });
        Assertions.SetDefaultExpectTimeout(15_000);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Product.Chromium, Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"] });
    }

    /// <summary>Puts a person into the brigade's directory, or changes them.</summary>
    public async Task PersonAsync(string login, string name, params string[] groups)
    {
        _people[login] = new JsonObject { ["name"] = name, ["groups"] = new JsonArray([.. groups.Select(g => JsonValue.Create(g))]) };
        await File.WriteAllTextAsync(PeopleFile, _people.ToJsonString());
    }

    /// <summary>Moves the time at which the provider says that it asked; null for a provider that does not say.</summary>
    public async Task ShiftAuthTimeAsync(TimeSpan? by)
    {
        _people["auth-time-shift"] = by is { } shift ? JsonValue.Create((long)shift.TotalSeconds) : JsonValue.Create("none");
        await File.WriteAllTextAsync(PeopleFile, _people.ToJsonString());
    }

    /// <summary>A browser of somebody's own; skips the test where there is no provider.</summary>
    public async Task<IPage> BrowserAsync()
    {
        if (_skip is not null)
        {
            Assert.Skip(_skip);
        }

        var context = await _browser!.NewContextAsync(new() { BaseURL = Address.ToString(), Locale = "en-GB", ReducedMotion = ReducedMotion.Reduce, ColorScheme = ColorScheme.Light });
        context.SetDefaultTimeout(30_000);
        return await context.NewPageAsync();
    }

    /// <summary>Starts the provider with a key.</summary>
    public async Task StartProviderAsync(string key)
    {
        if (!File.Exists(PeopleFile))
        {
            await File.WriteAllTextAsync(PeopleFile, "{}");
        }

        _provider = await SignInProvider.StartAsync(_providerPort, Address, PeopleFile, key);
    }

    /// <summary>Ends the provider.</summary>
    public async Task StopProviderAsync()
    {
        await _provider!.DisposeAsync();
        _provider = null;
    }

    /// <summary>Asks the service's database for one text.</summary>
    public async Task<string> AskAsync(string sql, string argument)
    {
        await using var connection = await _database!.Main.OpenConnectionAsync();
#pragma warning disable CA2100 // The tests' own words.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        command.Parameters.AddWithValue(argument);
        return await command.ExecuteScalarAsync() as string ?? "";
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        if (_service is not null)
        {
            await _service.DisposeAsync();
        }

        if (_provider is not null)
        {
            await _provider.DisposeAsync();
        }

        if (_database is not null)
        {
            await _database.DisposeAsync();
            await _server.DisposeAsync();
        }

        _folder.Dispose();
    }

    private string PeopleFile => Path.Combine(_folder.Path, "people.json");

    private Dictionary<string, string> Settings()
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["SignIn__Mode"] = "OpenIdConnect",
            ["SignIn__OpenIdConnect__Authority"] = Provider,
            ["SignIn__OpenIdConnect__ClientId"] = "coordination",
            ["SignIn__OpenIdConnect__ClientSecret"] = "a secret of the tests",
            ["SignIn__OpenIdConnect__PublicAddress"] = Address.GetLeftPart(UriPartial.Authority),
            ["SignIn__BreakGlass__Enabled"] = "true",
            ["SignIn__BreakGlass__Attempts"] = "3",
            ["SignIn__OpenIdConnect__Admit"] = "MappedGroups",
            ["SignIn__OpenIdConnect__AskWhom"] = "the duty Comms officer",
            ["SignIn__OpenIdConnect__Groups__3__Areas__0"] = "coventry",
        };
        foreach (var (index, group, role) in ((int, string, string)[])[(0, Managers, "comms-manager"), (1, Officers, "comms-officer"), (2, Auditors, "auditor"), (3, Coventry, "account-holder")])
        {
            settings[FormattableString.Invariant($"SignIn__OpenIdConnect__Groups__{index}__Group")] = group;
            settings[FormattableString.Invariant($"SignIn__OpenIdConnect__Groups__{index}__Role")] = role;
        }

        return settings;
    }
}

/// <summary>After all others: a second product beside the first would make both slow.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class SignInCollection : ICollectionFixture<SignInProduct>
{
    public const string Name = "sign-in";
}
