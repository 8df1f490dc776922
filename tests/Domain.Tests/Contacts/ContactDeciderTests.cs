using Coordination.Domain.Accounts;
using Coordination.Domain.Contacts;
using Coordination.Domain.People;
using Xunit;

namespace Coordination.Domain.Tests.Contacts;

/// <summary>Comms asks, whoever is asked answers, and nobody else does it for them.</summary>
public sealed class ContactDeciderTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly AccountKey Account = AccountKey.Parse("x/aston");
    private static readonly Actor Officer = new("sam", "Sam", Role.CommsOfficer);
    private static readonly Actor Jane = new("jane", "Jane Marsh", Role.AccountHolder);
    private static readonly NamedContact Contact = new("Jane Marsh", "jane@example.org");
    private static readonly ContactAsk Waiting = new() { Account = Account, StaffId = "jane", Contact = Contact, AskedBy = "sam", AskedByName = "Sam", AskedAt = Now, Answer = ContactAnswer.Waiting };

    [Fact]
    public void Comms_AsksSomebodyActive_WithAReason()
    {
        var change = Accepted(Ask(null));
        Assert.Equal((ContactDecider.Asked, Waiting, "New at the station"), (change.Event, change.After, change.Why));
        Assert.True(change.After.Open);
        Assert.Equal("forbidden", Refused(Ask(null, actor: Jane)));
        Assert.Equal("reason-missing", Refused(Ask(null, reason: " ")));
        Assert.Equal("contact-gone", Refused(Ask(null, stands: false)));
    }

    [Fact]
    public void SameQuestion_IsAskedOnce_AndAnotherTakesItsPlace()
    {
        Assert.IsType<Decision<Change<ContactAsk>>.AlreadyDone>(Ask(Waiting));
        Assert.IsType<Decision<Change<ContactAsk>>.AlreadyDone>(Ask(Waiting with { Answer = ContactAnswer.Confirmed }));
        Assert.Equal(ContactDecider.Asked, Accepted(Ask(Waiting with { Answer = ContactAnswer.Declined })).Event);
        Assert.Equal(ContactDecider.Asked, Accepted(Ask(Waiting with { StaffId = "kim" })).Event);
        Assert.Equal(ContactDecider.Asked, Accepted(Ask(Waiting with { Contact = new NamedContact("Jane Marsh", Phone: "0121 496 0003") })).Event);
    }

    [Fact]
    public void Asked_AnswersThemselves_OnceAndForAll()
    {
        Assert.Equal((ContactDecider.Confirmed, ContactAnswer.Confirmed, Now), (Answer(Waiting, true) is var yes ? (Accepted(yes).Event, Accepted(yes).After.Answer, Accepted(yes).After.AnsweredAt!.Value) : default));
        Assert.Equal((ContactDecider.Declined, "Kim is"), Accepted(Answer(Waiting, false, "Kim is ")) is var no ? (no.Event, no.Why) : default);
        Assert.Equal("reason-missing", Refused(Answer(Waiting, false)));
        Assert.Equal("contact-not-yours", Refused(Answer(Waiting, true, actor: Officer)));
        Assert.IsType<Decision<Change<ContactAsk>>.AlreadyDone>(Answer(Waiting with { Answer = ContactAnswer.Confirmed }, true));
        foreach (var over in new[] { ContactAnswer.Declined, ContactAnswer.Withdrawn })
        {
            Assert.Equal("contact-not-asked", Refused(Answer(Waiting with { Answer = over }, true)));
        }
    }

    [Fact]
    public void Comms_TakesAQuestionBack_ThatWaits()
    {
        Assert.Equal(ContactDecider.Withdrawn, Accepted(ContactDecider.Withdraw(Waiting, "Wrong one", Officer, Now)).Event);
        Assert.Equal("forbidden", Refused(ContactDecider.Withdraw(Waiting, "Wrong one", Jane, Now)));
        Assert.Equal("reason-missing", Refused(ContactDecider.Withdraw(Waiting, null, Officer, Now)));
        Assert.Equal("contact-not-asked", Refused(ContactDecider.Withdraw(Waiting with { Answer = ContactAnswer.Confirmed }, "Wrong one", Officer, Now)));
        Assert.IsType<Decision<Change<ContactAsk>>.AlreadyDone>(ContactDecider.Withdraw(Waiting with { Answer = ContactAnswer.Withdrawn }, "Wrong one", Officer, Now));
    }

    [Fact]
    public void Standings_HaveAnIdThatParses_AndSayWhatIsToSettle()
    {
        Assert.All(Enum.GetValues<ContactStanding>(), s => Assert.True(ContactStandings.TryParse(s.Id(), out var parsed) && parsed == s && s.Name().Length > 0));
        Assert.Equal([ContactStanding.Missing, ContactStanding.Ended, ContactStanding.Declined, ContactStanding.Unanswered], Enum.GetValues<ContactStanding>().Where(s => s.IsToSettle()));
        Assert.Equal([ContactStanding.Confirmed], Enum.GetValues<ContactStanding>().Where(s => !s.IsListed()));
    }

    private static Decision<Change<ContactAsk>> Ask(ContactAsk? known, Actor? actor = null, bool stands = true, string? reason = "New at the station ") =>
        ContactDecider.Ask(known, Account, "jane", Contact, stands, reason, actor ?? Officer, Now);

    private static Decision<Change<ContactAsk>> Answer(ContactAsk known, bool yes, string? reason = null, Actor? actor = null) => ContactDecider.Answer(known, yes, reason, actor ?? Jane, Now);

    private static Change<ContactAsk> Accepted(Decision<Change<ContactAsk>> decision) => Assert.Single(Assert.IsType<Decision<Change<ContactAsk>>.Accepted>(decision).Events);

    private static string Refused(Decision<Change<ContactAsk>> decision) => Assert.IsType<Decision<Change<ContactAsk>>.Refused>(decision).Why.Code;
}
