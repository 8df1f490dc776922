using Coordination.Domain;
using Coordination.Domain.Accounts;
using Coordination.Domain.Contacts;
using Coordination.Domain.People;
using Coordination.Storage.Desk;
using Coordination.Storage.People;
using Coordination.Storage.Tests.Fence;
using Coordination.Storage.Verification;
using Coordination.Testing;
using Xunit;

namespace Coordination.Storage.Tests.Desk;

/// <summary>How accounts stand with their contacts, by the staff directory and the database's clock.</summary>
public sealed class ContactReaderTests(FastPostgresFixture server)
{
    private static readonly TimeSpan Patience = TimeSpan.FromDays(7);
    private static readonly AccountKey Account = AccountKey.Parse("x/aston");

    // The contact that the tests' accounts are registered with.
    private static readonly StaffMember Pat = new("pat", "Pat Contact", Role.AccountHolder, null);
    private static readonly ContactAsk Asked = new()
    {
        Account = Account, StaffId = Pat.Id, Contact = new NamedContact(Pat.Name, "pat@example.org"), AskedBy = "jo-comms", AskedByName = "Jo Comms", AskedAt = new DateTimeOffset(2026, 5, 1, 9, 0, 0, TimeSpan.Zero), Answer = ContactAnswer.Waiting,
    };

    private static CancellationToken None => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Standing_FollowsTheQuestion_AndThePerson()
    {
        await using var ground = await Ground.MakeAsync(server);
        await ground.AccountAsync();
        await new StaffStore(ground.Database).SaveAsync([Pat], None);
        Assert.Equal(ContactStanding.Unconfirmed, await StandingAsync(ground));

        await SaveAsync(ground, 0, ContactDecider.Asked, Asked);
        Assert.Equal(ContactStanding.Asked, await StandingAsync(ground));
        Assert.Equal(ContactStanding.Unanswered, await StandingAsync(ground, TimeSpan.Zero));
        await new StaffStore(ground.Database).SaveAsync([Pat with { Active = false }], None);
        Assert.Equal(ContactStanding.Unanswered, await StandingAsync(ground));
        await new StaffStore(ground.Database).SaveAsync([Pat], None);

        await SaveAsync(ground, 1, ContactDecider.Declined, Asked with { Answer = ContactAnswer.Declined });
        Assert.Equal(ContactStanding.Declined, await StandingAsync(ground));
        await SaveAsync(ground, 2, ContactDecider.Confirmed, Asked with { Answer = ContactAnswer.Confirmed });
        Assert.Equal(ContactStanding.Confirmed, await StandingAsync(ground));
        Assert.Equal(0, await new ContactReader(ground.Database).CountToSettleAsync(Patience, None));
        var report = await new Verifier(ground.ConnectionString, TimeProvider.System).RunAsync(null, None);
        Assert.True(Assert.Single(report.Checks, c => c.Kind == CheckKind.Desk) is { Looked: 1, Found: 0 });
    }

    // The last day of a contact makes their account one to settle, by itself.
    [Fact]
    public async Task Standing_Ends_WithTheContactsLastDay()
    {
        await using var ground = await Ground.MakeAsync(server);
        await ground.AccountAsync();
        await new StaffStore(ground.Database).SaveAsync([Pat], None);
        await SaveAsync(ground, 0, ContactDecider.Confirmed, Asked with { Answer = ContactAnswer.Confirmed });
        await ground.ExecuteAsync("update staff set ends_at = clock_timestamp() where id = 'pat'");
        Assert.Equal(ContactStanding.Ended, await StandingAsync(ground));
        Assert.Equal(1, await new ContactReader(ground.Database).CountToSettleAsync(Patience, None));
    }

    [Fact]
    public async Task Standing_IsTheRecords_NotTheQuestionsAlone()
    {
        await using var ground = await Ground.MakeAsync(server);
        await ground.AccountAsync();
        var staff = new StaffStore(ground.Database);
        await staff.SaveAsync([Pat], None);
        await SaveAsync(ground, 0, ContactDecider.Confirmed, Asked with { Contact = new NamedContact("Somebody Else", "else@example.org"), Answer = ContactAnswer.Confirmed });
        Assert.Equal(ContactStanding.Unconfirmed, await StandingAsync(ground));

        // Nobody was asked, and whoever is on record has left: told by the name, unless somebody of that name is here.
        await staff.SaveAsync([Pat with { Active = false, Name = "PAT CONTACT" }], None);
        Assert.Equal(ContactStanding.Ended, await StandingAsync(ground));
        await staff.SaveAsync([Pat with { Id = "pat-2" }], None);
        Assert.Equal(ContactStanding.Unconfirmed, await StandingAsync(ground));

        await ground.ExecuteAsync("update account set contact = null");
        Assert.Equal(ContactStanding.Missing, await StandingAsync(ground));
        await ground.ExecuteAsync("update account set lifecycle = 'retired'");
        Assert.Empty(await new ContactReader(ground.Database).ListAsync(Patience, None));
    }

    [Fact]
    public void Id_IsTheAccounts() => Assert.Equal((ContactIds.Of(Account), false), (ContactIds.Of(AccountKey.Parse("x/aston")), ContactIds.Of(Account) == ContactIds.Of(AccountKey.Parse("x/canley"))));

    private static async Task<ContactStanding> StandingAsync(Ground ground, TimeSpan? patience = null) =>
        Assert.Single(await new ContactReader(ground.Database).ListAsync(patience ?? Patience, None)).Standing;

    private static async Task SaveAsync(Ground ground, long version, string name, ContactAsk ask) =>
        Assert.True(await new DeskRecords(ground.Database).SaveAsync(DeskKinds.Contact, ContactIds.Of(Account), version, new Change<ContactAsk>(name, ask), Staff.Comms, null, None));
}
