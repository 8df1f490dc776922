using System.Net;
using System.Text;
using Coordination.Connectors.Http;
using Coordination.Domain.Posts;

namespace Coordination.Connectors.Threads;

/// <summary>Threads (developers.facebook.com/docs/threads): a container is made and kept, then it is published.</summary>
/// <remarks>
/// The platform makes one post of one container, so the container is the key: published again it is refused, and it says of itself whether its
/// post is out. Permissions that the token needs: threads_basic, threads_content_publish, threads_manage_replies, threads_read_replies, threads_delete.
/// </remarks>
internal sealed class ThreadsConnector(PlatformHttp http, ConnectorOptions options, TimeProvider time) : IPlatformConnector
{
    /// <summary>Where people read it.</summary>
    public static readonly Uri Site = new("https://www.threads.net/");

    private static readonly TimeSpan AddressPatience = TimeSpan.FromSeconds(4);
    private readonly ThreadsContainers _containers = new(http, time);
    private readonly ThreadsReader _reader = new(http);

    public ConnectorCapabilities Capabilities { get; } = new(
        IdempotencyKeyLifetime: ThreadsContainers.Life,
        CanRemove: true,
        CanEdit: false,
        CanReadAccountCounters: false,
        CanReadPostCounters: false,
        CanReadRecent: true,
        FindsByKeyExactly: true,
        CannotDo:
        [
            "Images do not go out: Threads fetches them from a public address, and this service has none.",
            "A post that is out cannot be changed.",
            "Followers, likes, reposts and replies are not read.",
            "It does not say when a sign-in ends: 60 days after it was made, unless it is renewed. Set ExpiresAt in the configuration.",
            "It lets an account remove at most 100 posts a day.",
        ]);

    public async Task<PrepareResult> PrepareAsync(ConnectorAccount account, PrepareRequest request, CancellationToken cancellationToken) =>
        Problem(account) is { } reason ? new PrepareResult.NotReady($"{account.Key}: {reason}", NeedsAttention: true)
        : request.Images.Count > 0 ? new PrepareResult.Refused($"{account.Key}: {Capabilities.CannotDo[0]}")
        : await _containers.PrepareAsync(account, request, cancellationToken);

    public async Task<PublishResult> PublishAsync(ConnectorAccount account, PublishRequest request, CancellationToken cancellationToken)
    {
        if (Problem(account) is { } reason)
        {
            return new PublishResult.NotSent($"{account.Key}: {reason}", NeedsAttention: true, Cause: http.Unsafe(account.Server) is null ? FailureCause.SignIn : FailureCause.Settings);
        }

        if (request.Attachment is not { } container || !Graph.IsId(container))
        {
            throw new ArgumentException("A post for Threads is prepared before it is published.", nameof(request));
        }

        using var pass = new OutboundPass(request, options.AnswerTimeout, time, cancellationToken);
        using var message = Graph.Message(HttpMethod.Post, account, "me/threads_publish");
        message.Content = new OutboundContent(Encoding.UTF8.GetBytes($"creation_id={container}"), "application/x-www-form-urlencoded", pass);
        var answer = await http.PublishAsync(message, pass);
        if (answer is Exchange.Answered { IsSuccess: true } success && JsonBody.Parse(success.Body, GraphJson.Default.GraphIdJson)?.Id is { } id && Graph.IsId(id))
        {
            return await PublishedAsync(account, id, cancellationToken);
        }

        return GraphError.AsHttp(answer) is Exchange.Answered { Status: HttpStatusCode.BadRequest } refused
            ? await RefusedAsync(account, request, container, answer, refused, cancellationToken)
            : Verdict.OfPublish(account, GraphError.AsHttp(answer), GraphError.Words(answer));
    }

    public Task<PublishResult> EditAsync(ConnectorAccount account, PublishRequest request, string remoteId, CancellationToken cancellationToken) =>
        Task.FromResult<PublishResult>(new PublishResult.Rejected($"{account.Key}: {account.Server.Authority} lets no program change a post that is out. Nothing was sent. Write a correction."));

