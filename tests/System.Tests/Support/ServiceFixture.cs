namespace Coordination.SystemTests.Support;

/// <summary>The whole product in its demo mode, started once for all tests that leave it as they found it.</summary>
public sealed class ServiceFixture : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new("system");
    private RunningService? _service;
    private IReadOnlyDictionary<string, string>? _tokens;

    public RunningService Service => _service ?? throw new InvalidOperationException("The service has not started.");

    public async ValueTask InitializeAsync()
    {
        _service = await RunningService.StartAsync(new RunningServiceOptions { DataDirectory = _folder.Path });
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

    /// <summary>A client that speaks for a role, or for nobody.</summary>
    public ApiClient As(string? role) => new(Service.BaseAddress, role is null ? null : _tokens![role]);

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

    public static readonly string[] All = [Manager, Officer, Fds, FireControl, Holder, Auditor];
}
