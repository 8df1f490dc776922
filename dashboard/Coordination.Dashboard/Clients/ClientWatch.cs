using Coordination.Storage.People;

namespace Coordination.Dashboard.Clients;

/// <summary>Reads the clients for all pages of this host at once, so that who answers for one is told before its last token ends.</summary>
public sealed partial class ClientWatch(IApiClientStore store, TimeProvider time, ILogger<ClientWatch> logger) : BackgroundService
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(10);

    private volatile IReadOnlyList<ApiClient> _now = [];

    /// <summary>The clients that go on, without people's own tokens, as they were read last.</summary>
    public IReadOnlyList<ApiClient> Now => _now;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pace, time);
        do
        {
            try
            {
                _now = [.. (await store.AllAsync(stoppingToken)).Where(c => c is { EndedAt: null, Permissions: not null })];
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(e.GetType().Name);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(1, LogLevel.Debug, "The API clients could not be read ({Exception}); tried again.")]
    private partial void LogFailed(string exception);
}
