using Coordination.Domain.People;
using Coordination.Domain.Posts;

namespace Coordination.Domain.Rota;

/// <summary>Who hands a turn over, and who takes it. Pure.</summary>
public static class HandoverDecider
{
    /// <summary>A turn was handed over, or its notes were written anew.</summary>
    public const string Given = "handover-given";

    /// <summary>The next one took it.</summary>
    public const string Taken = "handover-taken";

    private const string Nothing = "Nothing was changed.";

    /// <summary>Whether somebody hands turns of this shift over, or takes them: Comms, and whoever the rota names.</summary>
    /// <param name="names">The names on the rota that it is about.</param>
    /// <param name="actor">Who.</param>
    public static bool MayTend(IEnumerable<string?> names, Actor actor) =>
        actor.May(Permission.ManageRota) || names.Any(name => string.Equals(name?.Trim(), actor.Name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Hands a turn over that has begun.</summary>
    /// <param name="known">Its hand-over as it is; null for none.</param>
    /// <param name="shift">The turn.</param>
    /// <param name="facts">What stands open.</param>
    /// <param name="notes">What the next one has to know.</param>
    /// <param name="actor">Who hands it over.</param>
    /// <param name="now">The time (UTC).</param>
    public static Decision<Change<Handover>> Give(Handover? known, Shift shift, HandoverFacts facts, string? notes, Actor actor, DateTimeOffset now)
    {
        var refusal = (MayTend([shift.Name], actor) ? null : Forbidden("hand over", actor))
            ?? (shift.Open && shift.From <= now ? null : new Refusal("shift-not-begun", $"The turn has not begun, or was taken off the rota. {Nothing}", RefusalKind.Conflict))
            ?? (known is { Open: false } ? new Refusal("handover-taken", $"{known.TakenByName} has taken this turn over already. {Nothing}", RefusalKind.Conflict) : null)
            ?? PostRules.CheckReason(notes, $"A hand-over needs a word for the next one. {Nothing} Say what they have to know, or that nothing is special.");
        if (refusal is not null)
        {
            return new Decision<Change<Handover>>.Refused(refusal);
        }

        var words = notes!.Trim();
        return known is not null && string.Equals(known.Notes, words, StringComparison.Ordinal) && string.Equals(known.GivenBy, actor.Id, StringComparison.Ordinal)
            ? new Decision<Change<Handover>>.AlreadyDone("It is handed over with these words.")
            : Accept(Given, new Handover
            {
                Role = shift.Role, Of = shift.Name, EndsAt = shift.To, GivenBy = actor.Id, GivenByName = actor.Name, GivenAt = now, Notes = words, Facts = facts,
            });
    }

    /// <summary>Takes a turn over that was handed over by somebody else.</summary>
    /// <param name="known">The hand-over.</param>
    /// <param name="next">Who the rota names after it; null for nobody.</param>
    /// <param name="actor">Who takes it.</param>
    /// <param name="now">The time (UTC).</param>
    public static Decision<Change<Handover>> Take(Handover known, string? next, Actor actor, DateTimeOffset now)
    {
        if (!MayTend([next], actor))
        {
            return new Decision<Change<Handover>>.Refused(Forbidden("take over", actor));
        }

        if (!known.Open)
        {
            return string.Equals(known.TakenBy, actor.Id, StringComparison.Ordinal)
                ? new Decision<Change<Handover>>.AlreadyDone("They have taken it over.")
                : new Decision<Change<Handover>>.Refused(new Refusal("handover-taken", $"{known.TakenByName} has taken this turn over already. {Nothing}", RefusalKind.Conflict));
        }

        return string.Equals(known.GivenBy, actor.Id, StringComparison.Ordinal)
            ? new Decision<Change<Handover>>.Refused(new Refusal("handover-own", $"Whoever hands a turn over does not take it. {Nothing} The next one does, so that both are on record.", RefusalKind.Conflict))
            : Accept(Taken, known with { TakenBy = actor.Id, TakenByName = actor.Name, TakenAt = now });
    }

    private static Refusal Forbidden(string what, Actor actor) => new(
        "forbidden", $"{actor.Name} ({actor.Role.Name()}) may not {what} this turn. {Nothing} Who may: whom the rota names for it, and {PermissionMatrix.WhoMayInWords(Permission.ManageRota)}.", RefusalKind.Forbidden);

    private static Decision<Change<Handover>> Accept(string name, Handover after) => new Decision<Change<Handover>>.Accepted([new Change<Handover>(name, after)]);
}
