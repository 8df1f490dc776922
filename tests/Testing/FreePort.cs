using System.Net;
using System.Net.Sockets;

namespace Coordination.Testing;

/// <summary>Finds ports that nobody uses.</summary>
public static class FreePort
{
    private static readonly HashSet<int> Given = [];

    /// <summary>A free loopback port, never the same twice in this process.</summary>
    public static int Next()
    {
        lock (Given)
        {
            while (true)
            {
                using var listener = new TcpListener(IPAddress.Loopback, 0);
                listener.Start();
                var port = ((IPEndPoint)listener.LocalEndpoint).Port;
                if (Given.Add(port))
                {
                    return port;
                }
            }
        }
    }
}
