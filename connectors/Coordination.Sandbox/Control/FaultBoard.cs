namespace Coordination.Sandbox.Control;

/// <summary>How the sandbox misbehaves when told to.</summary>
internal enum FaultMode
{
    /// <summary>Does everything right, late.</summary>
    Slow,

    /// <summary>Answers a failure and does nothing.</summary>
    Fail,

    /// <summary>Does it, then breaks the connection off instead of answering.</summary>
    DropAnswer,

    /// <summary>Does it, then answers 200 with what is no JSON.</summary>
    Garbage,

    /// <summary>Breaks the connection off and does nothing.</summary>
    Reset,
}

/// <summary>One order to misbehave.</summary>
/// <param name="Mode">How.</param>
/// <param name="Account">Whose requests; null for everybody's.</param>
/// <param name="Reads">Whether reads are hit too, not only posting and deleting.</param>
/// <param name="Count">How many requests; null until it is taken back.</param>
/// <param name="Delay">How long a request waits before anything else.</param>
/// <param name="Status">The status of a failure.</param>
/// <param name="RetryAfterSeconds">Its Retry-After; null for none.</param>
internal sealed record Fault(FaultMode Mode, string? Account, bool Reads, int? Count, TimeSpan Delay, int Status, int? RetryAfterSeconds);

/// <summary>The standing orders.</summary>
internal sealed class FaultBoard
{
    private readonly Lock _lock = new();
    private readonly List<Fault> _faults = [];

    public void Add(Fault fault)
    {
        lock (_lock)
        {
            _faults.Add(fault);
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            _faults.Clear();
        }
    }

    public IReadOnlyList<Fault> All()
    {
        lock (_lock)
        {
            return [.. _faults];
        }
    }

    /// <summary>The first order that this request falls under, counted down; null when there is none.</summary>
    public Fault? Take(string? account, bool isRead)
    {
        lock (_lock)
        {
            var index = _faults.FindIndex(f =>
                (f.Reads || !isRead) && (f.Account is null || string.Equals(f.Account, account, StringComparison.OrdinalIgnoreCase)));
            if (index < 0)
            {
                return null;
            }

            var fault = _faults[index];
            if (fault.Count is { } left)
            {
                if (left <= 1)
                {
                    _faults.RemoveAt(index);
                }
                else
                {
                    _faults[index] = fault with { Count = left - 1 };
                }
            }

            return fault;
        }
    }
}
