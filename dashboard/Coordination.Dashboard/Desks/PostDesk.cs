using Coordination.Contracts;
using Coordination.Dashboard.Incidents;
using Coordination.Dashboard.Live;
using Coordination.Dashboard.Slots;
using Coordination.Domain;
using Coordination.Domain.Accounts;
using Coordination.Domain.People;
using Coordination.Domain.Posts;
using Coordination.Domain.Schedule;
using Coordination.Storage.ReadModel;

namespace Coordination.Dashboard.Desks;

/// <summary>Takes wishes about posts to their accounts' grains.</summary>
public sealed class PostDesk(AccountCalls calls, IPostReader posts, IAccountReader accounts, Corrections corrections, ISlotDesk slots, LineDesk lines, IBoard board, TimeProvider time) : IPostDesk
{
    /// <summary>How long a message to all of them may take.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Most accounts of one message.</summary>
    public const int MostAccounts = 500;

    private const int AtOnce = 32;
    private const string NotKnown = "not-known-yet";

    // Whoever waits for so long has been waited for once more.
    private static readonly TimeSpan TimeToAskAgain = TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    public async Task<PostAnswer> ScheduleAsync(AccountKey account, PostWords words, Actor actor, Guid operationId, CancellationToken cancellationToken) => await ScheduleAsync(
        account,
        new NewPost(new PostId(DerivedIds.Of(operationId, "post")), words.Text, words.DueAt, words.Tolerance, null, words.About),
        await SlotsAsync(words, [account], cancellationToken),
        new CommandContext(operationId, actor),
        cancellationToken);

    /// <inheritdoc/>
    public async Task<MessageAnswer> SendMessageAsync(
        PostWords words, IReadOnlyList<AccountKey> accounts, Actor actor, Guid operationId, CancellationToken cancellationToken)
    {
        var messageId = DerivedIds.Of(operationId, "message");
        var keys = accounts.Distinct().ToArray();
        if (words.LineOf is { } hold && await lines.SayAsync(hold, messageId, keys, actor, cancellationToken) is { } refusal)
        {
            return new MessageAnswer(messageId, [.. keys.Select(key => new MessagePart(key.Value, null, refusal))]);
        }

        var views = await SlotsAsync(words, keys, cancellationToken);
        var parts = await AskAllAsync(
            keys.Length,
            (i, ct) =>
            {
                var id = new PostId(DerivedIds.Of(operationId, "post/" + keys[i]));
                var context = new CommandContext(DerivedIds.Of(operationId, "operation/" + keys[i]), actor);
                return PartAsync(keys[i], () => ScheduleAsync(keys[i], new NewPost(id, words.On(keys[i]), words.DueAt, words.Tolerance, messageId, words.About), views, context, ct));
            },
            cancellationToken);
        return new MessageAnswer(messageId, parts) { InSlots = words.InSlot, LineOf = words.LineOf };
    }

    /// <inheritdoc/>
    public Task<PostAnswer> CancelAsync(PostId post, string reason, Actor actor, Guid operationId, CancellationToken cancellationToken) =>
        AskAsync(post, grain => grain.Cancel(post, reason, new CommandContext(operationId, actor)), cancellationToken);

    /// <inheritdoc/>
    public Task<PostAnswer> RemoveAsync(PostId post, string reason, Actor actor, Guid operationId, CancellationToken cancellationToken) =>
        FreshSignIn.Check(actor, Permission.RemovePost) is { } old
            ? Task.FromResult(new PostAnswer(null, old))
            : AskAsync(post, grain => grain.Remove(post, reason.Trim(), new CommandContext(operationId, actor)), cancellationToken);

    /// <inheritdoc/>
    public Task<PostAnswer> RescheduleAsync(PostId post, DateTimeOffset dueAt, Actor actor, Guid operationId, CancellationToken cancellationToken) =>
        AskAsync(post, grain => grain.Reschedule(post, dueAt, new CommandContext(operationId, actor)), cancellationToken);

    /// <inheritdoc/>
    public Task<PostAnswer> EditAsync(PostEdit edit, Actor actor, Guid operationId, CancellationToken cancellationToken) =>
        AskAsync(edit.PostId, grain => grain.Edit(edit, new CommandContext(operationId, actor)), cancellationToken);

    /// <inheritdoc/>
    public Task<PostAnswer> ApproveAsync(PostId post, int revision, DateTimeOffset? dueAt, Actor actor, Guid operationId, CancellationToken cancellationToken) =>
        AskAsync(post, grain => grain.Approve(post, revision, dueAt, new CommandContext(operationId, actor)), cancellationToken);

    /// <inheritdoc/>
    public Task<PostAnswer> ReturnAsync(PostId post, int revision, string comment, Actor actor, Guid operationId, CancellationToken cancellationToken) =>
        AskAsync(post, grain => grain.Return(post, revision, comment, new CommandContext(operationId, actor)), cancellationToken);

    /// <inheritdoc/>
    public Task<PostAnswer> ConfirmAsync(PostId post, Actor actor, Guid operationId, CancellationToken cancellationToken) =>
        AskAsync(post, grain => grain.Confirm(post, new CommandContext(operationId, actor)), cancellationToken);

