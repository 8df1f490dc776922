using System.Net;
using System.Text.Json;
using Coordination.Connectors.Http;
using Coordination.Domain.Posts;

namespace Coordination.Connectors.X;

/// <summary>X's API v2 (docs.x.com): images in pieces, then one call that posts.</summary>
/// <remarks>
/// It knows no key of ours: what is not known is looked for among the account's own recent posts, by words and time, and what is not found there
/// waits for a person. Scopes that the sign-in needs: tweet.read, tweet.write, users.read, media.write.
/// </remarks>
internal sealed class XConnector : IPlatformConnector
{
    private readonly PlatformHttp _http;
    private readonly ConnectorOptions _options;
    private readonly TimeProvider _time;
    private readonly XRequests _requests;
    private readonly XReader _reader;
    private readonly XMedia _media;

    public XConnector(PlatformHttp http, ConnectorOptions options, TimeProvider time)
    {
        (_http, _options, _time, _requests) = (http, options, time, new XRequests(time));
        (_reader, _media) = (new XReader(http, _requests), new XMedia(http, options, time, _requests));
    }

    public ConnectorCapabilities Capabilities { get; } = new(
        IdempotencyKeyLifetime: null,
        CanRemove: true,
        CanEdit: false,
        CanReadAccountCounters: true,
        CanReadPostCounters: true,
        CanReadRecent: true,
        FindsByKeyExactly: false,
        CannotDo:
        [
            "It cannot be asked for a post by our key: a post is found again by its text and time, and what is not found waits for a person.",
            "A post that is out cannot be changed.",
            "It does not say when a sign-in ends. Set ExpiresAt in the configuration where it does.",
            "It is paid for each post that is written or read.",
        ]);

    public async Task<PrepareResult> PrepareAsync(ConnectorAccount account, PrepareRequest request, CancellationToken cancellationToken) =>
        request.Images.Count == 0 ? new PrepareResult.Ready(null)
        : Problem(account) is { } reason ? new PrepareResult.NotReady($"{account.Key}: {reason}", NeedsAttention: true)
        : await _media.UploadAsync(account, request, cancellationToken);

    public async Task<PublishResult> PublishAsync(ConnectorAccount account, PublishRequest request, CancellationToken cancellationToken)
    {
        if (Problem(account) is { } reason)
        {
            return new PublishResult.NotSent($"{account.Key}: {reason}", NeedsAttention: true, Cause: _http.Unsafe(account.Server) is null ? FailureCause.SignIn : FailureCause.Settings);
        }

        using var pass = new OutboundPass(request, _options.AnswerTimeout, _time, cancellationToken);
        var body = JsonSerializer.SerializeToUtf8Bytes(
            new XNewPostJson(
                request.Text,
                request.Attachment is { } images ? new XMediaIdsJson(images.Split(',')) : null,
                request.Thread is { } thread ? new XReplyJson(thread.Before) : null),
            XJson.Default.XNewPostJson);
        using var message = _requests.Message(HttpMethod.Post, account, "2/tweets");
        message.Content = new OutboundContent(body, "application/json", pass);
        var exchange = await _http.PublishAsync(message, pass);
        return XRequests.Data(exchange, XJson.Default.XAnswerJsonXPostJson) is { Id: { } id } && XRequests.IsId(id)
            ? new PublishResult.Published(id, UrlOf(account, id), _time.GetUtcNow()) { NoMoreFor = ((Exchange.Answered)exchange).RetryAfter }
            : Verdict.OfPublish(account, XRequests.AsHttp(exchange), XRequests.Words(exchange));
    }

    public Task<PublishResult> EditAsync(ConnectorAccount account, PublishRequest request, string remoteId, CancellationToken cancellationToken) =>
        Task.FromResult<PublishResult>(new PublishResult.Rejected($"{account.Key}: {account.Server.Authority} lets no program change a post that is out. Nothing was sent. Write a correction."));

    public async Task<FindResult> FindByKeyAsync(ConnectorAccount account, FindRequest request, CancellationToken cancellationToken)
    {
        if (Problem(account) is { } reason)
        {
            return new FindResult.CouldNotAsk($"{account.Key}: {reason}", NeedsAttention: true);
        }

        var (page, trouble) = await _reader.RecentAsync(account, request.AttemptedAt - _options.ClockTolerance, cancellationToken);
        if (page is null)
        {
            return trouble!.AsFind();
        }

        // Oldest first: of several posts of the same words the first one is ours, a later one is somebody's repeat.
        var post = page.Posts.Reverse().FirstOrDefault(p => request.OtherRemoteIds?.Contains(p.Id!, StringComparer.Ordinal) != true && XPostText.Same(request.Text, p));
        return post is not null ? new FindResult.Found(post.Id!, UrlOf(account, post.Id!), post.CreatedAt!.Value)
            : page.Complete ? new FindResult.NotFound()
            : new FindResult.CouldNotAsk($"{account.Key}: {account.Server.Authority} shows more new posts than can be looked through.", NeedsAttention: true);
    }

