namespace Coordination.Media;

/// <summary>Unpacked pictures are large: two at once is what a host can spare.</summary>
internal static class Turn
{
    private static readonly SemaphoreSlim Turns = new(2);

    /// <summary>Works on a picture once it is its turn.</summary>
    public static async Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        await Turns.WaitAsync(cancellationToken);
        try
        {
            return await Task.Run(work, cancellationToken);
        }
        finally
        {
            Turns.Release();
        }
    }
}
