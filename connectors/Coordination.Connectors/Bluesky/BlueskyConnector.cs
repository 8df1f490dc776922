using System.Globalization;
using System.Text.Json;
using Coordination.Connectors.Http;
using Coordination.Domain.Posts;

namespace Coordination.Connectors.Bluesky;

/// <summary>Bluesky: records in the account's repository on its personal data server (com.atproto.repo).</summary>
/// <remarks>
/// A post is a record under a key made of our own post's id, written only where no record stands: so a repeat finds the first
/// one, whenever it comes, and a find asks for exactly that record.
/// </remarks>
internal sealed class BlueskyConnector(PlatformHttp http, ConnectorOptions options, TimeProvider time) : IPlatformConnector
{
    public const string Collection = "app.bsky.feed.post";

    private readonly BlueskySessions _sessions = new(http, time);
    private readonly BlueskyReader _reader = new(http);
    private readonly BlueskyImages _images = new(http);

    public ConnectorCapabilities Capabilities { get; } = new(
        IdempotencyKeyLifetime: TimeSpan.MaxValue,
        CanRemove: true,
        CanEdit: false,
        CanReadAccountCounters: false,
        CanReadPostCounters: false,
        CanReadRecent: true,
        FindsByKeyExactly: true,
        CannotDo:
        [
            "Followers, likes, reposts and replies are not read: the data server keeps none.",
            "A post that is out cannot be changed: what is written over a record is not shown.",
            "A removed post may stay in other services' copies of the network.",
        ]);

    public async Task<PrepareResult> PrepareAsync(ConnectorAccount account, PrepareRequest request, CancellationToken cancellationToken)
    {
        var images = request.Images;
        if (request.Thread is { } thread)
        {
            return images.Count == 0 ? await _reader.ReplyAsync(account, thread, cancellationToken) : throw new ArgumentException("Only a thread's first part shows images.", nameof(request));
        }

        if (images.Count == 0)
        {
            return new PrepareResult.Ready(null);
        }

        var (session, trouble) = await _sessions.GetAsync(account, cancellationToken);
        if (session is null)
        {
            return new PrepareResult.NotReady(trouble!.Trouble.Reason, trouble.Trouble.RetryAfter, trouble.Refused || trouble.Trouble.NeedsAttention);
        }

        var (result, failed) = await _images.UploadAsync(account, session, images, cancellationToken);
        if (failed is not null && Xrpc.SessionEnded(failed))
        {
            // The next try signs in anew.
            _sessions.Forget(account, session);
        }

        return result;
    }

    public async Task<PublishResult> PublishAsync(ConnectorAccount account, PublishRequest request, CancellationToken cancellationToken)
    {
        using var signingIn = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, request.Withdrawn);
        var (session, trouble) = await _sessions.GetAsync(account, signingIn.Token);
        if (session is null)
        {
            return NotSignedIn(account, request, trouble!);
        }

        var exchange = await PutAsync(account, session, request, cancellationToken);
        if (Xrpc.SessionEnded(exchange))
        {
            // The server turned the request away at its door, so nothing was written: one more try with a new session is no repeat.
            _sessions.Forget(account, session);
            (session, trouble) = await _sessions.GetAsync(account, signingIn.Token);
            if (session is null)
            {
                return NotSignedIn(account, request, trouble!);
            }

            exchange = await PutAsync(account, session, request, cancellationToken);
        }