    public async Task<RemoveResult> RemoveAsync(ConnectorAccount account, string remoteId, CancellationToken cancellationToken)
    {
        if (Problem(account) is { } reason)
        {
            return new RemoveResult.Refused($"{account.Key}: {reason}", NeedsAttention: true);
        }

        using var message = _requests.Message(HttpMethod.Delete, account, $"2/tweets/{Uri.EscapeDataString(remoteId)}");
        var exchange = await _http.SendFreeAsync(message, PassFree.Removal, cancellationToken);
        return exchange switch
        {
            _ when XRequests.Data(exchange, XJson.Default.XAnswerJsonXDeletedJson)?.Deleted == true => new RemoveResult.Removed(),
            Exchange.Answered { Status: HttpStatusCode.NotFound or HttpStatusCode.Gone } => new RemoveResult.AlreadyGone(),
            _ => Verdict.OfRemoval(account, XRequests.AsHttp(exchange)),
        };
    }

    public async Task<SignInResult> CheckSignInAsync(ConnectorAccount account, CancellationToken cancellationToken)
    {
        if (Problem(account) is { } reason)
        {
            return new SignInResult.Refused($"{account.Key}: {reason}");
        }

        var (own, trouble) = await _reader.OwnAsync(account, figures: false, cancellationToken);
        return own is not null ? new SignInResult.Works(ExpiresAt: null)
            : trouble!.NeedsAttention ? new SignInResult.Refused(trouble.Reason)
            : new SignInResult.Unavailable(trouble.Reason, trouble.RetryAfter);
    }

    public async Task<ReadResult<AccountCounters>> ReadAccountCountersAsync(ConnectorAccount account, CancellationToken cancellationToken)
    {
        if (Problem(account) is { } reason)
        {
            return new Trouble($"{account.Key}: {reason}", NeedsAttention: true).As<AccountCounters>();
        }

        var (own, trouble) = await _reader.OwnAsync(account, figures: true, cancellationToken);
        return own is null
            ? trouble!.As<AccountCounters>()
            : new ReadResult<AccountCounters>.Ok(new AccountCounters(own.PublicMetrics?.FollowersCount, own.PublicMetrics?.FollowingCount, own.PublicMetrics?.PostCount));
    }

    public async Task<ReadResult<PostCounters>> ReadPostCountersAsync(ConnectorAccount account, string remoteId, CancellationToken cancellationToken)
    {
        if (Problem(account) is { } reason)
        {
            return new Trouble($"{account.Key}: {reason}", NeedsAttention: true).As<PostCounters>();
        }

        var (figures, trouble) = await _reader.FiguresAsync(account, remoteId, cancellationToken);
        return figures is null
            ? trouble!.As<PostCounters>()
            : new ReadResult<PostCounters>.Ok(new PostCounters(figures.LikeCount, figures.RepostCount, figures.ReplyCount, figures.QuoteCount));
    }

    public async Task<ReadResult<RecentPosts>> ReadRecentPostsAsync(ConnectorAccount account, DateTimeOffset since, CancellationToken cancellationToken)
    {
        if (Problem(account) is { } reason)
        {
            return new Trouble($"{account.Key}: {reason}", NeedsAttention: true).As<RecentPosts>();
        }

        var (page, trouble) = await _reader.RecentAsync(account, since, cancellationToken);
        return page is null
            ? trouble!.As<RecentPosts>()
            : new ReadResult<RecentPosts>.Ok(new RecentPosts([.. page.Posts.Select(p => new RemotePost(p.Id!, UrlOf(account, p.Id!), p.CreatedAt!.Value, XPostText.Of(p)))], page.Complete));
    }

    // Its answers name no address: people read at the API's host without its "api", and at another server below where it is asked.
    private static Uri UrlOf(ConnectorAccount account, string id)
    {
        var server = account.Server.AbsoluteUri.EndsWith('/') ? account.Server : new Uri(account.Server.AbsoluteUri + "/");
        return server.Host.StartsWith("api.", StringComparison.OrdinalIgnoreCase)
            ? new Uri($"{server.Scheme}://{server.Host["api.".Length..]}/i/status/{id}")
            : new Uri(server, $"i/status/{id}");
    }

    /// <summary>Why nothing can be asked of this account's server as it is set up; null when it can.</summary>
    private string? Problem(ConnectorAccount account) => _http.Unsafe(account.Server) ?? (account.Credential switch
    {
        Credential.AccessToken { Token: { Length: > 0 } token } when token.All(c => c is > ' ' and <= '~') => null,
        Credential.SignedRequests { ConsumerKey.Length: > 0, ConsumerSecret.Length: > 0, Token.Length: > 0, TokenSecret.Length: > 0 } => null,
        _ => "no usable access token is set up for it. Connect the account again.",
    });
}
