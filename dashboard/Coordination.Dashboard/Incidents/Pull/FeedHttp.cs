using System.Globalization;
using System.Net;

namespace Coordination.Dashboard.Incidents.Pull;

/// <summary>Fetches feeds and messages: within a size and a time, along few redirects, and only from where the feed may lead.</summary>
internal sealed class FeedHttp(IHttpClientFactory clients, TimeProvider time)
{
    /// <summary>The client that connects to public addresses alone.</summary>
    public const string PublicClient = "Coordination.Feeds.Public";

    /// <summary>The client for feeds inside a private network.</summary>
    public const string InsideClient = "Coordination.Feeds.Inside";

    private const int MostRedirects = 3;

    /// <summary>Fetches a document.</summary>
    /// <param name="feed">The feed that it is of.</param>
    /// <param name="address">Where it is.</param>
    /// <param name="validators">What is known of it already; null to be given it whole.</param>
    /// <param name="limit">How large it may be, and how long it may take, redirects included.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Fetched> GetAsync(FeedSource feed, Uri address, Validators? validators, FetchLimit limit, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(limit.Time, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            return await FollowAsync(feed, address, validators, limit, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new Fetched.Failed(string.Create(CultureInfo.InvariantCulture, $"{address.IdnHost} did not answer whole within {limit.Time.TotalSeconds:0} seconds."), null, Trouble.NoAnswer);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or AddressRefusedException)
        {
            return FetchWords.Of(e, address);
        }
    }

    private async Task<Fetched> FollowAsync(FeedSource feed, Uri address, Validators? validators, FetchLimit limit, CancellationToken cancellationToken)
    {
        string? movedTo = null;
        for (var redirects = 0; ; redirects++)
        {
            using var http = clients.CreateClient(feed.Inside ? InsideClient : PublicClient);
            using var request = Request(feed, address, validators);
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (answer.StatusCode is HttpStatusCode.NotModified && validators is not null)
            {
                return new Fetched.Unchanged();
            }

            if (answer.StatusCode is HttpStatusCode.OK)
            {
                var body = await ReadAsync(answer.Content, limit.Bytes, cancellationToken);
                return body is null
                    ? new Fetched.Failed(string.Create(CultureInfo.InvariantCulture, $"{address.IdnHost} sent more than {limit.Bytes / 1024:#,0} KB. Nothing of it was used."), null, Trouble.Lasting)
                    : new Fetched.Whole(body, answer.Content.Headers.ContentType?.MediaType, ValidatorsOf(answer), address, movedTo);
            }

            if (!IsRedirect(answer.StatusCode) || answer.Headers.Location is not { } location)
            {
                return FetchWords.Of(answer, address, time.GetUtcNow());
            }

            if (redirects == MostRedirects)
            {
                return new Fetched.Failed($"{address.IdnHost} sends from one address to the next, more than {MostRedirects} times.", null, Trouble.Passing);
            }

            var next = location.IsAbsoluteUri ? location : new Uri(address, location);
            if (feed.Refuses(next, address) is { } why)
            {
                return new Fetched.Failed($"{address.IdnHost} sends elsewhere. {why}", null, Trouble.Lasting);
            }

            if (answer.StatusCode is HttpStatusCode.MovedPermanently or HttpStatusCode.PermanentRedirect)
            {
                movedTo ??= next.IdnHost;
            }

            address = next;
        }
    }

    private static HttpRequestMessage Request(FeedSource feed, Uri address, Validators? validators)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.TryAddWithoutValidation("Accept", "application/cap+xml, application/atom+xml, application/xml;q=0.9, text/xml;q=0.8");
        if (validators?.ETag is { } tag)
        {
            request.Headers.TryAddWithoutValidation("If-None-Match", tag);
        }

        if (validators?.LastModified is { } modified)
        {
            request.Headers.TryAddWithoutValidation("If-Modified-Since", modified);
        }

        if (feed.Token is { } token && feed.IsOwnHost(address))
        {
            request.Headers.TryAddWithoutValidation(feed.TokenHeader, token);
        }

        return request;
    }

    // As the server wrote them: it knows its own words again, and nobody else has to.
    private static Validators ValidatorsOf(HttpResponseMessage answer) => new(
        answer.Headers.TryGetValues("ETag", out var tags) ? Short(tags.First()) : null,
        answer.Content.Headers.TryGetValues("Last-Modified", out var times) ? Short(times.First()) : null);

    private static string? Short(string value) => value.Length <= 300 && value.All(c => c is >= ' ' and <= '~') ? value : null;

    private static bool IsRedirect(HttpStatusCode status) => (int)status is 301 or 302 or 303 or 307 or 308;

    private static async Task<byte[]?> ReadAsync(HttpContent content, int most, CancellationToken cancellationToken)
    {
        if (content.Headers.ContentLength > most)
        {
            return null;
        }

        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        using var whole = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await stream.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (whole.Length + read > most)
            {
                return null;
            }

            whole.Write(buffer, 0, read);
        }

        return whole.ToArray();
    }
}

/// <summary>How large a document may be, and how long it may take.</summary>
internal sealed record FetchLimit(int Bytes, TimeSpan Time);
