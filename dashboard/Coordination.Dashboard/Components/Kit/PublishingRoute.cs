namespace Coordination.Dashboard.Components.Kit;

/// <summary>Where posts really go: to each platform itself, or all of them through the sandbox network.</summary>
/// <param name="Sandbox">The sandbox's address; null when platforms are reached themselves.</param>
public sealed record PublishingRoute(Uri? Sandbox)
{
    /// <summary>Reads it from the settings of the connectors.</summary>
    public static PublishingRoute Of(IConfiguration configuration) =>
        new(Uri.TryCreate(configuration["Connectors:SandboxServer"], UriKind.Absolute, out var server) ? server : null);
}
