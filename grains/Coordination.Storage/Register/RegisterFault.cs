using System.Globalization;

namespace Coordination.Storage.Register;

/// <summary>One thing that is wrong with a register file.</summary>
/// <param name="Line">Line of the file, the header being line 1; 0 when the whole file is meant.</param>
/// <param name="Column">Name of the column; null when the whole line is meant.</param>
/// <param name="What">What is wrong and what is wanted, in words: <c>platform 'myspace' is not known; ...</c>.</param>
public sealed record RegisterFault(int Line, string? Column, string What)
{
    /// <summary>The fault as a person reads it: <c>line 7: platform 'myspace' is not known; ...</c>.</summary>
    public string Words => Line == 0 ? $"the file {What}" : string.Create(CultureInfo.InvariantCulture, $"line {Line}: {What}");

    /// <inheritdoc/>
    public override string ToString() => Words;
}

/// <summary>How much of a register file is read at all.</summary>
public static class RegisterLimits
{
    /// <summary>Bytes of a file: 10 MB.</summary>
    public const int MaxBytes = 10 * 1024 * 1024;

    /// <summary>Rows below the header.</summary>
    public const int MaxRows = 200_000;

    /// <summary>Characters of one field.</summary>
    public const int MaxField = 1_000;

    /// <summary>Faults that are told one by one.</summary>
    public const int MaxFaults = 1_000;
}

/// <summary>What came of reading a file: all of its rows, or none and everything that is wrong.</summary>
/// <typeparam name="T">What the file holds.</typeparam>
public abstract record RegisterReading<T>
{
    private RegisterReading()
    {
    }

    /// <summary>The file is right.</summary>
    /// <param name="Content">What it holds.</param>
    public sealed record Accepted(T Content) : RegisterReading<T>;

    /// <summary>The file is refused; nothing of it may be imported.</summary>
    /// <param name="Faults">What is wrong, in the order of the lines; at most <see cref="RegisterLimits.MaxFaults"/>.</param>
    /// <param name="More">Faults beyond those.</param>
    public sealed record Refused(IReadOnlyList<RegisterFault> Faults, int More) : RegisterReading<T>;
}
