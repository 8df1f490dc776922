using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Coordination.Connectors.Http;

namespace Coordination.Connectors.X;

/// <summary>Makes requests of X's API v2, and reads its refusals.</summary>
internal sealed class XRequests(TimeProvider time)
{
    private const HttpStatusCode PaymentRequired = HttpStatusCode.PaymentRequired;

    /// <summary>A request of an account's own.</summary>
    /// <param name="method">What is done.</param>
    /// <param name="account">As whom; its server is <c>https://api.x.com/</c>.</param>
    /// <param name="path">To what, below that.</param>
    /// <param name="query">What is asked for.</param>
    public HttpRequestMessage Message(HttpMethod method, ConnectorAccount account, string path, params ReadOnlySpan<(string Name, string Value)> query)
    {
        var text = path;
        foreach (var (name, value) in query)
        {
            text += $"{(text.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{name}={Uri.EscapeDataString(value)}";
        }

        var server = account.Server.AbsoluteUri.EndsWith('/') ? account.Server : new Uri(account.Server.AbsoluteUri + "/");
        var message = new HttpRequestMessage(method, new Uri(server, text));
        message.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        switch (account.Credential)
        {
            case Credential.AccessToken { Token: var token }:
                message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
                break;
            case Credential.SignedRequests signed:
                var address = message.RequestUri!;
                message.Options.Set(OutboundDoor.SignatureKey, () => OAuth1.Header(method, address, signed, OAuth1.NewNonce(), time.GetUtcNow()));
                break;
            default:
                throw new ArgumentException($"{account.Key} needs an access token or signed requests for X.", nameof(account));
        }

        return message;
    }

    /// <summary>A request with a body of JSON.</summary>
    public HttpRequestMessage Post<T>(ConnectorAccount account, string path, T body, JsonTypeInfo<T> type)
    {
        var message = Message(HttpMethod.Post, account, path);
        message.Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, type)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        return message;
    }

    /// <summary>What an answer holds; null when that is no success, or unreadable.</summary>
    public static T? Data<T>(Exchange exchange, JsonTypeInfo<XAnswerJson<T>> type)
        where T : class => exchange is Exchange.Answered { IsSuccess: true } answered ? JsonBody.Parse(answered.Body, type)?.Data : null;

    /// <summary>The platform's own words; null when it gave none.</summary>
    public static string? Words(Exchange exchange)
    {
        if (exchange is not Exchange.Answered { IsSuccess: false } answered || JsonBody.Parse(answered.Body, XJson.Default.XProblemJson) is not { } problem)
        {
            return null;
        }

        // The detail of a refused request only says "see errors".
        var inner = problem.Errors?.OfType<XProblemJson>().FirstOrDefault();
        return JsonBody.Words(inner?.Detail ?? inner?.Message ?? problem.Detail ?? problem.Message ?? problem.Title);
    }

    /// <summary>The same answer under the status that says what it means for the post, so that one table judges all platforms.</summary>
    public static Exchange AsHttp(Exchange exchange) => exchange switch
    {
        // The sign-in is well: it is the text that was posted before.
        Exchange.Answered { Status: HttpStatusCode.Forbidden } answered when Words(exchange)?.Contains("duplicate content", StringComparison.OrdinalIgnoreCase) == true =>
            answered with { Status = HttpStatusCode.UnprocessableEntity },

        // What X is paid for is used up: a person has to see to it there.
        Exchange.Answered { Status: PaymentRequired } answered => answered with { Status = HttpStatusCode.Forbidden },
        _ => exchange,
    };

    /// <summary>Whether an id is one of X's.</summary>
    public static bool IsId(string? id) => id is { Length: > 0 and <= 19 } && id.All(char.IsAsciiDigit);
}
