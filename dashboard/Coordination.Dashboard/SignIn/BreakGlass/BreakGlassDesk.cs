using Coordination.Domain;
using Coordination.Domain.People;
using Coordination.Domain.People.BreakGlass;
using Coordination.Storage.People;
using Coordination.Storage.People.BreakGlass;

namespace Coordination.Dashboard.SignIn.BreakGlass;

/// <summary>What Comms does about break-glass accounts: who has one, and that each use was seen.</summary>
public sealed class BreakGlassDesk(IBreakGlassStore store, IStaffStore staff, BreakGlassAlarms alarms)
{
    /// <summary>All accounts, by the person's name.</summary>
    public Task<IReadOnlyList<BreakGlassAccount>> AllAsync(CancellationToken cancellationToken) => store.AllAsync(cancellationToken);

    /// <summary>The active staff, by name: whom one can be given to.</summary>
    public async Task<IReadOnlyList<StaffMember>> StaffAsync(CancellationToken cancellationToken) => [.. (await staff.AllAsync(cancellationToken)).Where(s => s.Active)];

    /// <summary>Gives somebody an account, which they then set up.</summary>
    /// <returns>Why not; null when it was given.</returns>
    public async Task<Refusal?> GrantAsync(Actor actor, string staffId, string? reason, CancellationToken cancellationToken)
    {
        if (BreakGlassRules.MayManage(actor, reason) is { } no)
        {
            return no;
        }

        if (await staff.FindAsync(staffId, cancellationToken) is not { Active: true } person)
        {
            return Gone;
        }

        return await store.GrantAsync(actor, person, Guid.NewGuid().ToString("N"), reason!.Trim(), cancellationToken) switch
        {
            "done" => null,
            "already" => new Refusal("already", $"{person.Name} has one already. Nothing was changed.", RefusalKind.Conflict),
            _ => Gone,
        };
    }

    /// <summary>Takes one back: who is signed in by it is out within seconds, and it knows nothing any more.</summary>
    /// <returns>Why not; null when it is gone.</returns>
    public async Task<Refusal?> RevokeAsync(Actor actor, string staffId, string? reason, CancellationToken cancellationToken)
    {
        if (BreakGlassRules.MayManage(actor, reason) is { } no)
        {
            return no;
        }

        await store.RevokeAsync(actor, staffId, reason!.Trim(), cancellationToken);
        return null;
    }

    /// <summary>Says that an alarm was seen.</summary>
    /// <returns>Why not; null when it was, by whomever.</returns>
    public async Task<Refusal?> SeeAsync(Actor actor, long id, CancellationToken cancellationToken)
    {
        if (BreakGlassRules.MaySee(actor) is { } no)
        {
            return no;
        }

        var answer = await store.SeeAsync(actor, id, cancellationToken);
        await alarms.LookAsync(cancellationToken);
        return answer is "own"
            ? new Refusal("own", "This is about your own account: somebody else of Comms has to look at it. Nothing was changed.", RefusalKind.Forbidden)
            : null;
    }

    private static Refusal Gone => new("not-found", "There is no such active member of staff. Nothing was changed.", RefusalKind.NotFound);
}
