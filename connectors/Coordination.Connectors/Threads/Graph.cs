using System.Net.Http.Headers;

namespace Coordination.Connectors.Threads;

/// <summary>Makes requests of Meta's Graph API as Threads has it. The token goes in a header, never in an address.</summary>
internal static class Graph
{
    /// <summary>A request of an account's own.</summary>
    /// <param name="method">What is done.</param>
    /// <param name="account">As whom; its server is the address with the version, such as <c>https://graph.threads.net/v1.0/</c>.</param>
    /// <param name="path">To what, below that.</param>
    /// <param name="query">What is asked for.</param>
    public static HttpRequestMessage Message(HttpMethod method, ConnectorAccount account, string path, params ReadOnlySpan<(string Name, string Value)> query)
    {
        var text = path;
        foreach (var (name, value) in query)
        {
            text += $"{(text.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{name}={Uri.EscapeDataString(value)}";
        }

        var server = account.Server.AbsoluteUri.EndsWith('/') ? account.Server : new Uri(account.Server.AbsoluteUri + "/");
        var message = new HttpRequestMessage(method, new Uri(server, text));
        message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", ((Credential.AccessToken)account.Credential).Token);
        message.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        return message;
    }

    /// <summary>Whether an id can be part of an address.</summary>
    public static bool IsId(string? id) => id is { Length: > 0 and <= 64 } && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');

    /// <summary>The time of a post; null when there is none.</summary>
    public static DateTimeOffset? TimeOf(string? timestamp) => DateTimeOffset.TryParseExact(
        timestamp,
        ["yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mm:ssK"],
        System.Globalization.CultureInfo.InvariantCulture,
        System.Globalization.DateTimeStyles.AdjustToUniversal,
        out var at) ? at : WithColon(timestamp);

    // "+0000", as it is written there, is none of .NET's forms of a zone.
    private static DateTimeOffset? WithColon(string? timestamp) =>
        timestamp is { Length: > 5 } && timestamp[^5] is '+' or '-' && timestamp[^3] != ':'
            && DateTimeOffset.TryParse(timestamp[..^2] + ":" + timestamp[^2..], System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AdjustToUniversal, out var at)
            ? at
            : null;
}
