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
/// <param name="Path">Only requests whose address holds this; null for all.</param>
/// <param name="Skip">How many of them go well first.</param>
internal sealed record Fault(FaultMode Mode, string? Account, bool Reads, int? Count, TimeSpan Delay, int Status, int? RetryAfterSeconds, string? Path, int Skip);

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
    public Fault? Take(string? account, bool isRead, string path)
    {
        lock (_lock)
        {
            for (var index = 0; index < _faults.Count; index++)
            {
                var fault = _faults[index];
                if ((isRead && !fault.Reads)
                    || (fault.Account is not null && !string.Equals(fault.Account, account, StringComparison.OrdinalIgnoreCase))
                    || (fault.Path is not null && !path.Contains(fault.Path, StringComparison.Ordinal)))
                {
                    continue;
                }

                if (fault.Skip > 0)
                {
                    _faults[index] = fault with { Skip = fault.Skip - 1 };
                    continue;
                }

                if (fault.Count <= 1)
                {
                    _faults.RemoveAt(index);
                }
                else if (fault.Count is { } left)
                {
                    _faults[index] = fault with { Count = left - 1 };
                }

                return fault;
            }

            return null;
        }
    }
}
