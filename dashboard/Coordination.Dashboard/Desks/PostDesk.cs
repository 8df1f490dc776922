using Coordination.Contracts;
using Coordination.Dashboard.Live;
using Coordination.Domain;
using Coordination.Domain.Accounts;
using Coordination.Domain.People;
using Coordination.Domain.Posts;
using Coordination.Storage.ReadModel;

namespace Coordination.Dashboard.Desks;

/// <summary>Takes wishes about posts to their accounts' grains.</summary>
public sealed class PostDesk(IClusterClient cluster, IPostReader posts, IAccountReader accounts, IBoard board, TimeProvider time) : IPostDesk
{
    /// <summary>Most accounts of one message.</summary>
    public const int MostAccounts = 500;

    /// <summary>How long one account's grain may take; less than an HTTP request may.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

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
    public Task<PostAnswer> RescheduleAsync(PostId post, DateTimeOffset dueAt, Actor actor, Guid operationId, CancellationToken cancellationToken) =>
        AskAsync(post, grain => grain.Reschedule(post, dueAt, new CommandContext(operationId, actor)), cancellationToken);

    /// <inheritdoc/>
    public Task<PostAnswer> ReleaseAsync(PostId post, DateTimeOffset? dueAt, Actor actor, Guid operationId, CancellationToken cancellationToken) =>
        AskAsync(post, grain => grain.Release(post, dueAt, new CommandContext(operationId, actor)), cancellationToken);

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
        CommandAnswer answer;
        try
        {
            answer = await command(Grain(account)).WaitAsync(Patience, time, cancellationToken);
        }
        catch (Exception e) when (e is TimeoutException or OrleansException)
        {
            throw new StoreUnavailableException($"The host of the account {account} does not answer.", e);
        }

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

    // A client that has not met any silo yet knows no grain class, and says so as if the program were wrong.
    private IAccountGrain Grain(AccountKey account)
    {
        try
        {
            return cluster.GetGrain<IAccountGrain>(GrainKeys.Of(account));
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            throw new StoreUnavailableException($"No silo runs that could host the account {account}.", e);
        }
    }
}
