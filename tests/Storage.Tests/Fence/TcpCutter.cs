using System.Net;
using System.Net.Sockets;

namespace Coordination.Storage.Tests.Fence;

/// <summary>A wire between client and server that a test can cut, or make deaf in the server's direction of speech.</summary>
internal sealed class TcpCutter : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<TcpClient> _clients = [];
    private readonly Lock _gate = new();
    private readonly int _target;
    private readonly Task _accepting;
    private volatile bool _deaf;
    private volatile bool _refusing;

    public TcpCutter(int target)
    {
        _target = target;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>From now on nothing the server says arrives; what the client says still does.</summary>
    public void SwallowAnswers() => _deaf = true;

    /// <summary>From now on no new connection lives.</summary>
    public void Refuse() => _refusing = true;

    /// <summary>Cuts every connection and lets new ones through.</summary>
    public void CutAndHeal()
    {
        _deaf = false;
        _refusing = false;
        Cut();
    }

    /// <summary>Cuts every connection.</summary>
    public void Cut()
    {
        lock (_gate)
        {
            foreach (var client in _clients)
            {
                client.Client?.Close(0);
            }

            _clients.Clear();
        }
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        Cut();
        await _accepting.ContinueWith(_ => { }, TaskScheduler.Default);
        _listener.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            var client = await _listener.AcceptTcpClientAsync();
            if (_refusing)
            {
                client.Client?.Close(0);
                continue;
            }

            var server = new TcpClient { NoDelay = true };
            await server.ConnectAsync(IPAddress.Loopback, _target);
            client.NoDelay = true;
            lock (_gate)
            {
                _clients.AddRange([client, server]);
            }

            _ = PumpAsync(client, server, mayBeDeaf: false);
            _ = PumpAsync(server, client, mayBeDeaf: true);
        }
    }

    private async Task PumpAsync(TcpClient from, TcpClient to, bool mayBeDeaf)
    {
        try
        {
            var buffer = new byte[8192];
            int read;
            while ((read = await from.GetStream().ReadAsync(buffer)) > 0)
            {
                if (!(mayBeDeaf && _deaf))
                {
                    await to.GetStream().WriteAsync(buffer.AsMemory(0, read));
                }
            }
        }
        catch (Exception cut) when (cut is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // That is what it is for.
        }
        finally
        {
            to.Close();
        }
    }
}
