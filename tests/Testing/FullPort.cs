using System.Net;
using System.Net.Sockets;

namespace Coordination.Testing;

/// <summary>A port that takes no more connections, as at a server that is overrun: who connects is neither let in nor turned away.</summary>
public sealed class FullPort : IDisposable
{
    private static readonly TimeSpan Answered = TimeSpan.FromMilliseconds(300);

    // More than the shortest queue that a system makes, and some that keep it full.
    private const int MostWaiting = 64;
    private const int Spare = 3;
    private readonly Socket _listener;
    private readonly List<Socket> _waiting = [];

    /// <summary>Opens one.</summary>
    /// <param name="at">Where; null for a free port on loopback.</param>
    public FullPort(IPEndPoint? at = null)
    {
        _listener = NewSocket();
        _listener.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        _listener.Bind(at ?? new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(0);
        EndPoint = (IPEndPoint)_listener.LocalEndPoint!;
        Fill();
    }

    /// <summary>Where it is.</summary>
    public IPEndPoint EndPoint { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        _listener.Dispose();
        _waiting.ForEach(s => s.Dispose());
    }

    private void Fill()
    {
        var left = Spare;
        while (left > 0)
        {
            if (_waiting.Count == MostWaiting)
            {
                throw new PlatformNotSupportedException("This system takes connections that nobody accepts.");
            }

            var socket = NewSocket();
            _waiting.Add(socket);
            socket.Blocking = false;
            try
            {
                socket.Connect(EndPoint);
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
            {
                left -= left < Spare || !socket.Poll(Answered, SelectMode.SelectWrite) ? 1 : 0;
            }
        }
    }

    private static Socket NewSocket() => new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
}
