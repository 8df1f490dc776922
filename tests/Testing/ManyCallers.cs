namespace Coordination.Testing;

/// <summary>Settings under which one token may ask for all: tests and benchmarks speak as one caller where there would be many.</summary>
public static class ManyCallers
{
    /// <summary>The settings, as environment variables.</summary>
    public static IReadOnlyDictionary<string, string> Settings { get; } =
        new[] { "PerSecond", "Burst", "ExpensivePerSecond", "ExpensiveBurst", "ExpensiveAtOnce", "HoldsPerSecond", "HoldsBurst", "UnknownTokensPerMinute", "UnknownTokensBurst" }
            .ToDictionary(limit => "Api__Limits__" + limit, _ => "100000", StringComparer.Ordinal);
}
