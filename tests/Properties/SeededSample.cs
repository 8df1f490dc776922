using CsCheck;

namespace Coordination;

/// <summary>
/// Properties over the same inputs in each run: input number n comes from a seed made of n, so that a run never fails by chance, and one that
/// fails does so everywhere. With <c>./test --all</c> the seeds are new ones, which is how what nobody thought of is found; CsCheck prints the
/// seed of what failed, and <c>CsCheck_Seed</c> brings that input back. Shrinking is CsCheck's.
/// </summary>
internal static class SeededSample
{
    private const int Usual = 100;
    private static readonly bool Fresh = string.Equals(Environment.GetEnvironmentVariable("WMFS_ALL"), "1", StringComparison.Ordinal)
        || Environment.GetEnvironmentVariable("CsCheck_Seed") is { Length: > 0 };

    /// <summary>Fails unless the property answers true for each of <paramref name="iter"/> inputs.</summary>
    public static void SampleSeeded<T>(this Gen<T> gen, Func<T, bool> property, int iter = Usual, Func<T, string>? print = null)
    {
        if (Fresh)
        {
            gen.Sample(property, iter: iter, print: print);
            return;
        }

        for (ulong n = 0; n < (ulong)iter; n++)
        {
            var random = new PCG(1, n);
            var seed = random.ToString();
            if (!Holds(property, gen.Generate(random, null, out _)))
            {
                // The first input of this run is the one that failed; the rest is CsCheck's search for a smaller one.
                gen.Sample(property, seed: seed, iter: iter, print: print);
                throw new CsCheckException($"The input of the seed \"{seed}\" failed once, and not again: the property itself has a memory.");
            }
        }
    }

    /// <summary>Fails when the property throws for one of <paramref name="iter"/> inputs.</summary>
    public static void SampleSeeded<T>(this Gen<T> gen, Action<T> property, int iter = Usual) => gen.SampleSeeded(Always(property), iter);

    public static void SampleSeeded<T1, T2>(this Gen<(T1, T2)> gen, Func<T1, T2, bool> property, int iter = Usual)
        => gen.SampleSeeded(t => property(t.Item1, t.Item2), iter);

    public static void SampleSeeded<T1, T2>(this Gen<(T1, T2)> gen, Action<T1, T2> property, int iter = Usual)
        => gen.SampleSeeded(t => property(t.Item1, t.Item2), iter);

    public static void SampleSeeded<T1, T2, T3>(this Gen<(T1, T2, T3)> gen, Func<T1, T2, T3, bool> property, int iter = Usual)
        => gen.SampleSeeded(t => property(t.Item1, t.Item2, t.Item3), iter);

    public static void SampleSeeded<T1, T2, T3>(this Gen<(T1, T2, T3)> gen, Action<T1, T2, T3> property, int iter = Usual)
        => gen.SampleSeeded(t => property(t.Item1, t.Item2, t.Item3), iter);

    public static void SampleSeeded<T1, T2, T3, T4>(this Gen<(T1, T2, T3, T4)> gen, Func<T1, T2, T3, T4, bool> property, int iter = Usual)
        => gen.SampleSeeded(t => property(t.Item1, t.Item2, t.Item3, t.Item4), iter);

    public static void SampleSeeded<T1, T2, T3, T4>(this Gen<(T1, T2, T3, T4)> gen, Action<T1, T2, T3, T4> property, int iter = Usual)
        => gen.SampleSeeded(t => property(t.Item1, t.Item2, t.Item3, t.Item4), iter);

    private static Func<T, bool> Always<T>(Action<T> property) => input =>
    {
        property(input);
        return true;
    };

    private static bool Holds<T>(Func<T, bool> property, T input)
    {
        try
        {
            return property(input);
        }
#pragma warning disable CA1031 // CsCheck runs it once more and reports what was thrown.
        catch (Exception)
#pragma warning restore CA1031
        {
            return false;
        }
    }
}
