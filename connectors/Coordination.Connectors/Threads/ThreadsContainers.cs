using System.Net;
using System.Security.Cryptography;
using System.Text;
using Coordination.Connectors.Http;
using Coordination.Domain.Posts;

namespace Coordination.Connectors.Threads;

/// <summary>Where a container stands (developers.facebook.com/docs/threads/troubleshooting).</summary>
internal enum ContainerState
{
    /// <summary>It could not be asked.</summary>
    NotKnown,

    /// <summary>It is being worked on.</summary>
    InProgress,

    /// <summary>It can be published.</summary>
    Finished,

    /// <summary>Its post is out.</summary>
    Published,

    /// <summary>It was not published within 24 hours, and never will be.</summary>
    Expired,

    /// <summary>It failed, and never can be published.</summary>
    Failed,

    /// <summary>The platform knows of none.</summary>
    NotThere,
}

/// <summary>Makes the container of a post, keeps it before anything else is done, and asks where it stands.</summary>
internal sealed class ThreadsContainers(PlatformHttp http, TimeProvider time)
{
    /// <summary>The one container of a part.</summary>
    public const string Slot = "container";

    /// <summary>How long one can be published.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromHours(24);

    private const int MostAsks = 5;
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan AfterQuota = TimeSpan.FromMinutes(15);

    /// <summary>Finds the part's container, or makes one where none could still be published.</summary>
    public async Task<PrepareResult> PrepareAsync(ConnectorAccount account, PrepareRequest request, CancellationToken cancellationToken)
    {
        var content = ContentOf(request);
        var kept = await request.Handles.FindAsync(Slot, cancellationToken);
        if (kept is not null && string.Equals(kept.Content, content, StringComparison.Ordinal)
            && await UseAsync(account, kept, fresh: false, cancellationToken) is { } usable)
        {
            return usable;
        }

        if (request.Again)
        {
            // What was published, if anything was, came of a container that is not there any more: a new one could make a second post.
            return new PrepareResult.Refused($"{account.Key}: the container that was to be published is not at hand any more, so nothing more was sent.", FailureCause.Unreachable);
        }

        return await QuotaAsync(account, request.Thread is not null, cancellationToken) ?? await MakeAsync(account, request, content, kept, cancellationToken);
    }

    /// <summary>Asks where a container stands.</summary>
    public async Task<(ContainerState State, string? Words, Trouble? Trouble)> AskAsync(ConnectorAccount account, string container, CancellationToken cancellationToken)
    {
        using var message = Graph.Message(HttpMethod.Get, account, container, ("fields", "id,status,error_message"));
        var exchange = await http.ReadAsync(message, cancellationToken);
        if (exchange is Exchange.Answered { IsSuccess: true } answered && JsonBody.Parse(answered.Body, GraphJson.Default.ContainerJson) is { } read)
        {
            var state = read.Status switch
            {
                "IN_PROGRESS" => ContainerState.InProgress,
                "FINISHED" => ContainerState.Finished,
                "PUBLISHED" => ContainerState.Published,
                "EXPIRED" => ContainerState.Expired,
                "ERROR" => ContainerState.Failed,
                _ => ContainerState.NotKnown,
            };
            return (state, JsonBody.Words(read.ErrorMessage), state == ContainerState.NotKnown ? Verdict.OfOther(account, exchange) : null);
        }

        return GraphError.IsNoObject(exchange)
            ? (ContainerState.NotThere, null, null)
            : (ContainerState.NotKnown, null, Verdict.OfOther(account, GraphError.AsHttp(exchange), GraphError.Words(exchange)));
    }

