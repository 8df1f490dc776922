namespace Coordination.Dashboard.Team;

/// <summary>Wakes a service that looks again every so often: it waits its usual time, or until somebody knocks. Many knocks before it looks are one.</summary>
internal sealed class Doorbell : IDisposable
{
    private readonly SemaphoreSlim _knock = new(0, 1);

    /// <summary>Wakes it, at once or the next time it would wait.</summary>
    public void Knock()
    {
        try
        {
            _knock.Release();
        }
        catch (SemaphoreFullException)
        {
            // Somebody has knocked already.
        }
    }

    /// <summary>Waits for a knock, at most so long.</summary>
    public Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken) => _knock.WaitAsync(atMost, cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _knock.Dispose();
}
