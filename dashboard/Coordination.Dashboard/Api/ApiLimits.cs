using Microsoft.AspNetCore.Http.Metadata;

namespace Coordination.Dashboard.Api;

/// <summary>Limits of the HTTP API.</summary>
public static class ApiLimits
{
    /// <summary>Largest body of a request, JSON or CAP, in bytes: 256 KB.</summary>
    public const int BodyBytes = 256 * 1024;

    /// <summary>Largest register file, in bytes: 1 MB, about 7,000 rows of usual length. A longer one is split.</summary>
    public const int RegisterBytes = 1024 * 1024;

    /// <summary>The largest body that an endpoint takes, in words.</summary>
    public static string BodyInWords(Endpoint? endpoint) =>
        endpoint?.Metadata.GetMetadata<IRequestSizeLimitMetadata>()?.MaxRequestBodySize is { } own and >= 1024 * 1024
            ? FormattableString.Invariant($"{own / (1024 * 1024)} MB")
            : FormattableString.Invariant($"{BodyBytes / 1024} KB");

    /// <summary>Items on a page when the caller does not say.</summary>
    public const int DefaultPage = 50;

    /// <summary>Most items on a page.</summary>
    public const int LargestPage = 200;

    /// <summary>How long a request may take.</summary>
    public static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(10);
}
