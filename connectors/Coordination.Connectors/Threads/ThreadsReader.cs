using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Coordination.Connectors.Http;

namespace Coordination.Connectors.Threads;

/// <summary>Reads one account's own posts: those of their own, and its answers.</summary>
internal sealed partial class ThreadsReader(PlatformHttp http)
{
    private const int PageSize = 100;
    private const int MaxPages = 10;
    private const string Fields = "id,text,permalink,timestamp,media_type";

    /// <summary>Posts since an instant, newest first.</summary>
    public async Task<(RecentPosts? Recent, Trouble? Trouble)> RecentAsync(ConnectorAccount account, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var posts = new List<RemotePost>();
        var complete = true;
        foreach (var edge in new[] { "me/threads", "me/replies" })
        {
            var (read, trouble) = await EdgeAsync(account, edge, since, cancellationToken);
            if (read is null)
            {
                return (null, trouble);
            }

            posts.AddRange(read.Posts);
            complete &= read.Complete;
        }

        return (new RecentPosts([.. posts.OrderByDescending(p => p.At)], complete), null);
    }

    /// <summary>One post; null when it cannot be read now.</summary>
    public async Task<RemotePost?> OneAsync(ConnectorAccount account, string id, CancellationToken cancellationToken)
    {
        using var message = Graph.Message(HttpMethod.Get, account, id, ("fields", Fields));
        return await http.ReadAsync(message, cancellationToken) is Exchange.Answered { IsSuccess: true } answered
            ? Post(JsonBody.Parse(answered.Body, GraphJson.Default.ThreadsPostJson))
            : null;
    }

    /// <summary>Whether a post could be what this text became.</summary>
    public static bool Same(string text, string shown) => string.Equals(Comparable(text), Comparable(shown), StringComparison.Ordinal);

    private async Task<(RecentPosts? Recent, Trouble? Trouble)> EdgeAsync(ConnectorAccount account, string edge, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var posts = new List<RemotePost>();
        string? after = null;
        for (var page = 0; page < MaxPages; page++)
        {
            var from = since.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
            var limit = PageSize.ToString(CultureInfo.InvariantCulture);
            using var message = after is null
                ? Graph.Message(HttpMethod.Get, account, edge, ("fields", Fields), ("since", from), ("limit", limit))
                : Graph.Message(HttpMethod.Get, account, edge, ("fields", Fields), ("since", from), ("limit", limit), ("after", after));
            var exchange = await http.ReadAsync(message, cancellationToken);
            if (exchange is not Exchange.Answered { IsSuccess: true } answered || JsonBody.Parse(answered.Body, GraphJson.Default.ThreadsPageJson)?.Data is not { } data)
            {
                return (null, Verdict.OfOther(account, GraphError.AsHttp(exchange), GraphError.Words(exchange)));
            }

            // Somebody else's post that was passed on is no post of the account's own.
            var read = data.Where(p => p?.MediaType is not "REPOST_FACADE").Select(Post).ToList();
            if (read.Contains(null))
            {
                return (null, new Trouble($"{account.Key}: {account.Server.Authority} answered something unreadable."));
            }

            posts.AddRange(read.OfType<RemotePost>().Where(p => p.At >= since));
            after = JsonBody.Parse(answered.Body, GraphJson.Default.ThreadsPageJson)?.Paging?.Cursors?.After;
            if (data.Count < PageSize || after is null || read.Exists(p => p!.At < since))
            {
                return (new RecentPosts(posts, Complete: true), null);
            }
        }

        return (new RecentPosts(posts, Complete: false), null);
    }

    // A post that was flagged has no address of its own: then the account's page has to do.
    private static RemotePost? Post(ThreadsPostJson? read) => read is { Id: { } id } && Graph.IsId(id) && Graph.TimeOf(read.Timestamp) is { } at
        ? new RemotePost(id, read.Permalink is { IsAbsoluteUri: true } url ? url : ThreadsConnector.Site, at, read.Text ?? "")
        : null;

    private static string Comparable(string text) => Blanks().Replace(text.Normalize(NormalizationForm.FormC), " ").Trim();

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Blanks();
}
