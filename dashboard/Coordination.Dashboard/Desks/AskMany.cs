namespace Coordination.Dashboard.Desks;

/// <summary>Asks many accounts at once, each for itself.</summary>
public static class AskMany
{
    /// <summary>Asks all; and once more those whose answer is not known, where others were answered. Where none is, something is away that a second try would not find either.</summary>
    /// <param name="count">How many.</param>
    /// <param name="atOnce">At most so many at a time.</param>
    /// <param name="ask">Asks one, by its number from 0. Asking again must be safe.</param>
    /// <param name="isOpen">Whether an answer says that nothing is known.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <param name="again">Whether there is time for a second try; null: always.</param>
    /// <returns>The last answer of each, in order.</returns>
    public static async Task<T[]> RunAsync<T>(int count, int atOnce, Func<int, CancellationToken, Task<T>> ask, Func<T, bool> isOpen, CancellationToken cancellationToken, Func<bool>? again = null)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = cancellationToken };
        var answers = new T[count];
        await Parallel.ForAsync(0, count, options, async (i, token) => answers[i] = await ask(i, token));
        int[] open = [.. Enumerable.Range(0, count).Where(i => isOpen(answers[i]))];
        if (open.Length < count && again?.Invoke() != false)
        {
            await Parallel.ForEachAsync(open, options, async (i, token) => answers[i] = await ask(i, token));
        }

        return answers;
    }
}
