using Coordination.Contracts;
using Coordination.Dashboard.Desks;
using Coordination.Domain.Accounts;
using Coordination.Domain.People;
using Coordination.Domain.Posts;
using Coordination.Storage.ReadModel;

namespace Coordination.Pages.Tests;

/// <summary>A desk that answers as told and remembers the operation ids it was asked under; and the list it would leave.</summary>
internal sealed class StubPostDesk : IPostDesk, IPostReader
{
    private readonly Lock _asked = new();

    public List<Guid> Operations { get; } = [];

    public Func<PostId, PostAnswer> Answer { get; set; } = _ => throw new TimeoutException("no answer");

    public Func<IReadOnlyList<AccountKey>, MessageAnswer> Message { get; set; } = _ => throw new TimeoutException("no answer");

    public List<PostRow> Waiting { get; } = [];

    public Task<PostAnswer> ScheduleAsync(AccountKey account, PostWords words, Actor actor, Guid operationId, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<MessageAnswer> SendMessageAsync(PostWords words, IReadOnlyList<AccountKey> accounts, Actor actor, Guid operationId, CancellationToken cancellationToken)
    {
        Words.Add(words);
        Operations.Add(operationId);
        return Task.FromResult(Message(accounts));
    }

    public Task<PostAnswer> CancelAsync(PostId post, string reason, Actor actor, Guid operationId, CancellationToken cancellationToken) => Take(post, operationId);

    public Task<PostAnswer> RemoveAsync(PostId post, string reason, Actor actor, Guid operationId, CancellationToken cancellationToken) => Take(post, operationId);

    public Task<PostAnswer> RescheduleAsync(PostId post, DateTimeOffset dueAt, Actor actor, Guid operationId, CancellationToken cancellationToken) => Take(post, operationId);

    public Task<PostAnswer> RetryAsync(PostId post, Actor actor, Guid operationId, CancellationToken cancellationToken) => Take(post, operationId);

    public Task<MessageAnswer?> RetryMessageAsync(Guid message, Actor actor, Guid operationId, CancellationToken cancellationToken)
    {
        Operations.Add(operationId);
        return Task.FromResult<MessageAnswer?>(Message([.. Waiting.Where(p => p.MessageId == message && p.State == "failed").Select(p => AccountKey.Parse(p.Account))]));
    }

    public Task<IReadOnlyList<PostRow>> OfMessageAsync(Guid message, int limit, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<PostRow>>([.. Waiting.Where(p => p.MessageId == message)]);

    public Task<PostAnswer> ConfirmAsync(PostId post, Actor actor, Guid operationId, CancellationToken cancellationToken) => Take(post, operationId);

    public Task<PostAnswer> EditAsync(PostEdit edit, Actor actor, Guid operationId, CancellationToken cancellationToken) => Take(edit.PostId, operationId);

    public Task<PostAnswer> ReturnAsync(PostId post, int revision, string comment, Actor actor, Guid operationId, CancellationToken cancellationToken) => Take(post, operationId);

    public Task<PostAnswer> ApproveAsync(PostId post, int revision, DateTimeOffset? dueAt, Actor actor, Guid operationId, CancellationToken cancellationToken) => Take(post, operationId);

    public Task<Page<PostRow>> AwaitingApprovalAsync(ApproverFilter? filter, int limit, string? cursor, CancellationToken cancellationToken) => Task.FromResult(new Page<PostRow>([.. Waiting], null));

    public Task<Page<PostRow>> ReturnedAsync(string posterId, int limit, string? cursor, CancellationToken cancellationToken) =>
        Task.FromResult(new Page<PostRow>([.. Waiting.Where(p => p.State == "returned" && p.PosterId == posterId)], null));

    public Task<IReadOnlyList<PostRow>> NearAsync(
        IReadOnlyCollection<string> accounts, bool allCorporate, DateTimeOffset at, TimeSpan within, Guid? except, int limit, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<CalendarDay>> CalendarAsync(IReadOnlyList<Domain.Holds.Scope> scopes, IReadOnlyList<Domain.Holds.Scope>? anyOf, DateOnly from, DateOnly until, int perDay, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<CalendarDay>>([.. Waiting.GroupBy(p => DateOnly.FromDateTime(p.DueAt.UtcDateTime)).Select(g => new CalendarDay(g.Key, g.Count(), [.. g.Take(perDay)]))]);

    public List<PostWords> Words { get; } = [];

    public List<PostRelease> Releases { get; } = [];

    public Task<PostAnswer> ReleaseAsync(PostRelease release, Actor actor, Guid operationId, CancellationToken cancellationToken)
    {
        lock (_asked)
        {
            Releases.Add(release);
            return Take(release.PostId, operationId);
        }
    }

    public Task<Page<PostRow>> HandBackAsync(HandBackFilter filter, int limit, string? cursor, CancellationToken cancellationToken) =>
        Task.FromResult(new Page<PostRow>([.. Waiting.Where(p => filter.Account is null || p.Account == filter.Account)], null));

    public Task<PostRow?> FindAsync(Guid id, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Page<PostRow>> OfAccountAsync(string account, int limit, string? cursor, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<(int Total, IReadOnlyList<PostRow> First)> DueInScopeAsync(Domain.Holds.Scope scope, DateTimeOffset before, int limit, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<PostCounts> CountAsync(DateTimeOffset endOfDay, CancellationToken cancellationToken) => throw new NotSupportedException();

    private Task<PostAnswer> Take(PostId post, Guid operationId)
    {
        // Many posts are decided about at once.
        lock (_asked)
        {
            Operations.Add(operationId);
            return Task.FromResult(Answer(post));
        }
    }
}
