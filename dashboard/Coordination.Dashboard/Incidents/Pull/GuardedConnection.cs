using System.Net;
using System.Net.Sockets;

namespace Coordination.Dashboard.Incidents.Pull;

/// <summary>The host's name leads into a private network, or to this machine.</summary>
internal sealed class AddressRefusedException() : Exception(Words)
{
    /// <summary>What people read.</summary>
    public const string Words = "Its host is in a private network or on this machine, and the feed is not: nothing was fetched from there. If the feed belongs there, its setting PrivateNetwork says so.";
}

/// <summary>Opens connections, to public addresses alone: a name is looked up once, and what was looked at is what is connected to.</summary>
internal static class GuardedConnection
{
    /// <summary>Opens one.</summary>
    /// <exception cref="AddressRefusedException">The name has no public address.</exception>
    public static async ValueTask<Stream> OpenAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var end = context.DnsEndPoint;
        var addresses = await Dns.GetHostAddressesAsync(end.Host, cancellationToken);
        var allowed = IsProxy(context) ? addresses : [.. addresses.Where(PublicAddress.Is)];
        if (allowed.Length == 0)
        {
            throw new AddressRefusedException();
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, end.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    // A proxy of the environment is the operator's own, usually inside, and looks names up itself: what it lets out to counts then.
    private static bool IsProxy(SocketsHttpConnectionContext context)
    {
        var request = context.InitialRequestMessage;
        return request.Method == HttpMethod.Connect
            || !string.Equals(request.RequestUri!.IdnHost, context.DnsEndPoint.Host, StringComparison.OrdinalIgnoreCase);
    }
}
