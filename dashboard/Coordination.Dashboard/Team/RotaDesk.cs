using Coordination.Domain;
using Coordination.Domain.People;
using Coordination.Domain.Rota;
using Coordination.Storage.Desk;

namespace Coordination.Dashboard.Team;

/// <summary>Decides by the rules, and asks the database.</summary>
public sealed class RotaDesk(IDeskRecords records, DeskWatch watch, TimeProvider time) : IRotaDesk
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
