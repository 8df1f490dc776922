using System.Diagnostics.CodeAnalysis;
using Coordination.Domain.Platforms;

namespace Coordination.Connectors;

/// <summary>Which connector speaks for which platform here.</summary>
public sealed class ConnectorRegistry
{
    private readonly IReadOnlyDictionary<string, IPlatformConnector> _connectors;

    /// <summary>Makes a registry of one connector for each platform id.</summary>
    /// <param name="connectors">Platform id to connector.</param>
    /// <param name="sandboxServer">The sandbox's address when every platform goes through it.</param>
    public ConnectorRegistry(IReadOnlyDictionary<string, IPlatformConnector> connectors, Uri? sandboxServer)
    {
        _connectors = connectors;
        SandboxServer = sandboxServer;
    }

    /// <summary>The sandbox's address, to be used as every account's server; null when platforms are reached themselves.</summary>
    public Uri? SandboxServer { get; }

    /// <summary>Finds a platform's connector.</summary>
    /// <returns>False when this installation cannot reach that platform.</returns>
    public bool TryFind(Platform platform, [NotNullWhen(true)] out IPlatformConnector? connector) =>
        _connectors.TryGetValue(platform.Id, out connector);
}
