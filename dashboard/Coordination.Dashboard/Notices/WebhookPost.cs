using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Coordination.Domain.Incidents.Reports;

namespace Coordination.Dashboard.Notices;

/// <summary>What came of sending a message to a webhook.</summary>
public abstract record Posted
{
    private Posted()
    {
    }

    /// <summary>The receiver took it.</summary>
    public sealed record Taken : Posted;

    /// <summary>It did not, or did not say.</summary>
    /// <param name="Why">In a few words; nothing of what the receiver wrote.</param>
    /// <param name="LeaveAlone">How long the receiver asks to be left alone; zero when it does not ask.</param>
    public sealed record NotNow(string Why, TimeSpan LeaveAlone) : Posted;

    /// <summary>It is gone for good (410).</summary>
    /// <param name="Why">In a few words.</param>
    public sealed record Gone(string Why) : Posted;
}

/// <summary>Sends one message to one webhook, once, as Standard Webhooks 1.0.0 has it (https://www.standardwebhooks.com).</summary>
/// <remarks>No redirect is followed, no cookie kept, and nothing of the answer is read but its status and <c>Retry-After</c>.</remarks>
public sealed class WebhookPost(TimeProvider time) : IDisposable
{
    /// <summary>Longest that a receiver is left alone because it asks so.</summary>
    public static readonly TimeSpan LongestLeaveAlone = TimeSpan.FromHours(1);

    private const int MostHeaderKilobytes = 16;
    private const string HungUp = "The receiver hung up.";

    private readonly HttpClient _client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        MaxResponseHeadersLength = MostHeaderKilobytes,

        // What an answer says is not read: a connection is given up sooner than a long body taken.
        MaxResponseDrainSize = 4096,
        ResponseDrainTimeout = TimeSpan.FromMilliseconds(200),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(3),
    })
    {
        // Each webhook has its own.
        Timeout = Timeout.InfiniteTimeSpan,
        DefaultRequestVersion = HttpVersion.Version11,
    };

    /// <summary>The header <c>webhook-id</c> of a message: the same at every attempt.</summary>
    public static string IdOf(Guid message) => $"msg_{message:N}";

    /// <summary>Sends it.</summary>
    /// <param name="webhook">Where to.</param>
    /// <param name="message">The message's id.</param>
    /// <param name="body">What is sent.</param>
    /// <param name="cancellationToken">Breaks it off.</param>
    /// <exception cref="OperationCanceledException">It was broken off, not by the webhook's own time limit.</exception>
    public async Task<Posted> SendAsync(Webhook webhook, Guid message, string body, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(webhook.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            using var request = Write(webhook, IdOf(message), Encoding.UTF8.GetBytes(body));
            using var answer = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return Read(answer);
        }
        catch (HttpRequestException e)
        {
            return new Posted.NotNow(WhyNot(e), TimeSpan.Zero);
        }
        catch (IOException)
        {
            return new Posted.NotNow(HungUp, TimeSpan.Zero);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new Posted.NotNow(string.Create(CultureInfo.InvariantCulture, $"The receiver did not answer within {webhook.Timeout.TotalSeconds:0.#} s."), TimeSpan.Zero);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private static string WhyNot(HttpRequestException e) => e.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError => "The receiver's name is not known (DNS).",
        HttpRequestError.ConnectionError => "The receiver cannot be reached.",
        HttpRequestError.SecureConnectionError => "The connection cannot be protected: the receiver's certificate is not trusted, or it speaks no TLS.",
        HttpRequestError.ProxyTunnelError => "The proxy does not let the connection through.",
        HttpRequestError.ResponseEnded => HungUp,
        _ => "What the receiver answered is no HTTP, or it hung up.",
    };

    // With more than one secret each makes a signature: the receiver checks with the one that it has.
    private HttpRequestMessage Write(Webhook webhook, string id, byte[] body)
    {
        var now = time.GetUtcNow();
        var request = new HttpRequestMessage(HttpMethod.Post, webhook.Url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.UserAgent.ParseAdd("WmfsSmCoordinator/1.0");
        request.Headers.Add(WebhookSignature.IdHeader, id);
        request.Headers.Add(WebhookSignature.TimestampHeader, now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        request.Headers.Add(WebhookSignature.SignatureHeader, string.Join(' ', webhook.Secrets.Select(secret => WebhookSignature.Sign(secret, id, now, body))));
        return request;
    }

    private Posted Read(HttpResponseMessage answer)
    {
        var status = (int)answer.StatusCode;
        return status switch
        {
            >= 200 and < 300 => new Posted.Taken(),
            410 => new Posted.Gone("The receiver says that it is gone for good (410)."),
            >= 300 and < 400 => new Posted.NotNow(string.Create(CultureInfo.InvariantCulture, $"The receiver answered {status}, a redirect; none is followed."), LeaveAlone(answer)),
            _ => new Posted.NotNow(string.Create(CultureInfo.InvariantCulture, $"The receiver answered {status}."), LeaveAlone(answer)),
        };
    }

    private TimeSpan LeaveAlone(HttpResponseMessage answer)
    {
        var asked = answer.Headers.RetryAfter switch
        {
            { Delta: { } span } => span,
            { Date: { } at } => at - time.GetUtcNow(),
            _ => TimeSpan.Zero,
        };
        return asked < TimeSpan.Zero ? TimeSpan.Zero : asked > LongestLeaveAlone ? LongestLeaveAlone : asked;
    }
}
