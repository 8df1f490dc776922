namespace Coordination.SystemTests.Support;

/// <summary>The whole product, looking held accounts through every second.</summary>
public sealed class OffSystemFixture : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new("off-system");
    private RunningService? _service;
    private SandboxRecord? _sandbox;
    private string? _token;

    /// <summary>Its sandbox network.</summary>
    public SandboxRecord Sandbox => _sandbox ?? throw new InvalidOperationException("The service has not started.");

    /// <summary>Its data folder.</summary>
    public string Data => _folder.Path;

    public async ValueTask InitializeAsync()
    {
        _service = await RunningService.StartAsync(new RunningServiceOptions
        {
            DataDirectory = _folder.Path,
            Environment = new Dictionary<string, string>(ServiceFixture.Sweep(TimeSpan.Zero), StringComparer.Ordinal) { ["Silo__OffSystemEvery"] = "00:00:01" },
        });
        _token = (await _service.TokensAsync())[Roles.Manager];
        _sandbox = await SandboxRecord.OfAsync(_folder.Path);
    }

    /// <summary>A client that speaks for a Comms manager.</summary>
    public ApiClient Manager() => new(_service!.BaseAddress, _token);

    public async ValueTask DisposeAsync()
    {
        _sandbox?.Dispose();
        if (_service is not null)
        {
            await _service.DisposeAsync();
        }

        _folder.Dispose();
    }
}
