namespace Coordination.SystemTests.Support;

/// <summary>The whole product in its demo mode, started once for all tests that leave it as they found it.</summary>
public sealed class ServiceFixture : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new("system");
    private RunningService? _service;
    private IReadOnlyDictionary<string, string>? _tokens;

    public RunningService Service => _service ?? throw new InvalidOperationException("The service has not started.");

    /// <summary>Its data folder.</summary>
    public string Data => _folder.Path;

    /// <summary>The file of its anchors.</summary>
    public string Anchors => Path.Combine(_folder.Path, "anchors.jsonl");

    public async ValueTask InitializeAsync()
    {
        // Counters that are swept change accounts under the tests' eyes; the tests of the sweep start a service of their own.
        var environment = new Dictionary<string, string>(Sweep(TimeSpan.Zero), StringComparer.Ordinal) { ["Anchors__File"] = Anchors, ["Anchors__Every"] = "00:00:05" };
        _service = await RunningService.StartAsync(new RunningServiceOptions { DataDirectory = _folder.Path, Environment = environment });
        _tokens = await _service.TokensAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_service is not null)
        {
            await _service.DisposeAsync();
        }

        _folder.Dispose();
    }

    /// <summary>Settings under which every account's counters are swept so often.</summary>
    public static IReadOnlyDictionary<string, string> Sweep(TimeSpan every) =>
        new Dictionary<string, string>(StringComparer.Ordinal) { ["Silo__CountersEvery"] = every.ToString("c") };

    /// <summary>A client that speaks for a role, or for nobody.</summary>
    public ApiClient As(string? role) => new(Service.BaseAddress, role is null ? null : _tokens![role], asksAgain: true);

    /// <summary>The token of a role.</summary>
    public string Token(string role) => _tokens![role];
}

/// <summary>The roles as the API names them.</summary>
public static class Roles
{
    public const string Manager = "comms-manager";
    public const string Officer = "comms-officer";
    public const string Fds = "fds-officer";
    public const string FireControl = "fire-control";
    public const string Holder = "account-holder";
    public const string Auditor = "auditor";

    public const string Authority = "fire-authority-member";
    public const string Volunteer = "volunteer";

    /// <summary>Those that see accounts, posts and holds.</summary>
    public static readonly string[] All = [Manager, Officer, Fds, FireControl, Holder, Auditor];

    /// <summary>Those too that see the guide alone.</summary>
    public static readonly string[] Everybody = [.. All, Authority, Volunteer];
}
