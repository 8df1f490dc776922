using Coordination.Domain;
using Coordination.Domain.People;
using Coordination.Domain.Rota;
using Coordination.Storage.Desk;

namespace Coordination.Dashboard.Team;

/// <summary>Decides by the rules, and asks the database.</summary>
public sealed class RotaDesk(IDeskRecords records, DeskWatch watch, OpenThings open, TimeProvider time) : IRotaDesk
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<DeskRecord<Shift>>> ListAsync(CancellationToken cancellationToken) =>
        records.ListAsync(DeskKinds.Shift, new DeskFilter(Open: true, EndsAfter: time.GetUtcNow()), cancellationToken);

    /// <inheritdoc/>
    public async Task<DeskAnswer<Shift>> SaveAsync(Guid id, Shift shift, long? version, Actor actor, CancellationToken cancellationToken)
    {
        var known = await records.FindAsync(DeskKinds.Shift, id, cancellationToken);
        if (known is null && version is not null)
        {
            return No(NoShift(id));
        }

        return await DoAsync(known, id, version ?? 0, RotaDecider.Save(known?.Body, shift, actor, time.GetUtcNow()), actor, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<DeskAnswer<Shift>> RemoveAsync(Guid id, long version, string? reason, Actor actor, CancellationToken cancellationToken) =>
        await records.FindAsync(DeskKinds.Shift, id, cancellationToken) is { } known
            ? await DoAsync(known, id, version, RotaDecider.Remove(known.Body, reason, actor, time.GetUtcNow()), actor, cancellationToken)
            : No(NoShift(id));

    /// <inheritdoc/>
    public async Task<IReadOnlyList<DutyTurn>> TurnsAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var shifts = await records.ListAsync(DeskKinds.Shift, new DeskFilter(Open: true, EndsAfter: now - HandoverView.Shown), cancellationToken);
        var handovers = await records.ListAsync(DeskKinds.Handover, new DeskFilter(), cancellationToken);
        return HandoverView.Of([.. shifts.Select(s => KeyValuePair.Create(s.Id, s.Body))], handovers.ToDictionary(h => h.Id, h => h.Body), now);
    }

    /// <inheritdoc/>
    public async Task<DeskAnswer<Handover>> GiveAsync(Guid shift, string? notes, Actor actor, CancellationToken cancellationToken)
    {
        if (await records.FindAsync(DeskKinds.Shift, shift, cancellationToken) is not { } turn)
        {
            return new DeskAnswer<Handover>(null, NoShift(shift));
        }

        var known = await records.FindAsync(DeskKinds.Handover, shift, cancellationToken);
        return await HandAsync(shift, known, HandoverDecider.Give(known?.Body, turn.Body, open.Now(), notes, actor, time.GetUtcNow().ToMicroseconds()), actor, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<DeskAnswer<Handover>> TakeAsync(Guid shift, Actor actor, CancellationToken cancellationToken)
    {
        if (await records.FindAsync(DeskKinds.Handover, shift, cancellationToken) is not { } known)
        {
            return new DeskAnswer<Handover>(null, new Refusal("handover-unknown", "This turn is not handed over yet. Nothing was changed. Ask whoever had it, or hand it over for them.", RefusalKind.NotFound));
        }

        var next = (await TurnsAsync(cancellationToken)).FirstOrDefault(t => t.ShiftId == shift)?.Next;
        return await HandAsync(shift, known, HandoverDecider.Take(known.Body, next, actor, time.GetUtcNow().ToMicroseconds()), actor, cancellationToken);
    }

    private async Task<DeskAnswer<Handover>> HandAsync(Guid shift, DeskRecord<Handover>? known, Decision<Change<Handover>> decision, Actor actor, CancellationToken cancellationToken)
    {
        switch (decision)
        {
            case Decision<Change<Handover>>.Refused refused:
                return new DeskAnswer<Handover>(null, refused.Why);
            case Decision<Change<Handover>>.AlreadyDone:
                return new DeskAnswer<Handover>(known, null);
            case Decision<Change<Handover>>.Accepted { Events: [var change] } when await records.SaveAsync(DeskKinds.Handover, shift, known?.Version ?? 0, change, actor, null, cancellationToken):
                watch.Knock();
                return new DeskAnswer<Handover>(await records.FindAsync(DeskKinds.Handover, shift, cancellationToken), null);
            default:
                return new DeskAnswer<Handover>(null, new Refusal("handover-changed", "Somebody has changed this hand-over in the same moment. Nothing was changed. Look at it again.", RefusalKind.Conflict));
        }
    }

    private async Task<DeskAnswer<Shift>> DoAsync(
        DeskRecord<Shift>? known, Guid id, long version, Decision<Change<Shift>> decision, Actor actor, CancellationToken cancellationToken)
    {
        switch (decision)
        {
            case Decision<Change<Shift>>.Refused refused:
                return No(refused.Why);
            case Decision<Change<Shift>>.AlreadyDone:
                return new DeskAnswer<Shift>(known, null);
            case Decision<Change<Shift>>.Accepted { Events: [var change] } when await records.SaveAsync(DeskKinds.Shift, id, version, change, actor, null, cancellationToken):
                watch.Knock();
                return new DeskAnswer<Shift>(await records.FindAsync(DeskKinds.Shift, id, cancellationToken), null);
            default:
                return No(new Refusal("shift-changed", "Somebody has changed this shift since it was read. Nothing was changed. Read the rota again, and give the shift's 'version'.", RefusalKind.Conflict));
        }
    }

    private static Refusal NoShift(Guid id) => new("shift-unknown", $"There is no shift '{id}'. Nothing was changed. GET /api/rota lists them.", RefusalKind.NotFound);

    private static DeskAnswer<Shift> No(Refusal why) => new(null, why);
}
