namespace Coordination.Dashboard.Components.Kit;

/// <summary>Turns a flood of signals into at most one run for each <c>rest</c>; the first comes at once, the last is never lost.</summary>
public sealed class Coalescer : IDisposable
{
    private readonly Lock _lock = new();
    private readonly TimeProvider _clock;
    private readonly TimeSpan _rest;
    private readonly Action _run;
    private readonly ITimer _timer;
    private long _last;
    private bool _pending;
    private bool _ran;
    private bool _disposed;

    /// <summary>Makes one.</summary>
    /// <param name="clock">Measures the rest.</param>
    /// <param name="rest">The least time between two runs.</param>
    /// <param name="run">What to do. Must not throw.</param>
    public Coalescer(TimeProvider clock, TimeSpan rest, Action run)
    {
        (_clock, _rest, _run) = (clock, rest, run);
        _timer = clock.CreateTimer(_ => Run(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Asks for a run, now or when the rest is over.</summary>
    public void Signal()
    {
        lock (_lock)
        {
            if (_pending || _disposed)
            {
                return;
            }

            _pending = true;
            var since = _ran ? _clock.GetElapsedTime(_last) : _rest;
            _timer.Change(since >= _rest ? TimeSpan.Zero : _rest - since, Timeout.InfiniteTimeSpan);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
        }

        _timer.Dispose();
    }

    private void Run()
    {
        lock (_lock)
        {
            if (_disposed)
            {
                return;
            }

            (_pending, _ran, _last) = (false, true, _clock.GetTimestamp());
        }

        _run();
    }
}
