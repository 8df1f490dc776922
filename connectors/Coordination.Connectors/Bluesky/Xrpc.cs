using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Coordination.Connectors.Http;

namespace Coordination.Connectors.Bluesky;

/// <summary>Makes requests of the AT protocol's HTTP form (atproto.com/specs/xrpc).</summary>
internal static class Xrpc
{
    public static HttpRequestMessage Get(ConnectorAccount account, string method, params ReadOnlySpan<(string Name, string Value)> query)
    {
        var text = "";
        foreach (var (name, value) in query)
        {
            text += $"{(text.Length == 0 ? '?' : '&')}{name}={Uri.EscapeDataString(value)}";
        }

        return Message(HttpMethod.Get, account, method + text, token: null);
    }

    public static HttpRequestMessage Post<T>(ConnectorAccount account, string method, T body, JsonTypeInfo<T> type, string? token)
    {
        var message = Message(HttpMethod.Post, account, method, token);
        message.Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, type))
        {
            Headers = { ContentType = new MediaTypeHeaderValue("application/json") },
        };
        return message;
    }

    public static HttpRequestMessage Message(HttpMethod verb, ConnectorAccount account, string method, string? token)
    {
        var message = new HttpRequestMessage(verb, new Uri(account.Server, "/xrpc/" + method));
        message.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (token is not null)
        {
            message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        return message;
    }

    /// <summary>The error that an answer names; null when it names none.</summary>
    public static XrpcErrorJson? Error(Exchange exchange) => exchange is Exchange.Answered { IsSuccess: false } answered
        ? JsonBody.Parse(answered.Body, BlueskyJson.Default.XrpcErrorJson)
        : null;

    /// <summary>Whether the server no longer accepts the session. A bad token is answered with 400, an odd choice that was seen on a real server.</summary>
    public static bool SessionEnded(Exchange exchange) => Error(exchange)?.Error is "InvalidToken" or "ExpiredToken";
}
