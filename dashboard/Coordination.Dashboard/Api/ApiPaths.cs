namespace Coordination.Dashboard.Api;

/// <summary>Which paths programs use: there every error is problem details, never a page or a redirect.</summary>
public static class ApiPaths
{
    private static readonly PathString[] Prefixes = ["/api", "/hubs", "/openapi", "/health"];

    /// <summary>Whether a path is one of them.</summary>
    public static bool Contain(PathString path) => Array.Exists(Prefixes, prefix => path.StartsWithSegments(prefix, StringComparison.OrdinalIgnoreCase));
}
