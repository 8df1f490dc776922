using System.Globalization;
using Coordination.Contracts;
using Coordination.Domain;
using Coordination.Domain.Accounts;
using Coordination.Domain.Holds;
using Coordination.Domain.People;
using Coordination.Domain.Posts;
using Coordination.Domain.Review;
using Coordination.Grains.Live;
using Coordination.Storage.Accounts;
using Coordination.Storage.Media;
using Coordination.Storage.ReadModel;
using Microsoft.Extensions.Logging;

namespace Coordination.Grains.Accounts;

/// <summary>One brigade account: load, decide, commit, tell.</summary>
/// <remarks>
/// The grain is not the lock: what goes out is decided by the fence. Whatever goes wrong in a commit, the activation ends,
/// because after a rollback neither its state nor its version is what the database has.
/// </remarks>
public sealed partial class AccountGrain(
    [PersistentState(AccountGrain.StateName, AccountGrain.StorageName)] IPersistentState<AccountState> state,
    AccountCommitter committer,
    CommitGate gate,
    IHoldReader holds,
    RuleLook rules,
    IMediaStore media,
    IPublishingQueue queue,
    LiveFeed feed,
    TimeProvider time,
    ILogger<AccountGrain> logger) : Grain, IAccountGrain
{
    /// <summary>Name of the state: unique, because the provider's key leaves the grain's class out.</summary>
    public const string StateName = "account";

    /// <summary>Name of the storage provider.</summary>
    public const string StorageName = "coordination";

    private AccountKey Key => GrainKeys.Account(this.GetPrimaryKeyString());

    private long Version => state.RecordExists && long.TryParse(state.Etag, CultureInfo.InvariantCulture, out var version) ? version : 0;

    /// <inheritdoc/>
    public Task<AccountView> Read() => Task.FromResult(new AccountView(state.State, Version));

    /// <inheritdoc/>
    public Task<CommandAnswer> Register(RegisterAccount command, CommandContext context) =>
        command.Key == Key
            ? CarryOutAsync(command, context)
            : Task.FromResult(Refused("account-key", $"The account {command.Key} was sent to {Key}. Nothing was changed."));

    /// <inheritdoc/>
    public Task<CommandAnswer> Manage(AccountCommand command, CommandContext context) => command is ApproveAccount or ConnectAccount or RetireAccount or RelabelAccount or RenameAccount or ChangeContact
        ? CarryOutAsync(command, context, guard: command is RetireAccount ? Unfinished() : null)
        : Task.FromResult(Refused("command-unknown", "That is no command on the account itself. Nothing was changed."));

    /// <inheritdoc/>
    public async Task<CommandAnswer> Schedule(NewPost post, CommandContext context)
    {
        var (text, about) = PostThread.For(Key.Platform, post.Text, post.About);
        var (met, look, missing) = (await HoldsMetAsync(context.Actor), await rules.AtAsync(Key, text, about), await MissingImageAsync(about));

        // "Now" is when it is decided: a database that is slow to answer makes no wish one of the past.
        var command = new SchedulePost(
            post.Id, text, (post.DueAt ?? time.GetUtcNow()).ToMicroseconds(), post.Tolerance ?? PostRules.DefaultTolerance, post.MessageId, met, about)
        {
            Look = look,
            Slots = post.Slots,
        };

        // A repeat sees other slots free than the first did, and is the same wish: "in a slot" is said, and not in which.
        return missing ?? await CarryOutAsync(command, context, body: post.Slots is null ? post : post with { Slots = [] });
    }

    /// <inheritdoc/>
    public async Task<CommandAnswer> Edit(PostEdit edit, CommandContext context)
    {
        var (text, about) = PostThread.For(Key.Platform, edit.Text, edit.About);
        var command = new EditPost(edit.PostId, edit.Revision, text, edit.DueAt.ToMicroseconds(), await HoldsMetAsync(context.Actor), about)
        {
            Look = await rules.AtAsync(Key, text, about),
        };
        return await MissingImageAsync(about) ?? await CarryOutAsync(command, context, guard: [edit.PostId], body: edit);
    }

    /// <inheritdoc/>
    public async Task<CommandAnswer> Reschedule(PostId post, DateTimeOffset dueAt, CommandContext context) =>
        await CarryOutAsync(new ReschedulePost(post, dueAt.ToMicroseconds(), await HoldsMetAsync(context.Actor)) { Look = await LookAsync(post) }, context, guard: [post], body: ("reschedule", post, dueAt));

    /// <inheritdoc/>
    public async Task<CommandAnswer> Approve(PostId post, int revision, DateTimeOffset? dueAt, CommandContext context)
    {
        // It goes out for its writer, whoever approves it.
        var holdsMet = await HoldsMetAsync(context.Actor, Find(post)?.PosterId);
        return await CarryOutAsync(
            new ApprovePost(post, revision, holdsMet, dueAt?.ToMicroseconds()) { Look = await LookAsync(post) },
            context,
            guard: [post],
            body: dueAt is { } at ? ("approve", post, revision, at) : ("approve", post, revision));
    }

    /// <inheritdoc/>
    public async Task<CommandAnswer> Return(PostId post, int revision, string comment, CommandContext context) =>
        await CarryOutAsync(new ReturnPost(post, revision, comment, await rules.ReadAsync(Key)), context, body: ("return", post, revision, comment));

    /// <inheritdoc/>
    public async Task<CommandAnswer> Confirm(PostId post, CommandContext context) =>
        await CarryOutAsync(new ConfirmPost(post, await HoldsMetAsync(context.Actor)) { Look = await LookAsync(post) }, context, guard: [post], body: ("confirm", post));

    /// <inheritdoc/>
    public async Task<CommandAnswer> Retry(PostId post, CommandContext context) =>
        await CarryOutAsync(new RetryPost(post, await HoldsMetAsync(context.Actor)) { Look = await LookAsync(post) }, context, guard: [post], body: ("retry", post));

    /// <inheritdoc/>
    public async Task<CommandAnswer> Release(PostRelease release, CommandContext context)
    {
        var (met, look) = (await HoldsMetAsync(context.Actor), await LookAsync(release.PostId, release.Text));
        var command = new ReleasePost(release.PostId, (release.DueAt ?? time.GetUtcNow()).ToMicroseconds(), release.Reason, met, release.Text) { Look = look };
        return await CarryOutAsync(command, context, guard: [release.PostId], body: release);
    }

    /// <inheritdoc/>
    public Task<CommandAnswer> Cancel(PostId post, string reason, CommandContext context) =>
        CarryOutAsync(new CancelPost(post, reason), context, guard: [post]);

    /// <inheritdoc/>
    public Task<CommandAnswer> Withdraw(PostId post, int revision, string reason, CommandContext context) =>
        CarryOutAsync(new CancelPost(post, reason, revision), context, guard: [post]);

    /// <inheritdoc/>
    public Task<CommandAnswer> Remove(PostId post, string reason, CommandContext context) =>

        // What is not all out is taken back with it, and must not be on the wire (FENCE.md rule 8).
        CarryOutAsync(new RemovePost(post, reason), context, guard: Find(post) is { State: PostState.Published } ? null : [post]);

    /// <inheritdoc/>
    public Task<CommandAnswer> Redact(PostId post, string redaction, CommandContext context) =>
        CarryOutAsync(new RedactPost(post, redaction), context, guard: [post]);

    /// <inheritdoc/>
    public Task<CommandAnswer> RecordRemoval(PostId post, string? refusedBecause) =>
        CarryOutAsync(refusedBecause is null ? new RecordRemoved(post, "It was off the platform.") : new RecordNotRemoved(post, Words(refusedBecause)), null);

    /// <inheritdoc/>
    public Task<CommandAnswer> RecordRemovedByHand(PostId post, string words) => CarryOutAsync(new RecordRemoved(post, Words(words)), null);

    /// <inheritdoc/>
    public Task<CommandAnswer> RecordCounters(long? followers, long? remotePosts) =>
        CarryOutAsync(new RecordCounters(followers, remotePosts), null);

    /// <inheritdoc/>
    public async Task AcknowledgeHold(string holdId)
    {
        // Who asks may have read this some time ago, or on a database that has been replaced since: there this hold may stand still,
        // and another one may have its number.
        if (!await holds.OwesReceiptAsync(holdId, Key, CancellationToken.None))
        {
            return;
        }

        var now = time.GetUtcNow().ToMicroseconds();
        PostId[] fellDue = [.. state.State.Posts.Where(p => p.State == PostState.Scheduled && p.DueAt <= now && !IsInHand(p.Id, now)).Select(p => p.Id)];

        // What the hold lets through, such as the agreed line that Comms wrote a moment after placing it, goes out however late its receipt comes.
        IReadOnlyList<PostId> stopped = fellDue.Length == 0 ? [] : await holds.RefusedAsync(holdId, Key, fellDue, CancellationToken.None);
        if (state.State.Lifecycle != AccountLifecycle.None)
        {
            await CarryOutAsync(new AcknowledgeHold(holdId, stopped), null);
        }
    }

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        Arm();
        return base.OnActivateAsync(cancellationToken);
    }

    private async Task<CommandAnswer> CarryOutAsync(
        AccountCommand command, CommandContext? context, IReadOnlyList<PostId>? guard = null, IReadOnlyList<PermitClosing>? permits = null, object? body = null)
    {
        var actor = context?.Actor ?? Actor.System;
        var operation = context is null ? null : new Operation(context.OperationId, OperationFingerprint.Of(Key, command, body));
        var postId = (command as PostCommand)?.PostId;
        var decision = AccountDecider.Decide(state.State, command, actor, time.GetUtcNow().ToMicroseconds());
        if (decision is not Decision<AccountEvent>.Accepted accepted)
        {
            // A repeat of an operation that took is answered as such, not as the refusal its second run would earn.
            if (operation is not null && await RepeatedAsync(operation, postId) is { } repeated)
            {
                return repeated;
            }

            return decision is Decision<AccountEvent>.Refused refused
                ? new CommandAnswer(CommandOutcome.Refused, Version, refused.Why, Find(postId))
                : await AlreadyDoneAsync(operation, postId);
        }

        if (await CommitAsync(accepted.Events, actor, operation, guard, permits, (command as RedactPost)?.Redaction) is { } lost)
        {
            return await ExplainAsync(lost, operation, postId);
        }

        feed.Tell(AccountSummary.Of(state.State, Version));
        Arm();
        return new CommandAnswer(CommandOutcome.Accepted, Version, Post: Find(postId));
    }

    private async Task<Exception?> CommitAsync(
        IReadOnlyList<AccountEvent> events, Actor actor, Operation? operation, IReadOnlyList<PostId>? guard, IReadOnlyList<PermitClosing>? permits, string? redaction)
    {
        await gate.EnterAsync();
        try
        {
            await committer.CommitAsync(async () =>
            {
                state.State = AccountFold.Fold(state.State, events);
                await state.WriteStateAsync();
                return new AccountCommit(Key, Version, state.State, events, actor, operation, guard, permits, redaction);
            });
        }
        catch (Exception exception)
        {
            // Not known, or rolled back: either way this memory is not the database's. The next call starts from there.
            DeactivateOnIdle();
            return exception;
        }
        finally
        {
            gate.Leave();
        }

        return null;
    }

    // Retiring cancels posts, and none of them may be on the wire (FENCE.md rule 8).
    private IReadOnlyList<PostId> Unfinished() =>
        [.. state.State.Posts.Where(p => p.State.IsWaiting()).Select(p => p.Id)];

    private Post? Find(PostId? id) => id is { } known ? state.State.Find(known) : null;

    // A post that is not there is refused whatever its text would be.
    private async Task<ContentLook> LookAsync(PostId post, string? text = null) =>
        Find(post) is { } known ? await rules.AtAsync(Key, text ?? known.Text, known.About) : ContentLook.Nothing;

    private async Task<HoldsMet> HoldsMetAsync(Actor actor, string? posterId = null)
    {
        try
        {
            var standing = await holds.StandingAsync(CancellationToken.None);
            var met = standing.Where(h => h.RefusesNewPost(Key, state.State.Labels, posterId ?? actor.Id)).ToLookup(h => h.Kind == HoldKind.ApprovalRequired, h => h.Id);
            return new HoldsMet([.. met[false]], [.. met[true]]);
        }
        catch (Exception exception) when (exception is System.Data.Common.DbException or TimeoutException)
        {
            throw new StoreUnavailableException($"The database does not answer, so the post on {Key} was not accepted. Nothing was changed. Try again.", exception);
        }
    }

    private CommandAnswer Refused(string code, string reason) => new(CommandOutcome.Refused, Version, new Refusal(code, reason));
}
