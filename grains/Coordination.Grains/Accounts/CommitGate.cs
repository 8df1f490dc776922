namespace Coordination.Grains.Accounts;

/// <summary>Bounds the commits that run at once on one silo: ending a transaction scope blocks its thread.</summary>
public sealed class CommitGate : IDisposable
{
    /// <summary>Commits at once. Fewer than the main pool's connections.</summary>
    public const int Width = 24;

    private readonly SemaphoreSlim _gate = new(Width);

    /// <summary>Waits for a place.</summary>
    public Task EnterAsync() => _gate.WaitAsync();

    /// <summary>Gives the place back.</summary>
    public void Leave() => _gate.Release();

    /// <inheritdoc/>
    public void Dispose() => _gate.Dispose();
}
