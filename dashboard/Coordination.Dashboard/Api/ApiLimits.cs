namespace Coordination.Dashboard.Api;

/// <summary>Limits of the HTTP API.</summary>
public static class ApiLimits
{
    /// <summary>Largest body of a request, JSON or CAP, in bytes: 256 KB.</summary>
    public const int BodyBytes = 256 * 1024;

    /// <summary>Items on a page when the caller does not say.</summary>
    public const int DefaultPage = 50;

    /// <summary>Most items on a page.</summary>
    public const int LargestPage = 200;

    /// <summary>How long a request may take.</summary>
    public static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(10);
}
