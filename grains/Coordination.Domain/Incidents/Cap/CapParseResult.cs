namespace Coordination.Domain.Incidents.Cap;

/// <summary>One thing that is wrong with a message.</summary>
/// <param name="Path">Where: <c>alert/info[2]/area[1]/polygon[1]</c>. Elements that may occur once bear no number.</param>
/// <param name="What">What is wrong and what is wanted, in words.</param>
public sealed record CapFault(string Path, string What)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Path}: {What}";
}

/// <summary>What came of reading a message: it is whole and valid, or it is refused with everything that is wrong with it.</summary>
public abstract record CapParseResult
{
    private CapParseResult()
    {
    }

    /// <summary>The message is valid.</summary>
    /// <param name="Message">The message.</param>
    public sealed record Valid(CapMessage Message) : CapParseResult;

    /// <summary>The message is refused; nothing of it is used.</summary>
    /// <param name="Faults">What is wrong, in the order of the message, at least one and at most <see cref="CapLimits.MaxFaults"/>.</param>
    public sealed record Refused(IReadOnlyList<CapFault> Faults) : CapParseResult;
}

/// <summary>How much of a message is read at all.</summary>
public static class CapLimits
{
    /// <summary>Bytes of a message: 256 KiB.</summary>
    public const int MaxBytes = 256 * 1024;

    /// <summary>Elements in elements; a signature needs about ten.</summary>
    public const int MaxDepth = 32;

    /// <summary>Elements in a message.</summary>
    public const int MaxElements = 5_000;

    /// <summary>Points of all polygons of a message together.</summary>
    public const int MaxPoints = 10_000;

    /// <summary>Faults that are told.</summary>
    public const int MaxFaults = 100;
}
