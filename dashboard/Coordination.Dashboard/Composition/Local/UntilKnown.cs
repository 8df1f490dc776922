using Coordination.Contracts;

namespace Coordination.Dashboard.Composition.Local;

/// <summary>Repeats a command of which nobody knows yet whether it took. The command has to keep its operation id, so that it takes once.</summary>
public static class UntilKnown
{
    /// <summary>Asks until there is an answer.</summary>
    /// <param name="ask">Asks once.</param>
    /// <param name="tries">How often at most.</param>
    /// <param name="pause">How long it waits between two tries.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="StoreUnavailableException">No try was answered; the last one's reason.</exception>
    public static async Task<T> AskAsync<T>(Func<Task<T>> ask, int tries, TimeSpan pause, CancellationToken cancellationToken)
    {
        for (var left = tries; ; left--)
        {
            try
            {
                return await ask();
            }
            catch (Exception e) when (left > 1 && (e is StoreUnavailableException or TimeoutException or OrleansException))
            {
                await Task.Delay(pause, cancellationToken);
            }
        }
    }
}
