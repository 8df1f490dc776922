using Coordination.Contracts;
using Coordination.Dashboard.Live;
using Coordination.Domain;
using Coordination.Domain.Accounts;
using Coordination.Domain.People;
using Coordination.Domain.Posts;
using Coordination.Storage.ReadModel;

namespace Coordination.Dashboard.Desks;

/// <summary>Takes wishes about posts to their accounts' grains.</summary>
public sealed class PostDesk(AccountCalls calls, IPostReader posts, IAccountReader accounts, IBoard board) : IPostDesk
{
    /// <summary>Most accounts of one message.</summary>
    public const int MostAccounts = 500;

    private const int AtOnce = 32;

    /// <inheritdoc/>
    public Task<PostAnswer> ScheduleAsync(
        AccountKey account, string text, DateTimeOffset? dueAt, TimeSpan? tolerance, Actor actor, Guid operationId, CancellationToken cancellationToken) =>
        ScheduleAsync(account, new NewPost(new PostId(DerivedIds.Of(operationId, "post")), text, dueAt, tolerance), new CommandContext(operationId, actor), cancellationToken);

    /// <inheritdoc/>
    public async Task<MessageAnswer> SendMessageAsync(
        string text, IReadOnlyList<AccountKey> accounts, DateTimeOffset? dueAt, TimeSpan? tolerance, Actor actor, Guid operationId, CancellationToken cancellationToken)
    {
        var messageId = DerivedIds.Of(operationId, "message");
        var keys = accounts.Distinct().ToArray();
        var parts = new MessagePart[keys.Length];
        await Parallel.ForAsync(0, keys.Length, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, async (i, ct) =>
        {
            var id = new PostId(DerivedIds.Of(operationId, "post/" + keys[i]));
            var context = new CommandContext(DerivedIds.Of(operationId, "operation/" + keys[i]), actor);
            parts[i] = await PartAsync(keys[i], new NewPost(id, text, dueAt, tolerance, messageId), context, ct);
        });
        return new MessageAnswer(messageId, parts);
    }

    /// <inheritdoc/>
    public Task<PostAnswer> CancelAsync(PostId post, string reason, Actor actor, Guid operationId, CancellationToken cancellationToken) =>
        AskAsync(post, grain => grain.Cancel(post, reason, new CommandContext(operationId, actor)), cancellationToken);

    /// <inheritdoc/>
    public Task<PostAnswer> RemoveAsync(PostId post, string reason, Actor actor, Guid operationId, CancellationToken cancellationToken) =>
        AskAsync(post, grain => grain.Remove(post, reason.Trim(), new CommandContext(operationId, actor)), cancellationToken);

    /// <inheritdoc/>
    public Task<PostAnswer> RescheduleAsync(PostId post, DateTimeOffset dueAt, Actor actor, Guid operationId, CancellationToken cancellationToken) =>
        AskAsync(post, grain => grain.Reschedule(post, dueAt, new CommandContext(operationId, actor)), cancellationToken);

    /// <inheritdoc/>
    public Task<PostAnswer> ApproveAsync(PostId post, int revision, Actor actor, Guid operationId, CancellationToken cancellationToken) =>
        AskAsync(post, grain => grain.Approve(post, revision, new CommandContext(operationId, actor)), cancellationToken);

    /// <inheritdoc/>
    public Task<PostAnswer> ConfirmAsync(PostId post, Actor actor, Guid operationId, CancellationToken cancellationToken) =>
        AskAsync(post, grain => grain.Confirm(post, new CommandContext(operationId, actor)), cancellationToken);

    /// <inheritdoc/>
    public Task<PostAnswer> ReleaseAsync(PostRelease release, Actor actor, Guid operationId, CancellationToken cancellationToken) =>
        AskAsync(release.PostId, grain => grain.Release(release, new CommandContext(operationId, actor)), cancellationToken);

    // One account that cannot be reached must not hide what became of the others.
    private async Task<MessagePart> PartAsync(AccountKey account, NewPost post, CommandContext context, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await ScheduleAsync(account, post, context, cancellationToken);
            return new MessagePart(account.Value, answer.Post, answer.Refusal);
        }
        catch (StoreUnavailableException)
        {
            return new MessagePart(account.Value, null, new Refusal(
                "not-known-yet",
                $"It is not known whether the post for {account} was taken. Repeat the whole message with the same Idempotency-Key; nothing is sent twice.",
                RefusalKind.Conflict));
        }
    }

    private async Task<PostAnswer> ScheduleAsync(AccountKey account, NewPost post, CommandContext context, CancellationToken cancellationToken)
    {
        // An account that does not exist needs no grain to say so.
        if (!board.Accounts.ContainsKey(account) && (await accounts.ReadAsync([account.Value], cancellationToken)).Count == 0)
        {
            return new PostAnswer(null, Unknown.Account(account.Value));
        }

        return await AskAsync(account, post.Id, grain => grain.Schedule(post, context), cancellationToken);
    }

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
