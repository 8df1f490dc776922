using System.Net;
using System.Text.Json;
using Coordination.Connectors.Http;
using Coordination.Domain.Posts;

namespace Coordination.Connectors.Mastodon;

/// <summary>Mastodon's client API (docs.joinmastodon.org/methods/statuses), and the sandbox's.</summary>
/// <remarks>
/// A repeated publish is recognised by its <c>Idempotency-Key</c> for an hour. No request asks "is there a status with this key": so a find
/// reads the account's own recent statuses and compares texts and times, and can miss a post that a person has edited since.
/// </remarks>
internal sealed class MastodonConnector(PlatformHttp http, ConnectorOptions options, TimeProvider time) : IPlatformConnector
{
    private readonly MastodonReader _reader = new(http);
    private readonly MastodonMedia _media = new(http, time);

    public ConnectorCapabilities Capabilities { get; } = new(
        IdempotencyKeyLifetime: TimeSpan.FromHours(1),
        CanRemove: true,
        CanEdit: true,
        CanReadAccountCounters: true,
        CanReadPostCounters: true,
        CanReadRecent: true,
        FindsByKeyExactly: false,
        CannotDo:
        [
            "It cannot be asked for a post by our key: a post is found again by its text and time.",
            "It says nothing of how often a post was seen.",
            "It lets an account remove at most 30 posts in half an hour.",
        ]);

    public async Task<PrepareResult> PrepareAsync(ConnectorAccount account, PrepareRequest request, CancellationToken cancellationToken) =>
        request.Images.Count == 0 ? new PrepareResult.Ready(null)
        : Problem(account) is { } reason ? new PrepareResult.NotReady($"{account.Key}: {reason}", NeedsAttention: true)
        : await _media.UploadAsync(account, request.Images, cancellationToken);

    public async Task<PublishResult> PublishAsync(ConnectorAccount account, PublishRequest request, CancellationToken cancellationToken)
    {
        if (Problem(account) is { } reason)
        {
            return new PublishResult.NotSent($"{account.Key}: {reason}", NeedsAttention: true, Cause: http.Unsafe(account.Server) is null ? FailureCause.SignIn : FailureCause.Settings);
        }

        using var pass = new OutboundPass(request, options.AnswerTimeout, time, cancellationToken);
        var body = JsonSerializer.SerializeToUtf8Bytes(new NewStatusJson(request.Text, "public", "en", request.Attachment?.Split(','), request.Thread?.Before), MastodonJson.Default.NewStatusJson);
        using var message = MastodonReader.Message(HttpMethod.Post, account, "api/v1/statuses");
        message.Headers.Add("Idempotency-Key", request.Key.ToString());
        message.Content = new OutboundContent(body, "application/json", pass);
        var exchange = await http.PublishAsync(message, pass);
        if (exchange is Exchange.Answered { IsSuccess: true } success
            && MastodonReader.Post(JsonBody.Parse(success.Body, MastodonJson.Default.StatusJson)) is { } post)
        {
            return new PublishResult.Published(post.RemoteId, post.Url, post.At) { NoMoreFor = success.RetryAfter };
        }

        var error = exchange is Exchange.Answered answered ? JsonBody.Parse(answered.Body, MastodonJson.Default.ErrorJson)?.Error : null;
        return Verdict.OfPublish(account, exchange, JsonBody.Words(error));
    }

