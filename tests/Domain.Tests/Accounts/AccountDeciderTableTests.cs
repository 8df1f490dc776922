using System.Text;
using Coordination.Domain.Accounts;
using Coordination.Domain.Posts;
using Xunit;

namespace Coordination.Domain.Tests.Accounts;

public sealed class AccountDeciderTableTests
{
    private static readonly PostState?[] PostStates =
    [
        null, PostState.Submitted, PostState.Returned, PostState.Scheduled, PostState.Held, PostState.Missed, PostState.Published, PostState.Cancelled, PostState.Rejected,
        PostState.Failed, PostState.Unknown, PostState.Removed,
    ];

    [Fact]
    public void Commands_HoldOneOfEach_ThatExist() => Assert.Equal(
        typeof(AccountCommand).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(AccountCommand)) && !t.IsAbstract).Select(t => t.Name).Order(StringComparer.Ordinal),
        Given.Commands.Select(c => c.GetType().Name).Order(StringComparer.Ordinal));

    [Fact]
    public void Decide_AnswersAsWritten_ToEveryStateCommandAndRole()
    {
        var table = new StringBuilder("# lifecycle, command [states of the post]: who = answer\n");
        foreach (var lifecycle in Enum.GetValues<AccountLifecycle>())
        {
            foreach (var command in Given.Commands)
            {
                var states = lifecycle == AccountLifecycle.None ? [null] : PostStates;
                foreach (var alike in states.GroupBy(s => Row(Given.Account(lifecycle, s), command), StringComparer.Ordinal))
                {
                    var names = alike.Count() == PostStates.Length ? "any" : string.Join(' ', alike.Select(s => s?.Id() ?? "no-post"));
                    table.Append(System.Globalization.CultureInfo.InvariantCulture, $"{lifecycle} {command.GetType().Name} [{names}]: {alike.Key}\n");
                }
            }
        }

        GoldenFile.Matches("account-decisions.txt", table.ToString());
    }

    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    public void Decide_IgnoresALateReport_AboutAnEarlierEdition(int revision)
    {
        var state = Given.Account(AccountLifecycle.Connected) with { Posts = [Given.APost(Given.Post, PostState.Scheduled) with { Revision = 4, Attempt = 4 }] };
        AccountCommand[] reports =
        [
            new HoldPost(Given.Post, ["H-000001"], revision), new MissPost(Given.Post, "Late.", revision),
            new RecordFailed(Given.Post, "No sign-in.", revision), new RecordNotSent(Given.Post, "Refused.", revision),
        ];
        foreach (var report in reports)
        {
            var decision = AccountDecider.Decide(state, report, Domain.People.Actor.System, Given.Now);
            Assert.Equal(revision < 4, decision is Decision<AccountEvent>.AlreadyDone);
            Assert.Equal(revision >= 4, decision is Decision<AccountEvent>.Accepted);
        }
    }

    [Fact]
    public void Decide_CountsAnAttemptOnce_WhenItsReportComesTwice()
    {
        var state = Given.Account(AccountLifecycle.Connected, PostState.Scheduled);
        var report = new RecordNotSent(Given.Post, "Refused.", Attempt: 1);
        for (var i = 0; i < 2; i++)
        {
            if (AccountDecider.Decide(state, report, Domain.People.Actor.System, Given.Now) is Decision<AccountEvent>.Accepted accepted)
            {
                state = AccountFold.Fold(state, accepted.Events);
            }
        }

        Assert.Equal(2, state.Find(Given.Post)!.Attempt);
    }

    [Theory]
    [InlineData("facebook")]
    [InlineData("X")]
    [InlineData("")]
    public void Decide_RefusesLabels_OfAnotherPlatform(string platform)
    {
        var labels = Given.Labels with { Platform = platform };
        AssertRefused("platform-mismatch", AccountState.None, new RegisterAccount(Given.Key, labels, "Aston", Given.Contact));
        AssertRefused("platform-mismatch", AccountState.None, new RequestAccount(Given.Key, labels, "Aston", Given.Contact));
        AssertRefused("platform-mismatch", Given.Account(AccountLifecycle.Connected), new RelabelAccount(labels));
    }

    [Fact]
    public void Decide_RefusesWords_ThatTheDatabaseCannotKeep()
    {
        var connected = Given.Account(AccountLifecycle.Connected, PostState.Scheduled);
        AssertRefused("text-not-storable", AccountState.None, new RegisterAccount(Given.Key, Given.Labels, "As\0ton", Given.Contact));
        AssertRefused("text-not-storable", AccountState.None, new RegisterAccount(Given.Key, Given.Labels, "Aston", Given.Contact with { Deputies = [new("\uD800")] }));
        AssertRefused("text-not-storable", connected, new ChangeContact(new NamedContact("Kim", "\0")));
        AssertRefused("text-not-storable", connected, new RelabelAccount(Given.Labels with { Area = "\0" }));
        AssertRefused("text-not-storable", connected, new RetireAccount("\0"));
        AssertRefused("text-not-storable", connected, new CancelPost(Given.Post, "\uDC00"));
        AssertRefused("text-not-storable", connected, new SchedulePost(Given.Id(2), "a\0b", Given.Now, PostRules.DefaultTolerance, null, HoldsMet.None));
    }

    [Fact]
    public void Decide_RefusesAContact_WhomCommsCouldNotContact()
    {
        var connected = Given.Account(AccountLifecycle.Connected);
        AssertRefused("contact-invalid", connected, new ChangeContact(new NamedContact("Kim Example")));
        AssertRefused("contact-invalid", connected, new ChangeContact(new NamedContact("", "kim@example.org")));
        AssertRefused("contact-invalid", AccountState.None, new RegisterAccount(Given.Key, Given.Labels, "Aston", new NamedContact("Kim Example")));
        AssertRefused("contact-invalid", AccountState.None, new RequestAccount(Given.Key, Given.Labels, "Aston", new NamedContact("Kim Example")));
    }

    [Fact]
    public void Decide_RefusesAnAccount_WithoutANameOrRetiredWithoutAReason()
    {
        var connected = Given.Account(AccountLifecycle.Connected);
        AssertRefused("name-missing", AccountState.None, new RegisterAccount(Given.Key, Given.Labels, " ", Given.Contact));
        AssertRefused("name-missing", connected, new RenameAccount(""));
        AssertRefused("reason-missing", connected, new RetireAccount(" "));
        AssertRefused("reason-too-long", connected, new RetireAccount(new string('a', AccountDecider.LongestReason + 1)));
    }

    private static void AssertRefused(string code, AccountState state, AccountCommand command) => Assert.Equal(
        code, Assert.IsType<Decision<AccountEvent>.Refused>(AccountDecider.Decide(state, command, Given.Manager, Given.Now)).Why.Code);

    // The answer that most get stands last, for "others".
    private static string Row(AccountState state, AccountCommand command)
    {
        var answers = Given.People
            .GroupBy(p => Words(AccountDecider.Decide(state, command, p.Actor, Given.Now)), p => p.Name, StringComparer.Ordinal)
            .OrderBy(g => g.Count())
            .ToArray();
        var named = answers[..^1].Select(g => $"{string.Join(' ', g)} = {g.Key}");
        return string.Join("; ", [.. named, $"{(answers.Length == 1 ? "all" : "others")} = {answers[^1].Key}"]);
    }

    private static string Words(Decision<AccountEvent> decision) => decision switch
    {
        Decision<AccountEvent>.Accepted a => string.Join('+', a.Events.Select(e => e.GetType().Name)),
        Decision<AccountEvent>.Refused r => $"refused {r.Why.Code} {r.Why.Kind}",
        Decision<AccountEvent>.AlreadyDone => "already",
        _ => "?",
    };
}
