namespace Coordination.Browser.Tests;

/// <summary>The sizes of screen that a journey is made in: 1440 by 900 and 390 by 844 by <c>./test --all</c>, and one of them in an ordinary run. Every page's audit, and the shorter tests, are made in both always.</summary>
public static class Sizes
{
    private static readonly bool Long = string.Equals(Environment.GetEnvironmentVariable("WMFS_ALL"), "1", StringComparison.Ordinal);

    /// <summary>A journey that is made on a phone in an ordinary run; whether it is one.</summary>
    public static TheoryData<bool> PhoneFirst { get; } = Long ? [true, false] : [true];

    /// <summary>A journey that is made at a desk in an ordinary run; whether it is on a phone.</summary>
    public static TheoryData<bool> DeskFirst { get; } = Long ? [false, true] : [false];
}