    public async Task<PublishResult> EditAsync(ConnectorAccount account, PublishRequest request, string remoteId, CancellationToken cancellationToken)
    {
        if (Problem(account) is { } reason)
        {
            return new PublishResult.NotSent($"{account.Key}: {reason}", NeedsAttention: true, Cause: http.Unsafe(account.Server) is null ? FailureCause.SignIn : FailureCause.Settings);
        }

        // A change without its images would take them off, so they are named again, as they are.
        var (status, trouble) = await _reader.StatusAsync(account, remoteId, cancellationToken);
        if (status is null)
        {
            return trouble is null ? Vanished(account) : new PublishResult.NotSent(trouble.Reason, trouble.RetryAfter, trouble.NeedsAttention, trouble.NeedsAttention ? FailureCause.SignIn : FailureCause.Unreachable);
        }

        using var pass = new OutboundPass(request, options.AnswerTimeout, time, cancellationToken);
        var media = status.MediaAttachments?.Select(m => m?.Id).OfType<string>().ToArray();
        var body = JsonSerializer.SerializeToUtf8Bytes(new EditedStatusJson(request.Text, status.Language ?? "en", media is { Length: > 0 } ? media : null), MastodonJson.Default.EditedStatusJson);
        using var message = MastodonReader.Message(HttpMethod.Put, account, $"api/v1/statuses/{Uri.EscapeDataString(remoteId)}");

        // No server heeds it for a change; it tells whoever reads a server's log which wish this was.
        message.Headers.Add("Idempotency-Key", request.Key.ToString());
        message.Content = new OutboundContent(body, "application/json", pass);
        var exchange = await http.PublishAsync(message, pass);
        if (exchange is Exchange.Answered { IsSuccess: true } success
            && JsonBody.Parse(success.Body, MastodonJson.Default.StatusJson) is { } changed && MastodonReader.Post(changed) is { } post)
        {
            return new PublishResult.Published(post.RemoteId, post.Url, changed.EditedAt ?? time.GetUtcNow()) { NoMoreFor = success.RetryAfter };
        }

        if (exchange is Exchange.Answered { Status: HttpStatusCode.NotFound or HttpStatusCode.Gone })
        {
            return Vanished(account);
        }

        var error = exchange is Exchange.Answered answered ? JsonBody.Parse(answered.Body, MastodonJson.Default.ErrorJson)?.Error : null;
        return Verdict.OfPublish(account, exchange, JsonBody.Words(error));
    }

    public async Task<FindResult> FindByKeyAsync(ConnectorAccount account, FindRequest request, CancellationToken cancellationToken)
    {
        if (Problem(account) is { } reason)
        {
            return new FindResult.CouldNotAsk($"{account.Key}: {reason}", NeedsAttention: true);
        }

        if (request.Edits is { } changed)
        {
            return await FindEditAsync(account, changed, request.Text, cancellationToken);
        }

        var since = request.AttemptedAt - options.ClockTolerance;
        var (page, trouble) = await _reader.RecentAsync(account, since, cancellationToken);
        if (page is null)
        {
            return trouble!.AsFind();
        }

        // Oldest first: of several posts of the same words the first one is ours, a later one is somebody's repeat.
        foreach (var status in page.Statuses.Reverse())
        {
            if (request.OtherRemoteIds?.Contains(status.Id!, StringComparer.Ordinal) != true
                && StatusText.Same(request.Text, status.Content ?? "")
                && MastodonReader.Post(status) is { } post)
            {
                return new FindResult.Found(post.RemoteId, post.Url, post.At);
            }
        }

        return page.Complete
            ? new FindResult.NotFound()
            : new FindResult.CouldNotAsk($"{account.Key}: {account.Server.Authority} shows more new posts than can be looked through.", NeedsAttention: true);
    }

    public async Task<RemoveResult> RemoveAsync(ConnectorAccount account, string remoteId, CancellationToken cancellationToken)
    {
        if (Problem(account) is { } reason)
        {
            return new RemoveResult.Refused($"{account.Key}: {reason}", NeedsAttention: true);
        }

        using var message = MastodonReader.Message(HttpMethod.Delete, account, $"api/v1/statuses/{Uri.EscapeDataString(remoteId)}");
        return await http.SendFreeAsync(message, PassFree.Removal, cancellationToken) switch
        {
            Exchange.Answered { IsSuccess: true } => new RemoveResult.Removed(),
            Exchange.Answered { Status: HttpStatusCode.NotFound or HttpStatusCode.Gone } => new RemoveResult.AlreadyGone(),
            var exchange => Verdict.OfRemoval(account, exchange),
        };
    }

