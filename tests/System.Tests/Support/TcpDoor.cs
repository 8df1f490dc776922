using System.Net.Sockets;

namespace Coordination.SystemTests.Support;

/// <summary>A door on the way to a real server: while it is shut, connections are cut and new ones refused.</summary>
public sealed class TcpDoor : IAsyncDisposable
{
    private readonly IPEndPoint _behind;
    private readonly HashSet<TcpClient> _open = [];
    private readonly Lock _lock = new();
    private TcpListener? _listener;
    private Task _accepting = Task.CompletedTask;

    public TcpDoor(int port, int behind)
    {
        Port = port;
        _behind = new IPEndPoint(IPAddress.Loopback, behind);
        Open();
    }

    public int Port { get; }

    public void Open()
    {
        _listener = new TcpListener(IPAddress.Loopback, Port);
        _listener.Server.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        _listener.Start();
        _accepting = AcceptAsync(_listener);
    }

    public async Task ShutAsync()
    {
        _listener?.Dispose();
        _listener = null;
        await _accepting;
        lock (_lock)
        {
            foreach (var client in _open)
            {
                client.Dispose();
            }

            _open.Clear();
        }
    }

    public async ValueTask DisposeAsync() => await ShutAsync();

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
        using var back = new TcpClient();
        try
        {
            lock (_lock)
            {
                _open.Add(front);
                _open.Add(back);
            }

            await back.ConnectAsync(_behind);
            await Task.WhenAny(front.GetStream().CopyToAsync(back.GetStream()), back.GetStream().CopyToAsync(front.GetStream()));
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Cut: that is what the door is for.
        }
        finally
        {
            front.Dispose();
            lock (_lock)
            {
                _open.Remove(front);
                _open.Remove(back);
            }
        }
    }
}
