using Coordination.Connectors;
using Coordination.Contracts;
using Coordination.Domain.Accounts;
using Coordination.Domain.Posts;
using Coordination.Domain.Review;
using Coordination.Grains.Accounts;
using Coordination.Storage.Fence;
using Coordination.Storage.ReadModel;

namespace Coordination.Silo.Publishing;

/// <summary>Takes one due post from "due" to a recorded outcome: prepare, take the permit last of all, publish, record.</summary>
internal sealed partial class Publisher(
    IFence fence, IHoldBoard holds, RuleLook rules, ImageCourier images, IGrainFactory grains, ConnectorRegistry connectors, Credentials credentials, SignInCheck signIns, RateGate rates, RateWaits waits, TimeProvider time, ILogger<Publisher> logger)
{
    private const int MostRounds = 20;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan AfterTrouble = TimeSpan.FromSeconds(2);

    // Asked right after an ambiguous answer; what they don't settle is left to the recovery of open permits.
    private static readonly TimeSpan[] Asks = [TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4)];

    /// <summary>Publishes one post. Never throws for what the world does.</summary>
    public async Task PublishAsync(DuePost due, CancellationToken cancellationToken)
    {
        try
        {
            await RunAsync(due, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The silo stops. An open permit is recovered by another, a post without one is scanned again.
        }
        catch (Exception exception)
        {
            GaveBack(logger, exception, due.Account.Value, due.Post.Id.Value);
            await PutBackAsync(due);
        }
    }

    /// <summary>Makes the call that a permit allows, unless a hold comes before its first byte, and says what became of it.</summary>
    /// <param name="account">Where and as whom.</param>
    /// <param name="connector">The platform.</param>
    /// <param name="due">The post.</param>
    /// <param name="permit">The permit.</param>
    /// <param name="asked">When it was asked for, by <see cref="PermitClock"/>.</param>
    /// <param name="attachment">What was prepared for it; null when that is nothing.</param>
    /// <param name="cancellationToken">Stops waiting for the platform.</param>
    public async Task<PublishResult> CallAsync(
        ConnectorAccount account, IPlatformConnector connector, DuePost due, PermitAnswer.Issued permit, TimeSpan asked, string? attachment, CancellationToken cancellationToken)
    {
        var end = asked + permit.Lifetime;
        var left = end - PermitClock.Now(time);
        using var watch = new PermitWatch(holds, due.Account, due.Labels, permit, end, time);
        var request = new PublishRequest(
            KeyOf(due.Post), due.Post.TextOf(due.Post.NextPart), TimeOf(due.Post), time.GetUtcNow() + left, watch.WhyNot, watch.Withdrawn)
        {
            Attachment = attachment,
            Thread = ImageCourier.PlaceOf(due.Post),
            Handles = HandlesOf(due),
        };
        return due.Post.About is { InPlace: true, Target: { } target }
            ? await connector.EditAsync(account, request, target, cancellationToken)
            : await connector.PublishAsync(account, request, cancellationToken);
    }

    /// <summary>The key of the part that goes out next.</summary>
    public static IdempotencyKey KeyOf(Post post) => new(post.Id, post.NextPart);

    // Where a platform sorts by the time that a post bears, the parts of a thread stand in their order.
    private static DateTimeOffset TimeOf(Post post) => post.DueAt.AddMilliseconds(post.NextPart);

    /// <summary>Records an outcome, once: whoever calls has a way to come back to it.</summary>
    public async Task TryRecordAsync(AccountKey account, PostOutcome outcome) =>
        await grains.GetGrain<IAccountGrain>(GrainKeys.Of(account)).RecordOutcome(outcome);

    /// <summary>Records an outcome, again and again until the database has it or the silo stops.</summary>
    public async Task RecordAsync(AccountKey account, PostOutcome outcome, CancellationToken cancellationToken)
    {
        var grain = grains.GetGrain<IAccountGrain>(GrainKeys.Of(account));
        for (var wait = Pause; ; wait = wait < TimeSpan.FromSeconds(5) ? wait * 2 : wait)
        {
            try
            {
                await grain.RecordOutcome(outcome);
                return;
            }
            catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
            {
                NotRecorded(logger, account.Value, outcome.PostId.Value, exception.Message);
                await Task.Delay(wait, time, cancellationToken);
            }
        }
    }

    private async Task RunAsync(DuePost due, CancellationToken cancellationToken)
    {
        // Prepare: nothing public happens here.
        var signIn = await credentials.FindAsync(due.Account, cancellationToken);
        if (!connectors.TryFind(due.Account.Platform, out var connector) || signIn.Account is not { } account)
        {
            await RecordAsync(
                due.Account,
                new PostOutcome(
                    due.Post.Id,
                    PostOutcomeKind.Failed,
                    Why: $"{signIn.Why} Nothing was sent.",
                    Attention: signIn.Why,
                    Revision: due.Post.Revision,
                    Try: new FailedTry(FailureCause.SignIn)),
                cancellationToken);
            return;
        }

        var (looked, prepared) = (0, (Revision: 0, Part: 0));
        string? attachment = null;
        for (var round = 0; round < MostRounds; round++)
        {
            if (looked != due.Post.Revision && SecondLook.Unsettled(due.Post, await rules.AtAsync(due.Account, due.Post.Text, due.Post.About)) is { Count: > 0 } unsettled)
            {
                await RecordAsync(
                    due.Account,
                    new PostOutcome(due.Post.Id, PostOutcomeKind.Missed, Why: SecondLook.Words(unsettled), Revision: due.Post.Revision),
                    cancellationToken);
                return;
            }

            looked = due.Post.Revision;
            if (rates.TryTake(due.Account, out var place) is { } wait)
            {
                await WaitAsync(due, wait, cancellationToken);
                return;
            }

            if (prepared != (due.Post.Revision, due.Post.NextPart))
            {
                var preparing = await images.PrepareAsync(account, connector, due.Account, due.Post, again: false, cancellationToken);
                if (preparing is not PrepareResult.Ready ready)
                {
                    rates.GiveBack(due.Account, place);
                    await UnpreparedAsync(due, preparing, cancellationToken);
                    return;
                }

                (attachment, prepared) = (ready.Attachment, (due.Post.Revision, due.Post.NextPart));
            }

            var asked = PermitClock.Now(time);
            var answer = await fence.TakePermitAsync(WishOf(due), cancellationToken);
            if (answer is not PermitAnswer.Issued)
            {
                rates.GiveBack(due.Account, place);
            }

            switch (answer)
            {
                case PermitAnswer.Issued permit:
                    // An outcome that is still unknown is not recorded: the permit stays open, and recovery asks the platform again.
                    if (await ResolveAsync(account, connector, due, permit, asked, attachment, cancellationToken) is { Kind: not PostOutcomeKind.Unknown } outcome)
                    {
                        await RecordAsync(due.Account, outcome, cancellationToken);
                        await (outcome.Try?.Cause == FailureCause.SignIn ? signIns.WantAsync(due.Account, cancellationToken) : Task.CompletedTask);
                    }

                    return;
                case PermitAnswer.Held held:
                    await RecordAsync(due.Account, new PostOutcome(due.Post.Id, PostOutcomeKind.Held, HoldIds: held.HoldIds, Revision: due.Post.Revision), cancellationToken);
                    return;
                case PermitAnswer.Gone:
                    await RecordAsync(
                        due.Account,
                        new PostOutcome(due.Post.Id, PostOutcomeKind.Missed, Why: "The post that it changes is not out any more, or is being removed. Nothing was sent.", Revision: due.Post.Revision),
                        cancellationToken);
                    return;
                case PermitAnswer.Missed:
                    await RecordAsync(
                        due.Account,
                        new PostOutcome(
                            due.Post.Id,
                            PostOutcomeKind.Missed,
                            Why: $"It could not go out within {due.Post.Tolerance.TotalSeconds:0} seconds of its time.",
                            Revision: due.Post.Revision),
                        cancellationToken);
                    return;
                case PermitAnswer.TooEarly early:
                    await Task.Delay(early.Wait, time, cancellationToken);
                    break;
                case PermitAnswer.Stale when await ReloadAsync(due) is { } fresh:
                    due = fresh;
                    break;
                case PermitAnswer.Unavailable:
                    await Task.Delay(Pause, time, cancellationToken);
                    break;
                default:
                    await PutBackAsync(due);
                    return;
            }
        }

        await PutBackAsync(due);
    }

    // A post never goes out without the images it was confirmed with. While the platform is in trouble it waits in its account, not in this worker's hands: others go out meanwhile.
    private Task UnpreparedAsync(DuePost due, PrepareResult preparing, CancellationToken cancellationToken) => preparing switch
    {
        PrepareResult.Refused refused => RecordAsync(due.Account, NotOut(due.Post, refused.Reason, new FailedTry(refused.Cause, refused.Says)), cancellationToken),
        PrepareResult.NotReady { NeedsAttention: true } stuck => RecordAsync(
            due.Account, NotOut(due.Post, stuck.Reason, new FailedTry(FailureCause.SignIn)) with { Attention = stuck.Reason }, cancellationToken),
        PrepareResult.NotReady later => WaitAsync(
            due, new RateWait(time.GetUtcNow() + (later.RetryAfter > AfterTrouble ? later.RetryAfter.Value : AfterTrouble), later.Reason), cancellationToken),
        _ => throw new ArgumentOutOfRangeException(nameof(preparing), preparing.GetType().Name, "No such result."),
    };

    private static PostOutcome NotOut(Post post, string why, FailedTry tried) =>
        new(post.Id, PostOutcomeKind.Failed, Why: $"{why} Nothing was sent.", Revision: post.Revision, Try: tried);

    private IPreparedHandles HandlesOf(DuePost due) => images.HandlesOf(due.Account, due.Post, due.Post.NextPart);

    private async Task<PostOutcome> ResolveAsync(
        ConnectorAccount account, IPlatformConnector connector, DuePost due, PermitAnswer.Issued permit, TimeSpan asked, string? attachment, CancellationToken cancellationToken)
    {
        var began = time.GetUtcNow();
        var result = await CallAsync(account, connector, due, permit, asked, attachment, cancellationToken);
        if (result.NoMoreFor is { } closed)
        {
            rates.Close(due.Account, closed);
        }

        foreach (var wait in result is PublishResult.Unknown ? Asks : [])
        {
            await Task.Delay(wait, time, cancellationToken);
            if (await connector.FindByKeyAsync(account, new FindRequest(KeyOf(due.Post), due.Post.TextOf(due.Post.NextPart), began) { Edits = due.Post.About?.Target, Handles = HandlesOf(due) }, cancellationToken) is FindResult.Found found)
            {
                result = new PublishResult.Published(found.RemoteId, found.Url, found.At);
                break;
            }
        }

        return Outcomes.Of(due.Post, permit, result);
    }

    // Before any permit: one that is taken and cannot be used would only be thrown away.
    private async Task WaitAsync(DuePost due, RateWait wait, CancellationToken cancellationToken)
    {
        if (wait.Until > due.Post.DueAt + due.Post.Tolerance)
        {
            await RecordAsync(
                due.Account,
                new PostOutcome(
                    due.Post.Id,
                    PostOutcomeKind.Missed,
                    Why: $"{wait.Why} It could go out only {(wait.Until - due.Post.DueAt).TotalSeconds:0} seconds after its time, and it may be {due.Post.Tolerance.TotalSeconds:0} seconds late.",
                    Revision: due.Post.Revision),
                cancellationToken);
            return;
        }

        await waits.TellAsync(due.Account, wait.Until, wait.Why, cancellationToken);
        await grains.GetGrain<IAccountGrain>(GrainKeys.Of(due.Account)).Defer(due.Post.Id, wait.Until);
    }

    private async Task<DuePost?> ReloadAsync(DuePost due)
    {
        var view = await grains.GetGrain<IAccountGrain>(GrainKeys.Of(due.Account)).Read();
        return view.State.Find(due.Post.Id) is { State: PostState.Scheduled } post ? new DuePost(due.Account, view.State.Labels, view.Version, post) : null;
    }

    private async Task PutBackAsync(DuePost due)
    {
        try
        {
            await grains.GetGrain<IAccountGrain>(GrainKeys.Of(due.Account)).PutBack(due.Post.Id);
        }
        catch (Exception exception)
        {
            // The due scanner finds the post again when its lease is over.
            NotRecorded(logger, due.Account.Value, due.Post.Id.Value, exception.Message);
        }
    }

    private static PermitWish WishOf(DuePost due) => new(
        due.Account, due.Post.Id.Value, due.Post.NextPart, due.Post.Action, due.Post.Attempt, due.Post.PosterId, due.Post.Revision, due.Version);

    [LoggerMessage(LogLevel.Error, "Publishing post {Post} on {Account} went wrong; it is looked at again.")]
    private static partial void GaveBack(ILogger logger, Exception exception, string account, Guid post);

    [LoggerMessage(LogLevel.Warning, "What became of post {Post} on {Account} is not recorded yet. {Why}")]
    private static partial void NotRecorded(ILogger logger, string account, Guid post, string why);
}