    public async Task<FindResult> FindByKeyAsync(ConnectorAccount account, FindRequest request, CancellationToken cancellationToken)
    {
        if (Problem(account) is { } reason)
        {
            return new FindResult.CouldNotAsk($"{account.Key}: {reason}", NeedsAttention: true);
        }

        var kept = request.Handles is { } handles ? await handles.FindAsync(ThreadsContainers.Slot, cancellationToken) : null;
        var (state, _, trouble) = kept is null ? (ContainerState.NotThere, null, null) : await _containers.AskAsync(account, kept.Handle, cancellationToken);
        return state switch
        {
            ContainerState.NotKnown => trouble!.AsFind(),

            // It was finished before the call, so it is being published, or will be found finished again.
            ContainerState.InProgress => new FindResult.CouldNotAsk($"{account.Key}: {account.Server.Authority} is still publishing the post."),
            ContainerState.Published or ContainerState.NotThere => await FindShownAsync(
                account, request.Text, MadeAt(kept) ?? request.AttemptedAt, request.OtherRemoteIds, state == ContainerState.Published, cancellationToken),
            _ => new FindResult.NotFound(),
        };
    }

    public async Task<RemoveResult> RemoveAsync(ConnectorAccount account, string remoteId, CancellationToken cancellationToken)
    {
        if (Problem(account) is { } reason)
        {
            return new RemoveResult.Refused($"{account.Key}: {reason}", NeedsAttention: true);
        }

        using var message = Graph.Message(HttpMethod.Delete, account, Uri.EscapeDataString(remoteId));
        var exchange = await http.SendFreeAsync(message, PassFree.Removal, cancellationToken);
        return exchange switch
        {
            Exchange.Answered { IsSuccess: true } answered when JsonBody.Parse(answered.Body, GraphJson.Default.DeletedJson)?.Success == true => new RemoveResult.Removed(),
            _ when GraphError.IsNotThere(exchange) => new RemoveResult.AlreadyGone(),
            _ => Verdict.OfRemoval(account, GraphError.AsHttp(exchange)),
        };
    }

    public async Task<SignInResult> CheckSignInAsync(ConnectorAccount account, CancellationToken cancellationToken)
    {
        if (Problem(account) is { } reason)
        {
            return new SignInResult.Refused($"{account.Key}: {reason}");
        }

        using var message = Graph.Message(HttpMethod.Get, account, "me", ("fields", "id,username"));
        var exchange = GraphError.AsHttp(await http.ReadAsync(message, cancellationToken));
        if (exchange is Exchange.Answered { IsSuccess: true } answered && JsonBody.Parse(answered.Body, GraphJson.Default.GraphIdJson)?.Id is not null)
        {
            return new SignInResult.Works(ExpiresAt: null);
        }

        var trouble = Verdict.OfOther(account, exchange, GraphError.Words(exchange));
        return trouble.NeedsAttention ? new SignInResult.Refused(trouble.Reason) : new SignInResult.Unavailable(trouble.Reason, trouble.RetryAfter);
    }

    public Task<ReadResult<AccountCounters>> ReadAccountCountersAsync(ConnectorAccount account, CancellationToken cancellationToken) =>
        Task.FromResult(new Trouble($"{account.Key}: {Capabilities.CannotDo[2]}").As<AccountCounters>());

    public Task<ReadResult<PostCounters>> ReadPostCountersAsync(ConnectorAccount account, string remoteId, CancellationToken cancellationToken) =>
        Task.FromResult(new Trouble($"{account.Key}: {Capabilities.CannotDo[2]}").As<PostCounters>());

    public async Task<ReadResult<RecentPosts>> ReadRecentPostsAsync(ConnectorAccount account, DateTimeOffset since, CancellationToken cancellationToken)
    {
        if (Problem(account) is { } reason)
        {
            return new Trouble($"{account.Key}: {reason}", NeedsAttention: true).As<RecentPosts>();
        }

        var (recent, trouble) = await _reader.RecentAsync(account, since, cancellationToken);
        return recent is null ? trouble!.As<RecentPosts>() : new ReadResult<RecentPosts>.Ok(recent);
    }

