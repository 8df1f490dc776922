using System.Net.Sockets;

namespace Coordination.FaultTests.World;

/// <summary>One connection through a door.</summary>
internal sealed class Passage(TcpClient front, int? caller) : IDisposable
{
    private readonly CancellationTokenSource _broken = new();
    private readonly TcpClient _back = new();
    private TaskCompletionSource _flowing = Flowing(true);

    /// <summary>The process that made the connection, when it is known.</summary>
    public int? Caller => caller;

    /// <summary>Whether bytes go through.</summary>
    public bool Flows
    {
        set
        {
            if (value)
            {
                _flowing.TrySetResult();
            }
            else if (_flowing.Task.IsCompleted)
            {
                _flowing = Flowing(false);
            }
        }
    }

    /// <summary>Breaks the connection with a reset, not with a good-bye.</summary>
    public void Break()
    {
        front.LingerState = new LingerOption(true, 0);
        _broken.Cancel();
    }

    /// <summary>Carries bytes both ways until either side ends or the passage breaks.</summary>
    public async Task RunAsync(IPEndPoint behind)
    {
        await _flowing.Task.WaitAsync(_broken.Token);
        await _back.ConnectAsync(behind, _broken.Token);
        (front.NoDelay, _back.NoDelay) = (true, true);
        await Task.WhenAny(CarryAsync(front, _back), CarryAsync(_back, front));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _broken.Cancel();
        front.Dispose();
        _back.Dispose();
        _broken.Dispose();
    }

    private async Task CarryAsync(TcpClient from, TcpClient to)
    {
        var buffer = new byte[16 * 1024];
        int count;
        while ((count = await from.GetStream().ReadAsync(buffer, _broken.Token)) > 0)
        {
            await _flowing.Task.WaitAsync(_broken.Token);
            await to.GetStream().WriteAsync(buffer.AsMemory(0, count), _broken.Token);
        }
    }

    private static TaskCompletionSource Flowing(bool now)
    {
        var source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (now)
        {
            source.SetResult();
        }

        return source;
    }
}
