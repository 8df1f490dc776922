using System.Diagnostics.CodeAnalysis;
using Coordination.Domain.Platforms;

namespace Coordination.Connectors;

/// <summary>Which connector speaks for which platform here.</summary>
public sealed class ConnectorRegistry
{
    private readonly IReadOnlyDictionary<string, IPlatformConnector> _connectors;
    private readonly IReadOnlyDictionary<string, string> _sandboxPaths;

    /// <summary>Makes a registry of one connector for each platform id.</summary>
    /// <param name="connectors">Platform id to connector.</param>
    /// <param name="sandboxServer">The sandbox's address when every platform goes through it.</param>
    /// <param name="sandboxPaths">Platform id to where the sandbox speaks that platform's own protocol, below its address.</param>
    public ConnectorRegistry(IReadOnlyDictionary<string, IPlatformConnector> connectors, Uri? sandboxServer, IReadOnlyDictionary<string, string>? sandboxPaths = null)
    {
        _connectors = connectors;
        _sandboxPaths = sandboxPaths ?? new Dictionary<string, string>(StringComparer.Ordinal);
        SandboxServer = sandboxServer;

        // An address is taken apart when it is first asked about itself. Many ask at once at the start, and one was told that this machine is another.
        _ = sandboxServer?.IsLoopback;
    }

    /// <summary>The sandbox's address; null when platforms are reached themselves.</summary>
    public Uri? SandboxServer { get; }

    /// <summary>The server of a platform's accounts at the sandbox; null when platforms are reached themselves.</summary>
    public Uri? SandboxServerOf(Platform platform) =>
        SandboxServer is { } sandbox && _sandboxPaths.TryGetValue(platform.Id, out var path) ? new Uri(sandbox, path) : SandboxServer;

    /// <summary>Finds a platform's connector.</summary>
    /// <returns>False when this installation cannot reach that platform.</returns>
    public bool TryFind(Platform platform, [NotNullWhen(true)] out IPlatformConnector? connector) =>
        _connectors.TryGetValue(platform.Id, out connector);
}
