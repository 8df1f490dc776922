using System.Globalization;
using System.Net;
using Coordination.Connectors.Http;

namespace Coordination.Connectors.Bluesky;

/// <summary>Reads an account's records. Repositories are public, so no session is sent.</summary>
internal sealed class BlueskyReader(PlatformHttp http)
{
    private const int PageSize = 100;
    private const int MaxPages = 10;

    /// <summary>A record's key tells when its post was planned, and no post is planned more than a year ahead: older keys hold no newer posts.</summary>
    private static readonly TimeSpan LongestPlan = TimeSpan.FromDays(400);

    /// <summary>Where people see a record.</summary>
    public static Uri? PageOf(string atUri)
    {
        var parts = atUri.Split('/');
        return parts is ["at:", "", var did, BlueskyConnector.Collection, { Length: > 0 } key]
            ? new Uri($"https://bsky.app/profile/{did}/post/{key}")
            : null;
    }

    /// <summary>Reads one record.</summary>
    /// <returns>The post; or that there is none (<c>Exists</c> false); or why nobody knows.</returns>
    public async Task<(RemotePost? Post, bool? Exists, Trouble? Trouble)> OneAsync(
        ConnectorAccount account, string did, string recordKey, CancellationToken cancellationToken)
    {
        using var message = Xrpc.Get(account, "com.atproto.repo.getRecord", ("repo", did), ("collection", BlueskyConnector.Collection), ("rkey", recordKey));
        var exchange = await http.ReadAsync(message, cancellationToken);
        if (exchange is Exchange.Answered { IsSuccess: true } answered && Post(JsonBody.Parse(answered.Body, BlueskyJson.Default.RecordJson)) is { } post)
        {
            return (post, true, null);
        }

        return Xrpc.Error(exchange)?.Error is "RecordNotFound" && exchange is Exchange.Answered { Status: HttpStatusCode.BadRequest or HttpStatusCode.NotFound }
            ? (null, false, null)
            : (null, null, Verdict.OfOther(account, exchange));
    }

    /// <summary>Reads what a part of a thread has to name: the first record and the one before it, each in its present version.</summary>
    public async Task<PrepareResult> ReplyAsync(ConnectorAccount account, ThreadPlace thread, CancellationToken cancellationToken)
    {
        var (first, trouble) = await VersionAsync(account, thread.First, cancellationToken);
        if (first is null)
        {
            return trouble!;
        }

        var before = first;
        if (!string.Equals(thread.First, thread.Before, StringComparison.Ordinal))
        {
            (before, trouble) = await VersionAsync(account, thread.Before, cancellationToken);
        }

        return before is null ? trouble! : new PrepareResult.Ready(BlueskyAttachment.OfReply((thread.First, first), (thread.Before, before)));
    }

    private async Task<(string? Cid, PrepareResult? Trouble)> VersionAsync(ConnectorAccount account, string uri, CancellationToken cancellationToken)
    {
        if (uri.Split('/') is not ["at:", "", var did, BlueskyConnector.Collection, { Length: > 0 } key])
        {
            return (null, new PrepareResult.Refused($"{account.Key}: the part of the thread before this one has no address at Bluesky, so this one cannot answer it."));
        }

        using var message = Xrpc.Get(account, "com.atproto.repo.getRecord", ("repo", did), ("collection", BlueskyConnector.Collection), ("rkey", key));
        var exchange = await http.ReadAsync(message, cancellationToken);
        if (exchange is Exchange.Answered { IsSuccess: true } answered && JsonBody.Parse(answered.Body, BlueskyJson.Default.RecordJson)?.Cid is { Length: > 0 } cid)
        {
            return (cid, null);
        }

        return Xrpc.Error(exchange)?.Error is "RecordNotFound"
            ? (null, new PrepareResult.Refused($"{account.Key}: the part of the thread before this one is not on Bluesky any more, so this one cannot answer it."))
            : (null, Verdict.OfOther(account, exchange).AsPrepare());
    }

    /// <summary>Reads the posts whose own time is not before an instant.</summary>
    public async Task<ReadResult<RecentPosts>> RecentAsync(ConnectorAccount account, string did, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var posts = new List<RemotePost>();
        string? cursor = null;
        for (var page = 0; page < MaxPages; page++)
        {
            (string, string)[] first =
                [("repo", did), ("collection", BlueskyConnector.Collection), ("limit", PageSize.ToString(CultureInfo.InvariantCulture))];
            using var message = Xrpc.Get(account, "com.atproto.repo.listRecords", cursor is null ? first : [.. first, ("cursor", cursor)]);
            var exchange = await http.ReadAsync(message, cancellationToken);
            if (exchange is not Exchange.Answered { IsSuccess: true } answered
                || JsonBody.Parse(answered.Body, BlueskyJson.Default.RecordPageJson) is not { Records: { } records } read)
            {
                return Verdict.OfOther(account, exchange).As<RecentPosts>();
            }

            posts.AddRange(records.Select(Post).OfType<RemotePost>().Where(p => p.At >= since));
            var oldest = records.Count == 0 ? null : records[^1]?.Uri;
            if (records.Count == 0 || string.IsNullOrEmpty(read.Cursor)
                || (oldest is not null && RecordKey.TimeOf(oldest[(oldest.LastIndexOf('/') + 1)..]) is { } planned && planned < since - LongestPlan))
            {
                return Newest(posts, complete: true);
            }

            cursor = read.Cursor;
        }

        return Newest(posts, complete: false);
    }

    private static ReadResult<RecentPosts> Newest(List<RemotePost> posts, bool complete) =>
        new ReadResult<RecentPosts>.Ok(new RecentPosts([.. posts.OrderByDescending(p => p.At)], complete));

    private static RemotePost? Post(RecordJson? record) =>
        record is { Uri: { } uri, Value: { CreatedAt: { } at } value } && PageOf(uri) is { } page
            ? new RemotePost(uri, page, at, value.Text ?? "")
            : null;
}
