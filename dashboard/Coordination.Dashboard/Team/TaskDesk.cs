using Coordination.Dashboard.Desks;
using Coordination.Dashboard.Live;
using Coordination.Domain;
using Coordination.Domain.Accounts;
using Coordination.Domain.People;
using Coordination.Domain.Tasks;
using Coordination.Storage.Desk;
using Coordination.Storage.ReadModel;

namespace Coordination.Dashboard.Team;

/// <summary>Decides by the rules, and asks the database.</summary>
public sealed class TaskDesk(
    IDeskRecords records, DeskWatch watch, IBoard board, IAccountReader accounts, IPostReader posts, AccountCalls calls, TimeProvider time) : ITaskDesk
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<DeskRecord<StaffTask>>> ListAsync(bool? open, AccountKey? account, CancellationToken cancellationToken) =>
        records.ListAsync(DeskKinds.Task, new DeskFilter(open, account?.Value), cancellationToken);

    /// <inheritdoc/>
    public Task<DeskRecord<StaffTask>?> FindAsync(Guid id, CancellationToken cancellationToken) => records.FindAsync(DeskKinds.Task, id, cancellationToken);

    /// <inheritdoc/>
    public async Task<DeskAnswer<StaffTask>> OpenAsync(AccountKey account, TaskWish wish, Actor actor, Guid operationId, CancellationToken cancellationToken)
    {
        if (await LabelsAsync(account, cancellationToken) is not { } labels)
        {
            return No(Unknown.Account(account.Value));
        }

        var id = DerivedIds.Of(operationId, "task");
        switch (TaskDecider.Open(account, labels, wish, actor, time.GetUtcNow().ToMicroseconds()))
        {
            case Decision<Change<StaffTask>>.Accepted { Events: [var change] }:
                // There already: this is the repeat of a request whose answer was lost.
                await records.SaveAsync(DeskKinds.Task, id, 0, change, actor, operationId, cancellationToken);
                watch.Knock();
                var kept = await records.FindAsync(DeskKinds.Task, id, cancellationToken);
                return kept is not null && Same(kept.Body, change.After) ? new DeskAnswer<StaffTask>(kept, null) : No(Reused);
            case Decision<Change<StaffTask>>.Refused refused:
                return No(refused.Why);
            case var other:
                throw new InvalidOperationException($"No rule for {other.GetType().Name}.");
        }
    }

    /// <inheritdoc/>
    public async Task<DeskAnswer<StaffTask>> ConfirmAsync(Guid id, string? note, Actor actor, Guid operationId, CancellationToken cancellationToken)
    {
        if (await records.FindAsync(DeskKinds.Task, id, cancellationToken) is not { } known)
        {
            return No(NoTask(id));
        }

        if (await LabelsAsync(known.Body.Account, cancellationToken) is not { } labels)
        {
            return No(Unknown.Account(known.Body.Account.Value));
        }

        switch (TaskDecider.Confirm(known.Body, labels, note, actor, time.GetUtcNow().ToMicroseconds()))
        {
            case Decision<Change<StaffTask>>.Refused refused:
                return No(refused.Why);
            case Decision<Change<StaffTask>>.Accepted { Events: [var change] } when !await records.SaveAsync(DeskKinds.Task, id, known.Version, change, actor, operationId, cancellationToken):
                return No(new Refusal("task-changed", "Somebody has changed this task since it was read. Nothing was confirmed. Look at it again.", RefusalKind.Conflict));
        }

        watch.Knock();
        var done = await records.FindAsync(DeskKinds.Task, id, cancellationToken) ?? throw new InvalidOperationException("A task was confirmed and cannot be found.");
        await TellPostAsync(done.Body, cancellationToken);
        return new DeskAnswer<StaffTask>(done, null);
    }

    // A repeat does it again: should this host have died between the two, the post learns of it then.
    private async Task TellPostAsync(StaffTask task, CancellationToken cancellationToken)
    {
        if (task is { Open: false, Post: { } id } && await posts.FindAsync(id.Value, cancellationToken) is { CanBeRemoved: true })
        {
            await calls.AskAsync(
                task.Account, grain => grain.RecordRemovedByHand(id, $"{task.DoneByName} confirmed that it is deleted on the platform itself: {task.Note}"), cancellationToken);
        }
    }

    private async Task<AccountLabels?> LabelsAsync(AccountKey account, CancellationToken cancellationToken) =>
        board.Accounts.GetValueOrDefault(account)?.Summary.Labels ?? (await accounts.ReadAsync([account.Value], cancellationToken) is [var summary] ? summary.Labels : null);

    private static bool Same(StaffTask kept, StaffTask wished) =>
        (kept.Kind, kept.Account, kept.What, kept.Link, kept.DueAt, kept.AskedBy) == (wished.Kind, wished.Account, wished.What, wished.Link, wished.DueAt, wished.AskedBy);

    private static Refusal Reused => new(
        "operation-reused", "This operation id was used before with other content. Nothing was opened. Use a new Idempotency-Key for a new wish.", RefusalKind.Conflict);

    private static Refusal NoTask(Guid id) => new("task-unknown", $"There is no task '{id}'. Nothing was changed. GET /api/tasks lists them.", RefusalKind.NotFound);

    private static DeskAnswer<StaffTask> No(Refusal why) => new(null, why);
}