    // Null where it can never be published any more, and another may take its place. A fresh one may not be known everywhere at the platform yet.
    private async Task<PrepareResult?> UseAsync(ConnectorAccount account, PreparedHandle kept, bool fresh, CancellationToken cancellationToken)
    {
        var wait = FirstWait;
        for (var ask = 0; ; ask++, wait *= 2)
        {
            var (state, words, trouble) = await AskAsync(account, kept.Handle, cancellationToken);
            switch (state)
            {
                // One that is out already is refused at the platform, so publishing it shows which post it is and makes no second one.
                case ContainerState.Published:
                case ContainerState.Finished when !kept.Spent:
                    return new PrepareResult.Ready(kept.Handle);
                case ContainerState.InProgress or ContainerState.NotThere when ask < MostAsks && (fresh || state == ContainerState.InProgress):
                    await Task.Delay(wait, time, cancellationToken);
                    break;
                case ContainerState.InProgress or ContainerState.NotThere when fresh || state == ContainerState.InProgress:
                    return new PrepareResult.NotReady($"{account.Key}: {account.Server.Authority} is still working on the post.");
                case ContainerState.NotKnown:
                    return trouble!.AsPrepare();
                case ContainerState.Failed when fresh:
                    return new PrepareResult.NotReady($"{account.Key}: {account.Server.Authority} could not make the post ready{(words is null ? "" : $" ({words})")}.", AfterFailure);
                default:
                    return null;
            }
        }
    }

    private async Task<PrepareResult> MakeAsync(ConnectorAccount account, PrepareRequest request, string content, PreparedHandle? former, CancellationToken cancellationToken)
    {
        using var message = Graph.Message(HttpMethod.Post, account, "me/threads");
        message.Content = new FormUrlEncodedContent(
        [
            new("media_type", "TEXT"),
            new("text", request.Text),
            .. request.Thread is { } thread ? [new KeyValuePair<string, string>("reply_to_id", thread.Before)] : (KeyValuePair<string, string>[])[],
        ]);
        var exchange = GraphError.AsHttp(await http.SendFreeAsync(message, PassFree.Container, cancellationToken));
        if (exchange is not Exchange.Answered { IsSuccess: true } answered
            || JsonBody.Parse(answered.Body, GraphJson.Default.GraphIdJson)?.Id is not { } id || !Graph.IsId(id))
        {
            return Unmade(account, exchange);
        }

        // Before it is asked about, let alone published: whoever goes on after this process must find it.
        var standing = await request.Handles.KeepAsync(Slot, new PreparedHandle(id, content) { ExpiresAt = time.GetUtcNow() + Life }, former, cancellationToken);
        return standing is null || !string.Equals(standing.Content, content, StringComparison.Ordinal)
            ? new PrepareResult.NotReady($"{account.Key}: the post was changed while it was made ready.")
            : await UseAsync(account, standing, fresh: true, cancellationToken)
                ?? new PrepareResult.NotReady($"{account.Key}: {account.Server.Authority} let what it made ready run out at once.", AfterFailure);
    }

    // The platform counts what is published; told before, a post does not take a permit that it could not use.
    private async Task<PrepareResult?> QuotaAsync(ConnectorAccount account, bool reply, CancellationToken cancellationToken)
    {
        using var message = Graph.Message(
            HttpMethod.Get, account, "me/threads_publishing_limit", ("fields", reply ? "reply_quota_usage,reply_config" : "quota_usage,config"));
        var exchange = await http.ReadAsync(message, cancellationToken);
        var quota = exchange is Exchange.Answered { IsSuccess: true } answered ? JsonBody.Parse(answered.Body, GraphJson.Default.QuotasJson)?.Data is [{ } first, ..] ? first : null : null;
        var (used, total) = reply ? (quota?.ReplyQuotaUsage, quota?.ReplyConfig?.QuotaTotal) : (quota?.QuotaUsage, quota?.Config?.QuotaTotal);
        return used >= total
            ? new PrepareResult.NotReady($"{account.Key}: {account.Server.Authority} takes {total} {(reply ? "answers" : "posts")} of this account in 24 hours, and they are used up.", AfterQuota)
            : null;
    }

    private static PrepareResult Unmade(ConnectorAccount account, Exchange exchange)
    {
        var says = Verdict.Hidden(account, GraphError.Words(exchange));
        return exchange is Exchange.Answered { Status: HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.UnprocessableEntity } refused
            ? new PrepareResult.Refused($"{account.Key}: {account.Server.Authority} refused this text ({refused.StatusText}).{(says is null ? "" : $" It says: {says.TrimEnd('.')}.")}", FailureCause.Text) { Says = says }
            : Verdict.OfOther(account, exchange, says).AsPrepare();
    }

    private static string ContentOf(PrepareRequest request) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{request.Thread?.Before}\n{request.Text}")));
}
