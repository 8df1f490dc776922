using Coordination.Domain.Posts;

namespace Coordination.Domain.People;

/// <summary>Who may say that one account holder stands in for another, and for how long. Pure.</summary>
/// <remarks>What must hold when two act at once, and that both of them are there, is decided in the database.</remarks>
public static class DeputyDecider
{
    /// <summary>Longest time of one, in days: a quarter. Who stands in for longer is a holder of these accounts.</summary>
    public const int MostDays = 92;

    private const string Nothing = "Nothing was changed.";

    /// <summary>Checks a wish.</summary>
    /// <param name="wish">What is wished.</param>
    /// <param name="holder">The holder's entry; null when there is nobody.</param>
    /// <param name="deputy">The deputy's entry; null when there is nobody.</param>
    /// <param name="actor">Who wishes it.</param>
    /// <param name="now">The time (UTC).</param>
    /// <returns>Null when it may be carried out.</returns>
    public static Refusal? Check(DeputyWish wish, StaffEntry? holder, StaffEntry? deputy, Actor actor, DateTimeOffset now) =>
        StaffDecider.MayChange(wish.DeputyId, actor)
        ?? StaffDecider.MayChange(wish.HolderId, actor)
        ?? CheckPeople(wish, holder, deputy)
        ?? CheckTerm(wish, now)
        ?? StaffDecider.CheckReason(wish.Reason);

    /// <summary>Checks the end of one before its time.</summary>
    /// <returns>Null when it may be carried out.</returns>
    public static Refusal? CheckEnd(string deputyId, string? reason, Actor actor) =>
        StaffDecider.MayChange(deputyId, actor)
        ?? PostRules.CheckReason(reason, $"Ending it needs a reason. {Nothing} Say why in a few words.");

    private static Refusal? CheckPeople(DeputyWish wish, StaffEntry? holder, StaffEntry? deputy) => (holder, deputy) switch
    {
        (null, _) or (_, null) => new Refusal("staff-unknown", $"One of the two is not in the staff directory. {Nothing} GET /api/staff lists all.", RefusalKind.NotFound),
        _ when string.Equals(wish.HolderId, wish.DeputyId, StringComparison.Ordinal) => new Refusal("deputy-self", $"Nobody stands in for themselves. {Nothing} Choose somebody else."),
        ({ Role: not Role.AccountHolder } or { PublishesOn: null }, _) => new Refusal(
            "holder-without-accounts", $"{holder.Name} holds no accounts of their own, so there is nothing to stand in for. {Nothing}"),
        (_, { Role: not Role.AccountHolder }) => new Refusal(
            "deputy-no-holder", $"{deputy.Name} is {deputy.Role.Name()}; an account holder is stood in for by an account holder. {Nothing} Whoever publishes on corporate accounts needs no deputising, anybody else needs the role first."),
        _ => null,
    };

    private static Refusal? CheckTerm(DeputyWish wish, DateTimeOffset now)
    {
        if (wish.LastDay is not { } last)
        {
            return new Refusal("last-day-missing", $"It needs a last day. {Nothing} Say until when they stand in.");
        }

        var (starts, ends) = (StaffTerm.Start(wish.FirstDay) ?? now, StaffTerm.End(last)!.Value);
        return ends <= now ? new Refusal("term-over", $"That last day is over already. {Nothing} Give a later one.")
            : ends <= starts ? new Refusal("term-ends-first", $"The last day is before the first. {Nothing}")
            : starts > now + StaffDecider.Furthest ? new Refusal("time-too-far", $"The first day is more than ten years ahead. {Nothing}")
            : ends - starts > TimeSpan.FromDays(MostDays + 1) ? new Refusal(
                "deputy-too-long", $"Somebody stands in for {MostDays} days at most. {Nothing} Give an earlier last day; who stays longer gets these accounts in their own entry.")
            : null;
    }
}
