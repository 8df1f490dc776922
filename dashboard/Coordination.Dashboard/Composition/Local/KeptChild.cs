namespace Coordination.Dashboard.Composition.Local;

/// <summary>A child process that is started again when it ends by itself: killed, crashed, or out of disk.</summary>
/// <remarks>Each end is told in one line. The wait before the next start doubles from one second to thirty, and begins anew once a child has lived for a minute.</remarks>
internal sealed class KeptChild : IAsyncDisposable
{
    private const int Often = 3;
    // A machine that does much else at the moment takes its time.
    private static readonly TimeSpan ReadyDeadline = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Steady = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _stop = new();
    private readonly string _name;
    private readonly string _meanwhile;
    private readonly Func<ChildProcess> _start;
    private readonly Action<string> _say;
    private ChildProcess _child;
    private Task _keeping = Task.CompletedTask;

    private KeptChild(string name, string meanwhile, Func<ChildProcess> start, Action<string> say, ChildProcess child) =>
        (_name, _meanwhile, _start, _say, _child) = (name, meanwhile, start, say, child);

    /// <summary>Starts a child for the first time and waits until it is ready; from then on it is kept.</summary>
    /// <param name="name">What people call it.</param>
    /// <param name="meanwhile">What is true while it is away, as a sentence.</param>
    /// <param name="start">Starts it.</param>
    /// <param name="say">Shows a line to whoever runs the service.</param>
    /// <returns>It, and the rest of the line that said it was ready.</returns>
    /// <exception cref="LocalStartException">The first start failed.</exception>
    public static async Task<(KeptChild Child, string Ready)> StartAsync(string name, string meanwhile, Func<ChildProcess> start, Action<string> say)
    {
        var kept = new KeptChild(name, meanwhile, start, say, start());
        try
        {
            var ready = await kept._child.ReadyAsync(ReadyDeadline);
            kept._keeping = kept.KeepAsync();
            return (kept, ready);
        }
        catch
        {
            await kept.DisposeAsync();
            throw;
        }
    }

    private string Title => char.ToUpperInvariant(_name[0]) + _name[1..];

    /// <summary>How long to wait before start number <paramref name="failures"/> + 1: 1, 2, 4 ... 30 seconds.</summary>
    public static TimeSpan Wait(int failures) =>
        failures > 5 ? LongestWait : TimeSpan.FromSeconds(Math.Min(1 << (failures - 1), LongestWait.TotalSeconds));

    /// <summary>From now on its end is as it should be: the service stops.</summary>
    public void LetGo() => _stop.Cancel();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _keeping.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _child.DisposeAsync();
        _stop.Dispose();
    }

    private async Task KeepAsync()
    {
        var (time, failures) = (TimeProvider.System, 0);
        while (true)
        {
            var began = time.GetTimestamp();
            var code = await _child.Ended.WaitAsync(_stop.Token);
            failures = time.GetElapsedTime(began) > Steady ? 1 : failures + 1;

            // A Ctrl-C in a terminal reaches the children before this process has begun to stop.
            await Task.Delay(Grace, time, _stop.Token);
            _say(Line(code, failures));
            await Task.Delay(Wait(failures), time, _stop.Token);
            while (!await StartAgainAsync())
            {
                failures++;
                await Task.Delay(Wait(failures), time, _stop.Token);
            }
        }
    }

    private string Line(int code, int failures) => failures < Often
        ? $"{Title} (process {_child.Id}) ended with code {code}; it is started again. {_meanwhile}"
        : $"{Title} keeps ending: {failures} times in a row, code {code} last. It is tried again in {Wait(failures).TotalSeconds:0} s; "
            + $"why it ends stands in its own lines above. {_meanwhile}";

    // False when there is no process; one that ends before it is ready is told and counted as every other end.
    private async Task<bool> StartAgainAsync()
    {
        try
        {
            var fresh = _start();
            await _child.DisposeAsync();
            _child = fresh;
        }
        catch (Exception exception) when (exception is System.ComponentModel.Win32Exception or LocalStartException)
        {
            _say($"{Title} could not be started again: {exception.Message} {_meanwhile}");
            return false;
        }

        try
        {
            await _child.ReadyAsync(ReadyDeadline).WaitAsync(_stop.Token);
            _say($"{Title} runs again (process {_child.Id}).");
        }
        catch (LocalStartException exception)
        {
            if (!_child.Ended.IsCompleted)
            {
                _say(exception.Message);
                _child.Kill();
            }
        }

        return true;
    }
}
