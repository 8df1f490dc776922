using Coordination.Domain.People;
using Coordination.Domain.Posts;

namespace Coordination.Domain.Retention;

/// <summary>Who may say how long data is kept, and what stands in the way, in words. Pure.</summary>
public static class RetentionRules
{
    private const string Nothing = "Nothing was changed.";

    /// <summary>Whether somebody may change it, for this reason.</summary>
    /// <returns>Null when they may.</returns>
    public static Refusal? Check(string? reason, Actor actor) => !actor.May(Permission.ManageRetention)
        ? Forbidden(actor, Permission.ManageRetention)
        : PostRules.CheckReason(reason, $"This needs a reason. {Nothing} Say why in a few words; it stays in the record.");

    /// <summary>Whether somebody may have it counted, or taken out. The service itself, and who runs it, may: what is taken out, two people have switched on.</summary>
    /// <returns>Null when they may.</returns>
    public static Refusal? Run(bool acts, Actor actor) =>
        actor.Role == Role.System || actor.May(acts ? Permission.ManageRetention : Permission.ReadJournal) ? null : Forbidden(actor, acts ? Permission.ManageRetention : Permission.ReadJournal);

    /// <summary>The refusal of a code, which may have a detail behind a colon; the codes are what the database answers.</summary>
    public static Refusal Of(string answer)
    {
        var (code, detail) = answer.Split(':', 2) is [var c, var d] ? (c, d) : (answer, "");
        return code switch
        {
            "retention-unknown" => new(code, $"There is no such kind of data. {Nothing}", RefusalKind.NotFound),
            "retention-fixed" => new(code, $"How long this is kept cannot be set. {Nothing}", RefusalKind.Conflict),
            "retention-bounds" => new(code, $"This can be kept for {detail} days. {Nothing}"),
            "retention-changed" => new(code, $"Somebody has changed it meanwhile. {Nothing} Read it again.", RefusalKind.Conflict),
            "keep-known" => new(code, $"Its record is kept already. {Nothing}", RefusalKind.Conflict),
            "keep-unknown" => new(code, $"There is no such account or incident, or its record is not kept. {Nothing}", RefusalKind.NotFound),
            "retention-busy" => new(code, $"Another run is under way. {Nothing} Look again in a minute.", RefusalKind.Conflict),
            "retention-off" => new(code, $"Data is not taken out: that is not switched on, which takes two people. {Nothing}", RefusalKind.Conflict),
            _ => new("retention-refused", $"The database refused this. {Nothing} Tell whoever runs the service.", RefusalKind.Conflict),
        };
    }

    private static Refusal Forbidden(Actor actor, Permission permission) => new(
        "forbidden", $"{actor.Name} may not {PermissionGrounds.Of(permission).Doing}. {Nothing} Who may: {PermissionMatrix.WhoMayInWords(permission)}.", RefusalKind.Forbidden);
}
