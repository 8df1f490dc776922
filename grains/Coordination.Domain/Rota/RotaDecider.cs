using Coordination.Domain.Accounts;
using Coordination.Domain.People;
using Coordination.Domain.Posts;

namespace Coordination.Domain.Rota;

/// <summary>Who may set the rota, and what a shift may be. Pure.</summary>
public static class RotaDecider
{
    /// <summary>The longest shift.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(14);

    /// <summary>How far ahead a shift may begin.</summary>
    public static readonly TimeSpan Furthest = TimeSpan.FromDays(366);

    /// <summary>A shift was put on the rota, or changed.</summary>
    public const string Set = "shift-set";

    /// <summary>A shift was taken off the rota.</summary>
    public const string Removed = "shift-removed";

    /// <summary>Puts a shift on the rota, or changes one.</summary>
    /// <param name="known">The shift as it is; null for a new one.</param>
    /// <param name="wish">As it should be.</param>
    /// <param name="actor">Who sets it.</param>
    /// <param name="now">The time (UTC).</param>
    public static Decision<Change<Shift>> Save(Shift? known, Shift wish, Actor actor, DateTimeOffset now)
    {
        var shift = wish with { Name = wish.Name.Trim(), Phone = wish.Phone.Trim(), From = Minute(wish.From), To = Minute(wish.To), Open = true };
        if ((MayNot(actor) ?? IsPast(known, now) ?? Check(shift, now)) is { } refusal)
        {
            return new Decision<Change<Shift>>.Refused(refusal);
        }

        return known == shift
            ? new Decision<Change<Shift>>.AlreadyDone("The shift is on the rota just so.")
            : Accept(Set, shift);
    }

    /// <summary>Takes a shift off the rota.</summary>
    public static Decision<Change<Shift>> Remove(Shift known, string? reason, Actor actor, DateTimeOffset now)
    {
        if (MayNot(actor) is { } forbidden)
        {
            return new Decision<Change<Shift>>.Refused(forbidden);
        }

        if (!known.Open)
        {
            return new Decision<Change<Shift>>.AlreadyDone("The shift is off the rota.");
        }

        return (IsPast(known, now) ?? PostRules.CheckReason(reason, "Taking a shift off the rota needs a reason. Nothing was changed. Say why in a few words.")) is { } refusal
            ? new Decision<Change<Shift>>.Refused(refusal)
            : Accept(Removed, known with { Open = false }, reason!.Trim());
    }

    private static Refusal? Check(Shift shift, DateTimeOffset now)
    {
        if ((shift.Name.Length == 0 ? "is missing; name the person" : FieldRules.CheckName(shift.Name)) is { } name)
        {
            return new Refusal("name-invalid", $"The name {name}. Nothing was changed.");
        }

        if ((shift.Phone.Length == 0 ? "is missing; nobody could call them" : FieldRules.CheckPhone(shift.Phone)) is { } phone)
        {
            return new Refusal("phone-invalid", $"The telephone number {phone}. Nothing was changed.");
        }

        if (!StorableText.Fits(shift.Name))
        {
            return StorableText.Check("name", shift.Name);
        }

        if (shift.To <= shift.From)
        {
            return new Refusal("shift-ends-first", "The shift ends before it begins. Nothing was changed. A night ends on the next day.");
        }

        return shift switch
        {
            _ when shift.To - shift.From > Longest => new Refusal("shift-too-long", $"The shift lasts {(shift.To - shift.From).TotalDays:0} days; {Longest.TotalDays:0} fit. Nothing was changed. Make one for each week."),
            _ when shift.To <= now => new Refusal("time-in-past", "The shift is over already. Nothing was changed. Nothing in the past of the rota changes."),
            _ when shift.From > now + Furthest => new Refusal("time-too-far", "The shift begins more than a year ahead. Nothing was changed."),
            _ => null,
        };
    }

    private static Refusal? IsPast(Shift? known, DateTimeOffset now) => known is { Open: true } && known.To <= now
        ? new Refusal("shift-over", "The shift is over, and stays as it was. Nothing was changed.", RefusalKind.Conflict)
        : null;

    private static Refusal? MayNot(Actor actor) => actor.May(Permission.ManageRota)
        ? null
        : new Refusal(
            "forbidden",
            $"{actor.Name} ({actor.Role.Name()}) may not set the duty rota. Nothing was changed. Who may: {PermissionMatrix.WhoMayInWords(Permission.ManageRota)}.",
            RefusalKind.Forbidden);

    private static DateTimeOffset Minute(DateTimeOffset at) => new(at.UtcTicks / TimeSpan.TicksPerMinute * TimeSpan.TicksPerMinute, TimeSpan.Zero);

    private static Decision<Change<Shift>> Accept(string name, Shift after, string? why = null) => new Decision<Change<Shift>>.Accepted([new Change<Shift>(name, after, why)]);
}
