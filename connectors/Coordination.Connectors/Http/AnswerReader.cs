using System.Globalization;
using System.Text.RegularExpressions;

namespace Coordination.Connectors.Http;

/// <summary>Reads an answer whole, up to a limit, with the headers that matter.</summary>
internal static partial class AnswerReader
{
    /// <summary>No answer that a connector reads is near this; more is garbage.</summary>
    private const int MaxBodyBytes = 4 * 1024 * 1024;

    public static async Task<Exchange.Answered> ReadAsync(HttpResponseMessage response, TimeProvider time, CancellationToken cancellationToken)
    {
        byte[]? body = null;
        try
        {
            body = await ReadBodyAsync(response.Content, cancellationToken);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            // The status is known all the same, and for a refusal it is enough.
        }

        return new Exchange.Answered(response.StatusCode, body, RetryAfter(response, time), NextPage(response));
    }

    private static async Task<byte[]?> ReadBodyAsync(HttpContent content, CancellationToken cancellationToken)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        using var whole = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await stream.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (whole.Length + read > MaxBodyBytes)
            {
                return null;
            }

            whole.Write(buffer, 0, read);
        }

        return whole.ToArray();
    }

    private static TimeSpan? RetryAfter(HttpResponseMessage response, TimeProvider time)
    {
        var now = time.GetUtcNow();
        if (response.Headers.RetryAfter is { } header)
        {
            return NotNegative(header.Delta ?? header.Date - now);
        }

        // Mastodon gives an ISO 8601 timestamp, Bluesky and X seconds since 1970, all for the end of the window.
        var exhausted = FirstOf(response, "X-RateLimit-Remaining", "RateLimit-Remaining", "x-rate-limit-remaining") is "0";
        var reset = exhausted ? FirstOf(response, "X-RateLimit-Reset", "RateLimit-Reset", "x-rate-limit-reset") : null;
        if (long.TryParse(reset, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds < 253402300799)
        {
            return NotNegative(DateTimeOffset.FromUnixTimeSeconds(seconds) - now);
        }

        return DateTimeOffset.TryParse(reset, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? NotNegative(at - now) : null;
    }

    private static string? FirstOf(HttpResponseMessage response, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (response.Headers.TryGetValues(name, out var values))
            {
                return values.FirstOrDefault();
            }
        }

        return null;
    }

    private static TimeSpan? NotNegative(TimeSpan? wait) => wait < TimeSpan.Zero ? TimeSpan.Zero : wait;

    private static Uri? NextPage(HttpResponseMessage response)
    {
        if (!response.Headers.TryGetValues("Link", out var values))
        {
            return null;
        }

        var match = NextLink().Match(string.Join(", ", values));
        return match.Success && Uri.TryCreate(match.Groups["url"].Value, UriKind.Absolute, out var next) ? next : null;
    }

    [GeneratedRegex("""<(?<url>[^<>]+)>\s*;\s*rel="?next"?""", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NextLink();
}
