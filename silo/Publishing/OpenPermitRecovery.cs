using Coordination.Connectors;
using Coordination.Contracts;
using Coordination.Domain.Posts;
using Coordination.Grains.Accounts;
using Coordination.Storage.Fence;
using Coordination.Storage.ReadModel;

namespace Coordination.Silo.Publishing;

/// <summary>Settles permits whose worker died or could not tell (FENCE.md rule 10): ask the platform, never guess, never repeat blindly.</summary>
internal sealed partial class OpenPermitRecovery(
    DueScanner scanner,
    IFence fence,
    Publisher publisher,
    ImageCourier images,
    IGrainFactory grains,
    ConnectorRegistry connectors,
    Credentials credentials,
    TimeProvider time,
    ILogger<OpenPermitRecovery> logger) : BackgroundService
{
    private const int Batch = 50;
    private const int AtOnce = 8;
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    // A permit lives 10 s and its call may be awaited for 15 s after that: before then a living worker may still record it.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan LongestKeyLife = TimeSpan.FromDays(7);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Beat, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await Parallel.ForEachAsync(
                    await scanner.ClaimOpenAsync(Grace, Batch, stoppingToken),
                    new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stoppingToken },
                    TrySettleAsync);
            }
            catch (Exception exception) when (exception is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                CannotRecover(logger, exception.Message);
            }
        }
    }

    // One account that cannot be asked or written must not keep the others waiting: its permit comes back when the lease is over.
    private async ValueTask TrySettleAsync(OpenPermit open, CancellationToken cancellationToken)
    {
        try
        {
            await SettleAsync(open, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            NotSettled(logger, exception, open.PostId, open.Account.Value);
        }
    }

    private async Task SettleAsync(OpenPermit open, CancellationToken cancellationToken)
    {
        var id = new PostId(open.PostId);
        var view = await grains.GetGrain<IAccountGrain>(GrainKeys.Of(open.Account)).Read();
        if (view.State.Find(id) is not { } post || open.Part >= post.Parts)
        {
            return;
        }

        var unknown = new PostOutcome(id, PostOutcomeKind.Unknown, open.PermitId, Why: "The platform does not show it, which is no proof. Look at the account before writing it anew.", Part: open.Part);
        var signIn = await credentials.FindAsync(open.Account, cancellationToken);
        if (!connectors.TryFind(open.Account.Platform, out var connector) || signIn.Account is not { } account)
        {
            await publisher.TryRecordAsync(open.Account, unknown with { Why = $"{signIn.Why} So the platform cannot be asked." });
            return;
        }

        var others = view.State.Posts.Select(p => p.RemoteId).Concat(view.State.Posts.SelectMany(p => p.About?.PartsOut ?? []).Select(o => o.RemoteId)).OfType<string>().ToArray();
        var found = await connector.FindByKeyAsync(
            account, new FindRequest(new IdempotencyKey(id, open.Part), post.TextOf(open.Part), open.IssuedAt, others) { Edits = post.About?.Target, Handles = images.HandlesOf(open.Account, post, open.Part) },
            cancellationToken);
        switch (found)
        {
            case FindResult.Found f:
                await publisher.TryRecordAsync(
                    open.Account,
                    new PostOutcome(id, PostOutcomeKind.Published, open.PermitId, RemoteId: f.RemoteId, Url: f.Url.AbsoluteUri, At: f.At, Part: open.Part));
                break;
            case FindResult.CouldNotAsk c when time.GetUtcNow() - open.IssuedAt < Longest:
                NotYet(logger, post.Id.Value, open.Account.Value, c.Reason);
                break;
            case FindResult.NotFound when signIn.Since > open.IssuedAt:
                // The call went by another sign-in, perhaps to another server: repeated by this one, the post could stand there twice.
                await publisher.TryRecordAsync(open.Account, unknown with { Why = "The account's sign-in was changed after the call, so it can't be repeated. Look at the account before writing it anew." });
                break;
            case FindResult.NotFound when connector.Capabilities.IdempotencyKeyLifetime is { } life && post is { State: PostState.Scheduled, About: not { InPlace: true } } && post.NextPart == open.Part:
                await RepeatAsync(open, new Attempt(account, connector, new DuePost(open.Account, view.State.Labels, view.Version, post), life), unknown, cancellationToken);
                break;
            default:
                await publisher.TryRecordAsync(open.Account, unknown);
                break;
        }
    }

    // The same key under a new permit: the platform shows it once, whatever became of the first call.
    private async Task RepeatAsync(OpenPermit open, Attempt attempt, PostOutcome unknown, CancellationToken cancellationToken)
    {
        // Without its images it would be another post; the first call's outcome stays open until they are there again. Without its container nothing can be repeated.
        var preparing = await images.PrepareAsync(attempt.Account, attempt.Connector, open.Account, attempt.Due.Post, again: true, cancellationToken);
        if (preparing is not PrepareResult.Ready ready)
        {
            await (preparing is PrepareResult.Refused ? publisher.TryRecordAsync(open.Account, unknown) : Task.CompletedTask);
            return;
        }

        var life = attempt.KeyLifetime < LongestKeyLife ? attempt.KeyLifetime : LongestKeyLife;
        var asked = PermitClock.Now(time);
        var answer = await fence.TakePermitAsync(
            new PermitWish(
                open.Account, open.PostId, open.Part, "publish", open.Attempt + 1, attempt.Due.Post.PosterId, attempt.Due.Post.Revision, attempt.Due.Version, life),
            cancellationToken);
        switch (answer)
        {
            case PermitAnswer.Issued permit:
                var result = await publisher.CallAsync(attempt.Account, attempt.Connector, attempt.Due, permit, asked, ready.Attachment, cancellationToken);
                if (result is PublishResult.Published)
                {
                    await publisher.TryRecordAsync(open.Account, Outcomes.Of(attempt.Due.Post, permit, result));
                }
                else if (result is not PublishResult.Unknown)
                {
                    // This call sent nothing, which says nothing about the first one.
                    await publisher.TryRecordAsync(open.Account, unknown);
                }

                break;
            case PermitAnswer.Stale or PermitAnswer.Unavailable:
                break;
            default:
                await publisher.TryRecordAsync(open.Account, unknown);
                break;
        }
    }

    [LoggerMessage(LogLevel.Warning, "Open permits could not be looked at. {Why}")]
    private static partial void CannotRecover(ILogger logger, string why);

    [LoggerMessage(LogLevel.Warning, "Whether post {Post} on {Account} went out is not known yet: the platform could not be asked. {Why}")]
    private static partial void NotYet(ILogger logger, Guid post, string account, string why);

    [LoggerMessage(LogLevel.Warning, "What became of post {Post} on {Account} could not be settled; it is tried again in half a minute.")]
    private static partial void NotSettled(ILogger logger, Exception exception, Guid post, string account);

    private sealed record Attempt(ConnectorAccount Account, IPlatformConnector Connector, DuePost Due, TimeSpan KeyLifetime);
}