    public async Task<SignInResult> CheckSignInAsync(ConnectorAccount account, CancellationToken cancellationToken)
    {
        if (Problem(account) is { } reason)
        {
            return new SignInResult.Refused($"{account.Key}: {reason}");
        }

        var (own, trouble) = await _reader.OwnAsync(account, cancellationToken);

        // A token that may publish and not read is turned away here, and works all the same.
        return own is not null || trouble?.Says?.Contains("authorized scopes", StringComparison.Ordinal) == true
            ? new SignInResult.Works(await _reader.ExpiryAsync(account, time.GetUtcNow(), cancellationToken))
            : trouble!.NeedsAttention ? new SignInResult.Refused(trouble.Reason) : new SignInResult.Unavailable(trouble.Reason, trouble.RetryAfter);
    }

    public async Task<ReadResult<AccountCounters>> ReadAccountCountersAsync(ConnectorAccount account, CancellationToken cancellationToken)
    {
        if (Problem(account) is { } reason)
        {
            return new Trouble($"{account.Key}: {reason}", NeedsAttention: true).As<AccountCounters>();
        }

        var (own, trouble) = await _reader.OwnAsync(account, cancellationToken);
        return own is null
            ? trouble!.As<AccountCounters>()
            : new ReadResult<AccountCounters>.Ok(new AccountCounters(own.FollowersCount, own.FollowingCount, own.StatusesCount));
    }

    public async Task<ReadResult<PostCounters>> ReadPostCountersAsync(ConnectorAccount account, string remoteId, CancellationToken cancellationToken)
    {
        if (Problem(account) is { } reason)
        {
            return new Trouble($"{account.Key}: {reason}", NeedsAttention: true).As<PostCounters>();
        }

        using var message = MastodonReader.Message(HttpMethod.Get, account, $"api/v1/statuses/{Uri.EscapeDataString(remoteId)}");
        var exchange = await http.ReadAsync(message, cancellationToken);
        return exchange is Exchange.Answered { IsSuccess: true } answered
            && JsonBody.Parse(answered.Body, MastodonJson.Default.StatusJson) is { Id: not null } status
            ? new ReadResult<PostCounters>.Ok(new PostCounters(status.FavouritesCount, status.ReblogsCount, status.RepliesCount, status.QuotesCount))
            : Verdict.OfOther(account, exchange).As<PostCounters>();
    }

    public async Task<ReadResult<RecentPosts>> ReadRecentPostsAsync(ConnectorAccount account, DateTimeOffset since, CancellationToken cancellationToken)
    {
        if (Problem(account) is { } reason)
        {
            return new Trouble($"{account.Key}: {reason}", NeedsAttention: true).As<RecentPosts>();
        }

        var (page, trouble) = await _reader.RecentAsync(account, since, cancellationToken);
        if (page is null)
        {
            return trouble!.As<RecentPosts>();
        }

        // An account is shown its private messages among its statuses; nobody but the two of them sees those.
        var posts = page.Statuses.Where(s => s.Visibility is not "direct").Select(MastodonReader.Post).OfType<RemotePost>().ToList();
        return new ReadResult<RecentPosts>.Ok(new RecentPosts(posts, page.Complete));
    }

    // What it reads now tells whether the change arrived: one is under way at a time.
    private async Task<FindResult> FindEditAsync(ConnectorAccount account, string remoteId, string text, CancellationToken cancellationToken)
    {
        var (status, trouble) = await _reader.StatusAsync(account, remoteId, cancellationToken);
        return status is null
            ? trouble is null ? new FindResult.NotFound() : trouble.AsFind()
            : status.EditedAt is { } at && StatusText.Same(text, status.Content ?? "") && MastodonReader.Post(status) is { } post
                ? new FindResult.Found(post.RemoteId, post.Url, at)
                : new FindResult.NotFound();
    }

    private static PublishResult.Rejected Vanished(ConnectorAccount account) =>
        new($"{account.Key}: {account.Server.Authority} does not have the post any more that was to be changed.");

    /// <summary>Why nothing can be asked of this account's server as it is set up; null when it can.</summary>
    private string? Problem(ConnectorAccount account) => http.Unsafe(account.Server)
        ?? (account.Credential is Credential.AccessToken { Token: { Length: > 0 } token } && token.All(c => c is > ' ' and <= '~')
            ? null
            : "no usable access token is set up for it. Connect the account again.");
}
