using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Coordination.Connectors.Http;

namespace Coordination.Connectors.X;

/// <summary>Reads one account's own id and posts. X is paid for each post that is read: nothing is read that nobody wants to know.</summary>
internal sealed class XReader(PlatformHttp http, XRequests requests)
{
    private const int PageSize = 100;
    private const int MaxPages = 10;

    /// <summary>An account's id never changes, so it is asked for once for each sign-in.</summary>
    private readonly ConcurrentDictionary<string, string> _ids = new(StringComparer.Ordinal);

    /// <summary>Posts, newest first.</summary>
    internal sealed record Recent(IReadOnlyList<XPostJson> Posts, bool Complete);

    /// <summary>The account itself.</summary>
    public async Task<(XUserJson? Own, Trouble? Trouble)> OwnAsync(ConnectorAccount account, bool figures, CancellationToken cancellationToken)
    {
        using var message = figures
            ? requests.Message(HttpMethod.Get, account, "2/users/me", ("user.fields", "public_metrics"))
            : requests.Message(HttpMethod.Get, account, "2/users/me");
        var exchange = await http.ReadAsync(message, cancellationToken);
        if (XRequests.Data(exchange, XJson.Default.XAnswerJsonXUserJson) is { Id: { } id } own && XRequests.IsId(id))
        {
            _ids[CacheKey(account)] = id;
            return (own, null);
        }

        return (null, Why(account, exchange));
    }

    /// <summary>One post's figures.</summary>
    public async Task<(XPostFiguresJson? Figures, Trouble? Trouble)> FiguresAsync(ConnectorAccount account, string id, CancellationToken cancellationToken)
    {
        using var message = requests.Message(HttpMethod.Get, account, $"2/tweets/{Uri.EscapeDataString(id)}", ("post.fields", "public_metrics"));
        var exchange = await http.ReadAsync(message, cancellationToken);
        return XRequests.Data(exchange, XJson.Default.XAnswerJsonXPostJson)?.PublicMetrics is { } figures ? (figures, null) : (null, Why(account, exchange));
    }

    /// <summary>The account's own posts since an instant: its answers too, and nothing of others that it passed on.</summary>
    public async Task<(Recent? Page, Trouble? Trouble)> RecentAsync(ConnectorAccount account, DateTimeOffset since, CancellationToken cancellationToken)
    {
        if (!_ids.TryGetValue(CacheKey(account), out var id))
        {
            var (own, trouble) = await OwnAsync(account, figures: false, cancellationToken);
            if (own?.Id is null)
            {
                return (null, trouble);
            }

            id = own.Id;
        }

        var posts = new List<XPostJson>();
        string? next = null;
        for (var page = 0; page < MaxPages; page++)
        {
            List<(string, string)> query =
            [
                ("max_results", PageSize.ToString(CultureInfo.InvariantCulture)),
                ("start_time", since.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)),
                ("exclude", "retweets"),
                ("post.fields", "created_at,entities,note_post"),
            ];
            if (next is not null)
            {
                query.Add(("pagination_token", next));
            }

            using var message = requests.Message(HttpMethod.Get, account, $"2/users/{id}/tweets", [.. query]);
            var exchange = await http.ReadAsync(message, cancellationToken);
            var answer = exchange is Exchange.Answered { IsSuccess: true } answered ? JsonBody.Parse(answered.Body, XJson.Default.Posts) : null;

            // An account without such posts is answered without any list.
            if (answer is null || answer.Data?.Any(p => p is null || !XRequests.IsId(p.Id) || p.CreatedAt is null) == true)
            {
                return (null, Why(account, exchange));
            }

            posts.AddRange((answer.Data ?? []).OfType<XPostJson>().Where(p => p.CreatedAt >= since));
            next = answer.Meta?.NextToken;
            if (next is null)
            {
                return (new Recent(posts, Complete: true), null);
            }
        }

        return (new Recent(posts, Complete: false), null);
    }

    private static Trouble Why(ConnectorAccount account, Exchange exchange) => Verdict.OfOther(account, XRequests.AsHttp(exchange), XRequests.Words(exchange));

    private static string CacheKey(ConnectorAccount account) => account.Server.Authority + " " + Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(account.Credential switch
    {
        Credential.AccessToken bearer => bearer.Token,
        Credential.SignedRequests signed => signed.Token,
        _ => "",
    })));
}
