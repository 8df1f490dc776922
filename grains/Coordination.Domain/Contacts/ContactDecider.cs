using Coordination.Domain.Accounts;
using Coordination.Domain.People;
using Coordination.Domain.Posts;

namespace Coordination.Domain.Contacts;

/// <summary>Who asks whether somebody is the contact of an account, and who answers. Pure.</summary>
public static class ContactDecider
{
    /// <summary>Comms asked somebody.</summary>
    public const string Asked = "contact-asked";

    /// <summary>They said that they are.</summary>
    public const string Confirmed = "contact-confirmed";

    /// <summary>They said that they are not.</summary>
    public const string Declined = "contact-declined";

    /// <summary>Comms took the question back.</summary>
    public const string Withdrawn = "contact-withdrawn";

    private const string Nothing = "Nothing was changed.";

    /// <summary>Asks a member of staff. A question that waited for somebody else is asked no more.</summary>
    /// <param name="known">The latest question about the account; null for none.</param>
    /// <param name="account">The account.</param>
    /// <param name="staffId">Whom to ask.</param>
    /// <param name="contact">The contact that would be recorded, tidied and checked by <see cref="ContactRules"/>.</param>
    /// <param name="stands">Whether they are let in now: nobody else could answer.</param>
    /// <param name="reason">Why.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="now">The time (UTC).</param>
    public static Decision<Change<ContactAsk>> Ask(
        ContactAsk? known, AccountKey account, string staffId, NamedContact contact, bool stands, string? reason, Actor actor, DateTimeOffset now)
    {
        var refusal = MayAsk(actor)
            ?? PostRules.CheckReason(reason, $"Naming another contact needs a reason. {Nothing} Say why in a few words.")
            ?? (stands ? null : new Refusal("contact-gone", $"They are not active in the staff directory, so they could not answer. {Nothing} Name somebody who is.", RefusalKind.Conflict));
        if (refusal is not null)
        {
            return new Decision<Change<ContactAsk>>.Refused(refusal);
        }

        return known is { Answer: ContactAnswer.Waiting or ContactAnswer.Confirmed } && Same(known, staffId, contact)
            ? new Decision<Change<ContactAsk>>.AlreadyDone("They are asked, or have said yes.")
            : Accept(Asked, new ContactAsk
            {
                Account = account, StaffId = staffId, Contact = contact, AskedBy = actor.Id, AskedByName = actor.Name, AskedAt = now, Answer = ContactAnswer.Waiting,
            }, reason!.Trim());
    }

    /// <summary>Whoever is asked says whether they are; nobody says it for them.</summary>
    public static Decision<Change<ContactAsk>> Answer(ContactAsk known, bool yes, string? reason, Actor actor, DateTimeOffset now)
    {
        if (!string.Equals(actor.Id, known.StaffId, StringComparison.Ordinal))
        {
            return new Decision<Change<ContactAsk>>.Refused(new Refusal("contact-not-yours", $"Only {known.Contact.Name} says whether they are the contact of {known.Account}. {Nothing}", RefusalKind.Forbidden));
        }

        var answer = yes ? ContactAnswer.Confirmed : ContactAnswer.Declined;
        if (!known.Open)
        {
            return known.Answer == answer
                ? new Decision<Change<ContactAsk>>.AlreadyDone("They have said so.")
                : new Decision<Change<ContactAsk>>.Refused(NotOpen());
        }

        return !yes && PostRules.CheckReason(reason, $"Saying no needs a reason. {Nothing} Say in a few words who it should be, or why not you.") is { } refusal
            ? new Decision<Change<ContactAsk>>.Refused(refusal)
            : Accept(yes ? Confirmed : Declined, known with { Answer = answer, AnsweredAt = now }, yes ? null : reason!.Trim());
    }

    /// <summary>Comms takes a question back that waits.</summary>
    public static Decision<Change<ContactAsk>> Withdraw(ContactAsk known, string? reason, Actor actor, DateTimeOffset now)
    {
        if ((MayAsk(actor) ?? PostRules.CheckReason(reason, $"Taking the question back needs a reason. {Nothing} Say why in a few words.")) is { } refusal)
        {
            return new Decision<Change<ContactAsk>>.Refused(refusal);
        }

        return known.Answer switch
        {
            ContactAnswer.Waiting => Accept(Withdrawn, known with { Answer = ContactAnswer.Withdrawn, AnsweredAt = now }, reason!.Trim()),
            ContactAnswer.Withdrawn => new Decision<Change<ContactAsk>>.AlreadyDone("The question is taken back."),
            _ => new Decision<Change<ContactAsk>>.Refused(NotOpen()),
        };
    }

    /// <summary>Nobody waits for an answer any more.</summary>
    public static Refusal NotOpen() => new("contact-not-asked", $"This question does not wait for an answer any more. {Nothing} Look at the account again.", RefusalKind.Conflict);

    private static Refusal? MayAsk(Actor actor) => actor.May(Permission.ManageAccounts)
        ? null
        : new Refusal(
            "forbidden", $"{actor.Name} ({actor.Role.Name()}) may not name contacts. {Nothing} Who may: {PermissionMatrix.WhoMayInWords(Permission.ManageAccounts)}.", RefusalKind.Forbidden);

    private static bool Same(ContactAsk known, string staffId, NamedContact contact) => string.Equals(known.StaffId, staffId, StringComparison.Ordinal) && known.Contact == contact;

    private static Decision<Change<ContactAsk>> Accept(string name, ContactAsk after, string? why) => new Decision<Change<ContactAsk>>.Accepted([new Change<ContactAsk>(name, after, why)]);
}