    // It is out, whatever comes of asking for its address.
    private async Task<PublishResult> PublishedAsync(ConnectorAccount account, string id, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(AddressPatience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        var post = await _reader.OneAsync(account, id, either.Token);
        return new PublishResult.Published(id, post?.Url ?? new Uri(Site, "@" + account.Key.Handle), post?.At ?? time.GetUtcNow());
    }

    // The container knows more than the refusal: an earlier call may have published it after all.
    private async Task<PublishResult> RefusedAsync(
        ConnectorAccount account, PublishRequest request, string container, Exchange answer, Exchange.Answered refused, CancellationToken cancellationToken)
    {
        var (state, _, _) = await _containers.AskAsync(account, container, cancellationToken);
        var kept = request.Handles is { } handles ? await handles.FindAsync(ThreadsContainers.Slot, cancellationToken) : null;
        if (state == ContainerState.Published)
        {
            return await FindShownAsync(account, request.Text, MadeAt(kept) ?? request.CreatedAt, null, isOut: true, cancellationToken) is FindResult.Found found
                ? new PublishResult.Published(found.RemoteId, found.Url, found.At)
                : new PublishResult.Unknown($"{account.Key}: the post is out, and {account.Server.Authority} does not show which one it is yet.");
        }

        if (!GraphError.IsNotThere(answer))
        {
            return Verdict.OfPublish(account, refused, GraphError.Words(answer));
        }

        // Seen of containers that were said to be finished. Nothing comes of one that the platform does not find: the next try makes another.
        if (state != ContainerState.NotKnown && string.Equals(kept?.Handle, container, StringComparison.Ordinal))
        {
            await request.Handles!.NoteAsync(ThreadsContainers.Slot, kept! with { Spent = true }, cancellationToken);
        }

        var says = Verdict.Hidden(account, GraphError.Words(answer));
        return new PublishResult.NotSent($"{account.Key}: {account.Server.Authority} did not find what was made ready.{(says is null ? "" : $" It says: {says.TrimEnd('.')}.")}", Cause: FailureCause.Closed) { Says = says };
    }

    private async Task<FindResult> FindShownAsync(
        ConnectorAccount account, string text, DateTimeOffset since, IReadOnlyCollection<string>? others, bool isOut, CancellationToken cancellationToken)
    {
        var (recent, trouble) = await _reader.RecentAsync(account, since - options.ClockTolerance, cancellationToken);
        if (recent is null)
        {
            return trouble!.AsFind();
        }

        // Oldest first: of several posts of the same words the first one is ours, a later one is somebody's repeat.
        var shown = recent.Posts.Reverse().FirstOrDefault(
            p => others?.Contains(p.RemoteId, StringComparer.Ordinal) != true && ThreadsReader.Same(text, p.Text));
        return shown is not null ? new FindResult.Found(shown.RemoteId, shown.Url, shown.At)
            : isOut ? new FindResult.CouldNotAsk($"{account.Key}: the post is out, and {account.Server.Authority} does not show which one it is yet.")
            : recent.Complete ? new FindResult.NotFound()
            : new FindResult.CouldNotAsk($"{account.Key}: {account.Server.Authority} shows more new posts than can be looked through.", NeedsAttention: true);
    }

    // No post is older than the container that it came of.
    private static DateTimeOffset? MadeAt(PreparedHandle? kept) => kept?.ExpiresAt - ThreadsContainers.Life;

    /// <summary>Why nothing can be asked of this account's server as it is set up; null when it can.</summary>
    private string? Problem(ConnectorAccount account) => http.Unsafe(account.Server)
        ?? (account.Credential is Credential.AccessToken { Token: { Length: > 0 } token } && token.All(c => c is > ' ' and <= '~')
            ? null
            : "no usable access token is set up for it. Connect the account again.");
}