        return await JudgeAsync(account, session, request, exchange, cancellationToken);
    }

    public async Task<FindResult> FindByKeyAsync(ConnectorAccount account, FindRequest request, CancellationToken cancellationToken)
    {
        var (session, trouble) = await _sessions.GetAsync(account, cancellationToken);
        if (session is null)
        {
            return trouble!.Trouble.AsFind();
        }

        var (post, found, why) = await _reader.OneAsync(account, session.Did, RecordKey.Of(request.Key), cancellationToken);
        return post is not null ? new FindResult.Found(post.RemoteId, post.Url, post.At)
            : found is false ? new FindResult.NotFound()
            : why!.AsFind();
    }

    public Task<PublishResult> EditAsync(ConnectorAccount account, PublishRequest request, string remoteId, CancellationToken cancellationToken) =>
        Task.FromResult<PublishResult>(new PublishResult.Rejected($"{account.Key}: {account.Server.Authority} lets no program change a post that is out. Nothing was sent. Write a correction."));

    public async Task<RemoveResult> RemoveAsync(ConnectorAccount account, string remoteId, CancellationToken cancellationToken)
    {
        var (session, trouble) = await _sessions.GetAsync(account, cancellationToken);
        if (session is null)
        {
            return new RemoveResult.Refused($"{trouble!.Trouble.Reason} The post still stands.", trouble.Trouble.RetryAfter, trouble.Trouble.NeedsAttention);
        }

        var prefix = $"at://{session.Did}/{Collection}/";
        if (!remoteId.StartsWith(prefix, StringComparison.Ordinal))
        {
            return new RemoveResult.Refused($"{account.Key}: that post belongs to another account.", NeedsAttention: true);
        }

        var exchange = await DeleteAsync(account, session, remoteId[prefix.Length..], cancellationToken);
        if (Xrpc.SessionEnded(exchange))
        {
            _sessions.Forget(account, session);
            (session, trouble) = await _sessions.GetAsync(account, cancellationToken);
            if (session is null)
            {
                return new RemoveResult.Refused($"{trouble!.Trouble.Reason} The post still stands.", trouble.Trouble.RetryAfter, trouble.Trouble.NeedsAttention);
            }

            exchange = await DeleteAsync(account, session, remoteId[prefix.Length..], cancellationToken);
        }

        if (exchange is not Exchange.Answered { IsSuccess: true } answered)
        {
            return Verdict.OfRemoval(account, exchange);
        }

        // Only a deletion that changed something makes a commit.
        return JsonBody.Parse(answered.Body, BlueskyJson.Default.DeleteResultJson)?.Commit is null
            ? new RemoveResult.AlreadyGone()
            : new RemoveResult.Removed();
    }

    // A session goes on for hours after its app password was taken away: only a new sign-in tells.
    public async Task<SignInResult> CheckSignInAsync(ConnectorAccount account, CancellationToken cancellationToken)
    {
        var (session, trouble) = await _sessions.RenewAsync(account, cancellationToken);
        return session is not null ? new SignInResult.Works(ExpiresAt: null)
            : trouble!.Refused || trouble.Trouble.NeedsAttention ? new SignInResult.Refused(trouble.Trouble.Reason)
            : new SignInResult.Unavailable(trouble.Trouble.Reason, trouble.Trouble.RetryAfter);
    }

    public Task<ReadResult<AccountCounters>> ReadAccountCountersAsync(ConnectorAccount account, CancellationToken cancellationToken) =>
        Task.FromResult(new Trouble($"{account.Key}: {Capabilities.CannotDo[0]}").As<AccountCounters>());

    public Task<ReadResult<PostCounters>> ReadPostCountersAsync(ConnectorAccount account, string remoteId, CancellationToken cancellationToken) =>
        Task.FromResult(new Trouble($"{account.Key}: {Capabilities.CannotDo[0]}").As<PostCounters>());

    public async Task<ReadResult<RecentPosts>> ReadRecentPostsAsync(ConnectorAccount account, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var (session, trouble) = await _sessions.GetAsync(account, cancellationToken);
        return session is null
            ? trouble!.Trouble.As<RecentPosts>()
            : await _reader.RecentAsync(account, session.Did, since, cancellationToken);
    }

    private static PublishResult NotSignedIn(ConnectorAccount account, PublishRequest request, SignInTrouble trouble) => trouble switch
    {
        { Refused: true } => new PublishResult.Unauthorised(trouble.Trouble.Reason) { Says = trouble.Trouble.Says },
        _ when request.Withdrawn.IsCancellationRequested => new PublishResult.NotSent(
            $"{account.Key}: nothing was sent to {account.Server.Authority}: the permit was withdrawn while it signed in."),
        { Trouble: var why } => new PublishResult.NotSent(why.Reason, why.RetryAfter, why.NeedsAttention, CauseOf(why)) { Says = why.Says },
    };

    private static FailureCause CauseOf(Trouble trouble) =>
        trouble.NeedsAttention ? FailureCause.SignIn : trouble.RetryAfter is null ? FailureCause.Unreachable : FailureCause.RateLimit;

    private async Task<Exchange> PutAsync(ConnectorAccount account, BlueskySession session, PublishRequest request, CancellationToken cancellationToken)
    {
        using var pass = new OutboundPass(request, options.AnswerTimeout, time, cancellationToken);
        var created = request.CreatedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        var record = new PostRecordJson(request.Text, created, ["en"], Facets.Of(request.Text), BlueskyAttachment.Embed(request.Attachment), BlueskyAttachment.Reply(request.Attachment));
        var body = JsonSerializer.SerializeToUtf8Bytes(
            new PutRecordJson(session.Did, Collection, RecordKey.Of(request.Key), record), BlueskyJson.Default.PutRecordJson);
        using var message = Xrpc.Message(HttpMethod.Post, account, "com.atproto.repo.putRecord", session.Token);
        message.Content = new OutboundContent(body, "application/json", pass);
        return await http.PublishAsync(message, pass);
    }

    private async Task<PublishResult> JudgeAsync(
        ConnectorAccount account, BlueskySession session, PublishRequest request, Exchange exchange, CancellationToken cancellationToken)
    {
        if (exchange is Exchange.Answered { IsSuccess: true } answered
            && JsonBody.Parse(answered.Body, BlueskyJson.Default.PutResultJson) is { Uri: { } uri } && BlueskyReader.PageOf(uri) is { } page)
        {
            return new PublishResult.Published(uri, page, request.CreatedAt) { NoMoreFor = answered.RetryAfter };
        }

        var error = Xrpc.Error(exchange);
        if (error?.Error is "InvalidSwap")
        {
            var (post, _, why) = await _reader.OneAsync(account, session.Did, RecordKey.Of(request.Key), cancellationToken);
            return post is null
                ? new PublishResult.Unknown($"{why?.Reason ?? $"{account.Key}: the post stood there a moment ago and is gone."} It may have gone out before; look before sending it again.")
                : string.Equals(post.Text, request.Text, StringComparison.Ordinal)
                    ? new PublishResult.Published(post.RemoteId, post.Url, post.At)
                    : new PublishResult.Rejected($"{account.Key}: another text already stands under this post's key, so this one was not written over it. See {post.Url}.");
        }

        return error?.Error is "InvalidToken" or "ExpiredToken" or "AccountTakedown" or "AccountDeactivated"
            ? new PublishResult.Unauthorised($"{account.Key}: {account.Server.Authority} did not accept the account's sign-in. Connect the account again.") { Says = Verdict.Hidden(account, JsonBody.Words(error.Message ?? error.Error)) }
            : Verdict.OfPublish(account, exchange, JsonBody.Words(error?.Message ?? error?.Error));
    }

    private async Task<Exchange> DeleteAsync(ConnectorAccount account, BlueskySession session, string recordKey, CancellationToken cancellationToken)
    {
        using var message = Xrpc.Post(
            account, "com.atproto.repo.deleteRecord", new DeleteRecordJson(session.Did, Collection, recordKey), BlueskyJson.Default.DeleteRecordJson, session.Token);
        return await http.SendFreeAsync(message, PassFree.Removal, cancellationToken);
    }
}
