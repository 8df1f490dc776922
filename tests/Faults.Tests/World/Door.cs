using System.Net.Sockets;

namespace Coordination.FaultTests.World;

/// <summary>A door on loopback in front of a real server. It can be cut (connections break, new ones too) or stalled (bytes stop, connections stay), for everybody or for one process.</summary>
internal sealed class Door : IAsyncDisposable
{
    private readonly Func<IReadOnlyCollection<int>>? _callers;
    private readonly TcpListener _listener;
    private readonly Task _accepting;
    private readonly Lock _lock = new();
    private readonly HashSet<Passage> _open = [];
    private readonly HashSet<int> _stalledFor = [];
    private IPEndPoint _behind;
    private bool _cut;
    private bool _stalled;

    /// <summary>Opens a door.</summary>
    /// <param name="front">Where it stands.</param>
    /// <param name="behind">What is behind it.</param>
    /// <param name="callers">The processes that may come through, when it has to tell them apart.</param>
    public Door(IPEndPoint front, IPEndPoint behind, Func<IReadOnlyCollection<int>>? callers = null)
    {
        (Front, _behind, _callers) = (front, behind, callers);
        _listener = new TcpListener(front);
        _listener.Server.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        _listener.Start(512);
        _accepting = AcceptAsync();
    }

    /// <summary>Where it stands.</summary>
    public IPEndPoint Front { get; }

    /// <summary>Breaks all connections, and each new one.</summary>
    public void Cut()
    {
        lock (_lock)
        {
            _cut = true;
            foreach (var passage in _open)
            {
                passage.Break();
            }
        }
    }

    /// <summary>From now on it leads elsewhere; connections to where it led break.</summary>
    public void Lead(IPEndPoint behind)
    {
        lock (_lock)
        {
            _behind = behind;
            foreach (var passage in _open)
            {
                passage.Break();
            }
        }
    }

    /// <summary>Lets no byte through, as a network does that lost its way.</summary>
    public void Stall() => Change(() => _stalled = true);

    /// <summary>Lets no byte of one process through.</summary>
    public void Stall(int process) => Change(() => _stalledFor.Add(process));

    /// <summary>Open for everybody; what was stalled goes on where it stood.</summary>
    public void Open() => Change(() =>
    {
        (_cut, _stalled) = (false, false);
        _stalledFor.Clear();
    });

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _accepting;
        Cut();
    }

    private void Change(Action action)
    {
        lock (_lock)
        {
            action();
            foreach (var passage in _open)
            {
                passage.Flows = Flows(passage.Caller);
            }
        }
    }

    private bool Flows(int? caller) => !_stalled && !(caller is { } process && _stalledFor.Contains(process));

    private async Task AcceptAsync()
    {
        while (true)
        {
            try
            {
                _ = ServeAsync(await _listener.AcceptTcpClientAsync());
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(TcpClient front)
    {
        var caller = _callers is null ? null : SocketOwner.Of((IPEndPoint)front.Client.RemoteEndPoint!, Front, _callers());
        using var passage = new Passage(front, caller);
        IPEndPoint behind;
        lock (_lock)
        {
            behind = _behind;
            _open.Add(passage);
            passage.Flows = Flows(caller);
            if (_cut)
            {
                passage.Break();
            }
        }

        try
        {
            await passage.RunAsync(behind);
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or OperationCanceledException or InvalidOperationException)
        {
            // Broken: that is what the door is for.
        }
        finally
        {
            lock (_lock)
            {
                _open.Remove(passage);
            }
        }
    }
}
