using Coordination.Dashboard.SignIn;
using Coordination.Domain;
using Coordination.Domain.People;
using Coordination.Storage.People;

namespace Coordination.Dashboard.Staffing;

/// <summary>Decides by the rules, and asks the database.</summary>
public sealed class DeputyDesk(IDeputyRegister register, IStaffRegister staff, StaffDirectory known, TimeProvider time) : IDeputyDesk
{
    private const string Nothing = "Nothing was changed.";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Deputising>?> ListAsync(string staffId, Actor actor, CancellationToken cancellationToken) =>
        actor.May(Permission.ReadStaff) || string.Equals(staffId, actor.Id, StringComparison.Ordinal) ? await register.ListAsync(staffId, cancellationToken) : null;

    /// <inheritdoc/>
    public async Task<DeputyDeskAnswer> NameAsync(Guid id, DeputyWish wish, Actor actor, CancellationToken cancellationToken)
    {
        var (holder, deputy) = (await staff.FindAsync(wish.HolderId, cancellationToken), await staff.FindAsync(wish.DeputyId, cancellationToken));
        return DeputyDecider.Check(wish, holder?.Entry, deputy?.Entry, actor, time.GetUtcNow()) is { } refusal
            ? No(refusal)
            : await AnswerAsync(await register.NameAsync(id, wish, actor, cancellationToken), id, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<DeputyDeskAnswer> EndAsync(Guid id, string? reason, Actor actor, CancellationToken cancellationToken)
    {
        var found = await register.FindAsync(id, cancellationToken);
        return DeputyDecider.CheckEnd(found?.DeputyId ?? "", reason, actor) is { } refusal ? No(refusal)
            : found is null ? No(Unknown())
            : await AnswerAsync(await register.EndAsync(id, reason!, actor, cancellationToken), id, cancellationToken);
    }

    private async Task<DeputyDeskAnswer> AnswerAsync(DeputyAnswer answer, Guid id, CancellationToken cancellationToken)
    {
        Refusal? why = answer switch
        {
            DeputyAnswer.Saved or DeputyAnswer.Same => null,
            DeputyAnswer.Own => StaffDecider.Own(),
            DeputyAnswer.ActorGone => new Refusal("forbidden", $"Your own entry in the directory was changed, so this does not count. {Nothing} Sign in again.", RefusalKind.Forbidden),
            DeputyAnswer.Gone => new Refusal("deputy-gone", $"One of the two is not let in, or is no account holder any more. {Nothing} Look at their entries.", RefusalKind.Conflict),
            DeputyAnswer.Over => new Refusal("term-over", $"That last day is over already. {Nothing} Give a later one."),
            DeputyAnswer.Twice => new Refusal("deputy-twice", $"They stand in for this person in that time already. {Nothing} End that first, or choose other days.", RefusalKind.Conflict),
            DeputyAnswer.TooMany => new Refusal("deputy-too-many", $"They stand in for ten people already. {Nothing} Choose somebody else, or end one of these first.", RefusalKind.Conflict),
            DeputyAnswer.Unknown => Unknown(),
            _ => new Refusal("operation-reused", $"That id was used for another wish. {Nothing} Make a new one for each wish.", RefusalKind.Conflict),
        };
        if (why is not null)
        {
            return No(why);
        }

        // What this host remembers of them may be what they were a moment ago.
        var now = await register.FindAsync(id, cancellationToken);
        known.Forget(now!.DeputyId);
        return new DeputyDeskAnswer(now, null);
    }

    private static Refusal Unknown() => new("deputy-unknown", $"There is no such deputising. {Nothing} GET /api/staff/ID/deputies lists those of a person.", RefusalKind.NotFound);

    private static DeputyDeskAnswer No(Refusal why) => new(null, why);
}
