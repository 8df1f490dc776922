using System.Globalization;

namespace Coordination.FaultTests.World;

/// <summary>Finds which process made a loopback connection, from Linux's own tables: a partition cuts one process off, not everybody.</summary>
internal static class SocketOwner
{
    private const int Local = 1;
    private const int Remote = 2;
    private const int Inode = 9;

    /// <summary>The one of some processes that connected from <paramref name="from"/> to <paramref name="to"/>; null when it is none of them.</summary>
    public static int? Of(IPEndPoint from, IPEndPoint to, IReadOnlyCollection<int> candidates)
    {
        if (SocketOf(from.Port, to.Port) is not { } socket)
        {
            return null;
        }

        foreach (var process in candidates)
        {
            if (Has(process, socket))
            {
                return process;
            }
        }

        return null;
    }

    private static string? SocketOf(int localPort, int remotePort)
    {
        var (local, remote) = (Hex(localPort), Hex(remotePort));
        foreach (var table in (string[])["/proc/net/tcp", "/proc/net/tcp6"])
        {
            foreach (var line in File.ReadLines(table).Skip(1))
            {
                var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
                if (fields[Local].EndsWith(local, StringComparison.Ordinal) && fields[Remote].EndsWith(remote, StringComparison.Ordinal))
                {
                    return "socket:[" + fields[Inode] + "]";
                }
            }
        }

        return null;
    }

    private static string Hex(int port) => string.Create(CultureInfo.InvariantCulture, $":{port:X4}");

    private static bool Has(int process, string socket)
    {
        try
        {
            return Directory.EnumerateFiles(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/fd"))
                .Any(file => string.Equals(new FileInfo(file).LinkTarget, socket, StringComparison.Ordinal));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