    /// <inheritdoc/>
    public Task<PostAnswer> ReleaseAsync(PostRelease release, Actor actor, Guid operationId, CancellationToken cancellationToken) =>
        AskAsync(release.PostId, grain => grain.Release(release, new CommandContext(operationId, actor)), cancellationToken);

    /// <inheritdoc/>
    public Task<PostAnswer> RetryAsync(PostId post, Actor actor, Guid operationId, CancellationToken cancellationToken) =>
        AskAsync(post, grain => grain.Retry(post, new CommandContext(operationId, actor)), cancellationToken);

    /// <inheritdoc/>
    public async Task<MessageAnswer?> RetryMessageAsync(Guid message, Actor actor, Guid operationId, CancellationToken cancellationToken)
    {
        var all = await posts.OfMessageAsync(message, MostAccounts, cancellationToken);
        var failed = all.Where(post => post.State is "failed").ToArray();
        var parts = await AskAllAsync(
            failed.Length,
            (i, ct) =>
            {
                var (account, id) = (AccountKey.Parse(failed[i].Account), new PostId(failed[i].Id));
                var context = new CommandContext(DerivedIds.Of(operationId, "retry/" + id), actor);
                return PartAsync(account, () => AskAsync(account, id, grain => grain.Retry(id, context), ct));
            },
            cancellationToken);
        return all.Count == 0 ? null : new MessageAnswer(message, parts);
    }

    private Task<MessagePart[]> AskAllAsync(int count, Func<int, CancellationToken, Task<MessagePart>> ask, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        return AskMany.RunAsync(count, AtOnce, ask, part => part.Refusal is { Code: NotKnown }, cancellationToken, () => time.GetElapsedTime(began) < TimeToAskAgain);
    }

    // One account that cannot be reached must not hide what became of the others.
    private static async Task<MessagePart> PartAsync(AccountKey account, Func<Task<PostAnswer>> ask)
    {
        try
        {
            var answer = await ask();
            return new MessagePart(account.Value, answer.Post, answer.Refusal);
        }
        catch (StoreUnavailableException)
        {
            return new MessagePart(account.Value, null, new Refusal(
                NotKnown,
                $"It is not known whether the post for {account} was taken. Repeat the whole message with the same Idempotency-Key; nothing is sent twice.",
                RefusalKind.Conflict));
        }
    }

    private async Task<IReadOnlyDictionary<AccountKey, SlotView>?> SlotsAsync(PostWords words, IReadOnlyCollection<AccountKey> accounts, CancellationToken cancellationToken) =>
        words.InSlot ? await slots.ReadAsync(accounts, cancellationToken) : null;

    private async Task<PostAnswer> ScheduleAsync(
        AccountKey account, NewPost post, IReadOnlyDictionary<AccountKey, SlotView>? views, CommandContext context, CancellationToken cancellationToken)
    {
        // An account that does not exist needs no grain to say so.
        if (!board.Accounts.ContainsKey(account) && (await accounts.ReadAsync([account.Value], cancellationToken)).Count == 0)
        {
            return new PostAnswer(null, Unknown.Account(account.Value));
        }

        var (about, refusal) = await corrections.ResolveAsync(post.About, account, cancellationToken);
        if (refusal is not null)
        {
            return new PostAnswer(null, refusal);
        }

        // Asked also where nothing is free any more: a repeat of what took is answered with it.
        var view = views?[account];
        var wish = post with { About = about, Slots = view is null ? null : [.. view.Free.Take(SlotPlan.MostOffered).Select(t => t.When.At)] };
        var answer = await AskAsync(account, post.Id, grain => grain.Schedule(wish, context), cancellationToken);
        return answer.Refusal?.Code is "no-free-slot" && view is { Kept.Slots.Count: 0 } ? new PostAnswer(null, NoSlots(account)) : answer;
    }

    private static Refusal NoSlots(AccountKey account) => new(
        "no-slots", $"The account {account} has no queue slots. Nothing was scheduled on it. Set some on its page, or give the post a time.", RefusalKind.Conflict);

    private async Task<PostAnswer> AskAsync(PostId post, Func<IAccountGrain, Task<CommandAnswer>> command, CancellationToken cancellationToken)
    {
        return await posts.FindAsync(post.Value, cancellationToken) is { } row && AccountKey.TryParse(row.Account, out var account)
            ? await AskAsync(account, post, command, cancellationToken)
            : new PostAnswer(null, Unknown.Post(post.ToString()));
    }

    private async Task<PostAnswer> AskAsync(
        AccountKey account, PostId id, Func<IAccountGrain, Task<CommandAnswer>> command, CancellationToken cancellationToken)
    {
        var answer = await calls.AskAsync(account, command, cancellationToken);
        if (answer.Refusal is { } refusal)
        {
            return new PostAnswer(null, refusal);
        }

        // A repeat is answered with the post as it is now, which may be further on than the grain remembers.
        var row = answer is { Outcome: CommandOutcome.Accepted, Post: { } post }
            ? PostRows.Of(account, post)
            : await posts.FindAsync(id.Value, cancellationToken) ?? (answer.Post is { } kept ? PostRows.Of(account, kept) : null);
        return new PostAnswer(row is null ? null : board.Forecast(row), null);
    }
}
