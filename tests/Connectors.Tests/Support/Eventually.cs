namespace Connectors.Tests.Support;

/// <summary>Waits for a state, with a deadline.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static async Task IsAsync(Func<Task<bool>> state, string what)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!await state())
        {
            try
            {
                await Task.Delay(50, patience.Token);
            }
            catch (OperationCanceledException e)
            {
                throw new TimeoutException($"Waited {Patience} for {what}.", e);
            }
        }
    }
}
