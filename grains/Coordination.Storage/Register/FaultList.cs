namespace Coordination.Storage.Register;

/// <summary>Gathers the faults of a file; beyond <see cref="RegisterLimits.MaxFaults"/> it only counts.</summary>
internal sealed class FaultList
{
    private readonly List<RegisterFault> _faults = [];

    /// <summary>How many faults there are.</summary>
    public int Count { get; private set; }

    /// <summary>Adds one.</summary>
    public void Add(int line, string? column, string what)
    {
        Count++;
        if (_faults.Count < RegisterLimits.MaxFaults)
        {
            _faults.Add(new RegisterFault(line, column, what));
        }
    }

    /// <summary>The refusal, or the content when there is no fault.</summary>
    public RegisterReading<T> Conclude<T>(Func<T> content) => Count == 0
        ? new RegisterReading<T>.Accepted(content())
        : new RegisterReading<T>.Refused([.. _faults.OrderBy(f => f.Line)], Count - _faults.Count);
}
