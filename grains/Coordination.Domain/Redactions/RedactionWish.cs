using Coordination.Domain.People;
using Coordination.Domain.Posts;

namespace Coordination.Domain.Redactions;

/// <summary>Somebody wants content erased for good.</summary>
/// <param name="Target">Which.</param>
/// <param name="Ground">On which legal ground.</param>
/// <param name="Reason">Why, in words that say nothing of what is erased: they stay.</param>
public sealed record RedactionWish(RedactionTarget Target, RedactionGround Ground, string? Reason);

/// <summary>Who may ask for content to be erased, who may do it, and in which words. Pure.</summary>
public static class RedactionRules
{
    /// <summary>Fewest characters of a reason.</summary>
    public const int ShortestReason = 10;

    /// <summary>Most characters of a reason.</summary>
    public const int LongestReason = 500;

    /// <summary>Streams that have no state beside them: what an entry of them says stands nowhere else, so it can be erased alone.</summary>
    public static IReadOnlyList<string> EntryStreams { get; } = ["export/", "incident/", "reading/"];

    private const string Nothing = "Nothing was erased.";

    /// <summary>Whether somebody may ask for it.</summary>
    /// <returns>Null when they may.</returns>
    public static Refusal? Ask(RedactionWish wish, Actor actor)
    {
        if (!actor.May(Permission.Redact))
        {
            return Forbidden(actor, Permission.Redact);
        }

        if (wish.Reason?.Trim().Length is null or < ShortestReason or > LongestReason)
        {
            return new Refusal("redaction-reason-missing", $"Erasing content needs a reason of {ShortestReason} to {LongestReason} characters. {Nothing} It stays in the record: say whose wish it is by a case number, and nothing of what is to be erased.");
        }

        return StorableText.Check("reason", wish.Reason) ?? (wish.Target is RedactionTarget.Entry entry ? CheckEntry(entry) : null);
    }

    /// <summary>Whether somebody may confirm, or decline, what another asked for.</summary>
    /// <param name="askedBy">Staff id of who asked.</param>
    /// <param name="confirms">Whether they confirm; who asked may take it back, and never confirm it.</param>
    /// <param name="actor">Who answers.</param>
    /// <returns>Null when they may.</returns>
    public static Refusal? Answer(string askedBy, bool confirms, Actor actor)
    {
        var own = string.Equals(askedBy, actor.Id, StringComparison.Ordinal);
        if (own && !confirms)
        {
            return actor.May(Permission.Redact) ? null : Forbidden(actor, Permission.Redact);
        }

        if (!actor.May(Permission.ConfirmRedaction))
        {
            return Forbidden(actor, Permission.ConfirmRedaction);
        }

        return own ? SecondPerson : confirms ? FreshSignIn.Check(actor, FreshSignIn.EraseContent) : null;
    }

    /// <summary>Who asked cannot confirm.</summary>
    public static Refusal SecondPerson { get; } = new(
        "redaction-needs-second", $"Whoever asked for it cannot confirm it: content is erased by two. {Nothing} Another member of Comms reads it and confirms, or declines.", RefusalKind.Forbidden);

    private static Refusal? CheckEntry(RedactionTarget.Entry entry) => EntryStreams.Any(s => entry.Stream.StartsWith(s, StringComparison.Ordinal)) && entry.Number > 0
        ? null
        : new Refusal(
            "entry-not-redactable",
            $"What this entry says also stands in a state beside the journal, so it cannot be erased by itself. {Nothing} Of a post, ask on the post's page. Entries that can be erased alone: exports, looks at the record, messages about incidents.",
            RefusalKind.Conflict);

    private static Refusal Forbidden(Actor actor, Permission permission) => new(
        "forbidden", $"{actor.Name} may not {PermissionGrounds.Of(permission).Doing}. {Nothing} Who may: {PermissionMatrix.WhoMayInWords(permission)}.", RefusalKind.Forbidden);
}
