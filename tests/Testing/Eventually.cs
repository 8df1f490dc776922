using System.Diagnostics;

namespace Coordination.Testing;

/// <summary>Waits for a state, with a deadline: the one way in which tests wait. (Fault runs let time pass besides: a fault lasts, a client thinks.)</summary>
public static class Eventually
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>The deadline when none is given: generous, because a machine may be busy; a passing test never waits it out.</summary>
    public static readonly TimeSpan DefaultDeadline = TimeSpan.FromSeconds(30);

    /// <summary>Waits until <paramref name="condition"/> holds.</summary>
    /// <exception cref="TimeoutException">It did not in time.</exception>
    public static Task Becomes(Func<Task<bool>> condition, string describe, TimeSpan? deadline = null) =>
        Becomes(condition, x => x, describe, deadline);

    /// <inheritdoc cref="Becomes(Func{Task{bool}}, string, TimeSpan?)"/>
    public static Task Becomes(Func<bool> condition, string describe, TimeSpan? deadline = null) =>
        Becomes(() => Task.FromResult(condition()), x => x, describe, deadline);

    /// <summary>Looks again and again until what is seen is <paramref name="expected"/>, and returns it.</summary>
    /// <exception cref="TimeoutException">It never was; says what was last seen or thrown.</exception>
    public static async Task<T> Becomes<T>(Func<Task<T>> look, Func<T, bool> expected, string describe, TimeSpan? deadline = null)
    {
        var limit = deadline ?? DefaultDeadline;
        var watch = Stopwatch.StartNew();
        using var timer = new PeriodicTimer(Pause);
        object? last;
        Exception? failure;
        do
        {
            try
            {
                // A look that hangs is a state not reached, not a test that hangs.
                var left = limit - watch.Elapsed;
                var seen = await look().WaitAsync(left > Pause ? left : Pause);
                if (expected(seen))
                {
                    return seen;
                }

                (last, failure) = (seen, null);
            }
            catch (Exception e)
            {
                (last, failure) = (null, e);
            }
        }
        while (watch.Elapsed < limit && await timer.WaitForNextTickAsync());

        throw new TimeoutException(
            $"Not within {limit.TotalSeconds:0.###} s: {describe}. Last seen: {(failure is null ? last ?? "nothing" : failure.Message)}", failure);
    }
}
