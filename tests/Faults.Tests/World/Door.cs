using System.Net.Sockets;

namespace Coordination.FaultTests.World;

/// <summary>A door on loopback in front of a real server. It can be cut (connections break, new ones too), stalled (bytes stop, connections stay), for everybody or for one process, or full (connections break, new ones wait).</summary>
internal sealed class Door : IAsyncDisposable
{
    private readonly Func<IReadOnlyCollection<int>>? _callers;
    private readonly Lock _lock = new();
    private readonly HashSet<Passage> _open = [];
    private readonly HashSet<int> _stalledFor = [];
    private TcpListener? _listener;
    private Task _accepting = Task.CompletedTask;
    private FullPort? _full;
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
        Listen();
    }

    /// <summary>Where it stands.</summary>
    public IPEndPoint Front { get; }

    /// <summary>Breaks all connections, and each new one.</summary>
    public void Cut()
    {
        lock (_lock)
        {
            _cut = true;
            BreakAll();
        }
    }

    /// <summary>Breaks all connections, and takes no new one: who connects is neither let in nor turned away.</summary>
    public async Task FillAsync()
    {
        _listener?.Dispose();
        await _accepting;
        lock (_lock)
        {
            _listener = null;
            _full ??= new FullPort(Front);
            BreakAll();
        }
    }

    /// <summary>From now on it leads elsewhere; connections to where it led break.</summary>
    public void Lead(IPEndPoint behind)
    {
        lock (_lock)
        {
            _behind = behind;
            BreakAll();
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
        if (_full is not null)
        {
            _full.Dispose();
            _full = null;
            Listen();
        }
    });

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _listener?.Dispose();
        _full?.Dispose();
        await _accepting;
        Cut();
    }

    private void Listen()
    {
        _listener = new TcpListener(Front);
        _listener.Server.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        _listener.Start(512);
        _accepting = AcceptAsync(_listener);
    }

    private void BreakAll()
    {
        foreach (var passage in _open)
        {
            passage.Break();
        }
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

    private async Task AcceptAsync(TcpListener listener)
    {
        while (true)
        {
            try
            {
                _ = ServeAsync(await listener.AcceptTcpClientAsync());
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
