using Coordination.Domain.Accounts;
using Coordination.Domain.People;
using Coordination.Domain.Requests;
using Coordination.Domain.Tests.Accounts;
using Coordination.Domain.Tests.Incidents;
using Xunit;

namespace Coordination.Domain.Tests.Requests;

/// <summary>Creating, renaming and closing an account: who asks, who decides, and that nobody registers their own.</summary>
public sealed class RequestTests
{
    private static readonly AccountSummary Known = AccountSummary.Of(Given.Account(AccountLifecycle.Connected), 5);
    private static readonly AccountLabels Corporate = Given.Labels with { Kind = AccountKind.Corporate, Area = null, Station = null };

    [Theory]
    [InlineData("comms-manager", true, true, true)]
    [InlineData("comms-officer", true, true, true)]
    [InlineData("account-holder", true, false, true)]
    [InlineData("account-holder-of-another", true, false, false)]
    [InlineData("account-holder-of-none", true, false, false)]
    [InlineData("fds-officer", false, false, false)]
    [InlineData("fire-control", false, false, false)]
    [InlineData("auditor", false, false, false)]
    public void Request_IsAskedByWhoHoldsOrMayHoldAccounts(string who, bool local, bool corporate, bool close)
    {
        var actor = Given.People.First(p => p.Name == who).Actor;
        Assert.Equal(local, Ask(Wish(RequestKind.Create), actor, null) is Decision<Change<AccountRequest>>.Accepted);
        Assert.Equal(corporate, Ask(Wish(RequestKind.Create) with { Labels = Corporate }, actor, null) is Decision<Change<AccountRequest>>.Accepted);
        Assert.Equal(close, Ask(Wish(RequestKind.Close), actor, Known) is Decision<Change<AccountRequest>>.Accepted);
    }

    [Theory]
    [InlineData(RequestKind.Create, true, false, "account-exists")]
    [InlineData(RequestKind.Close, false, false, "account-unknown")]
    [InlineData(RequestKind.Rename, false, false, "account-unknown")]
    [InlineData(RequestKind.Rename, true, true, "account-exists")]
    [InlineData(RequestKind.Rename, true, false, null)]
    public void Request_Refuses_WhatCannotBeDone(RequestKind kind, bool known, bool taken, string? code) =>
        Assert.Equal(code, Code(RequestDecider.Ask(Wish(kind), PersonalAccount.Brigade, known ? Known : null, taken ? Known : null, Given.Manager)));

    [Fact]
    public void Request_Refuses_TheSameHandle_AnotherPlatform_ARetiredAccount_AndNoReason()
    {
        Assert.Equal("handle-invalid", Code(Ask(Wish(RequestKind.Rename) with { NewAccount = Given.Key }, Given.Manager, Known)));
        Assert.Equal("handle-invalid", Code(Ask(Wish(RequestKind.Rename) with { NewAccount = null }, Given.Manager, Known)));
        Assert.Equal("handle-invalid", Code(Ask(Wish(RequestKind.Rename) with { NewAccount = AccountKey.Parse("facebook/aston") }, Given.Manager, Known)));
        Assert.Equal("account-retired", Code(Ask(Wish(RequestKind.Close), Given.Manager, AccountSummary.Of(Given.Account(AccountLifecycle.Retired), 5))));
        Assert.Equal("reason-missing", Code(Ask(Wish(RequestKind.Close) with { Why = " " }, Given.Manager, Known)));
    }

    [Theory]
    [InlineData("brigade", null)]
    [InlineData(" brigade ", null)]
    [InlineData("person", "personal-account")]
    [InlineData("", "owner-missing")]
    [InlineData(null, "owner-missing")]
    [InlineData("me", "owner-missing")]
    public void Owner_IsDeclared_AndIsTheBrigade(string? owner, string? code)
    {
        var refusal = PersonalAccount.CheckOwner(owner);
        Assert.Equal(code, refusal?.Code);
        Assert.Equal(code is "personal-account", refusal?.Reason.Contains("3.2, Personal", StringComparison.Ordinal) ?? false);
        Assert.Equal(code, Code(RequestDecider.Ask(Wish(RequestKind.Create), owner, null, null, Given.Manager)));
    }

    [Fact]
    public void Decision_IsCommsAlone_AndNeverTheAskersOwn()
    {
        var request = Wish(RequestKind.Create) with { AskedBy = "comms-manager" };
        foreach (var (name, actor) in Given.People)
        {
            var code = actor.Id == request.AskedBy ? "own-request" : actor.May(Permission.ManageAccounts) ? null : "forbidden";
            Assert.True(code == Code(RequestDecider.Approve(request, null, actor, Given.Now)), name);
            Assert.True(code == Code(RequestDecider.Decline(request, "No", actor, Given.Now)), name);
        }
    }

    [Fact]
    public void Decision_IsMadeOnce_AndDecliningNeedsAReason()
    {
        var request = Wish(RequestKind.Create);
        Assert.Equal("reason-missing", Code(RequestDecider.Decline(request, " ", Given.Manager, Given.Now)));
        var approved = Assert.Single(Assert.IsType<Decision<Change<AccountRequest>>.Accepted>(RequestDecider.Approve(request, " Good ", Given.Manager, Given.Now)).Events);
        Assert.Equal((RequestDecider.Approved, false, true, "Good", Given.Manager.Id), (approved.Event, approved.After.Open, approved.After.Approved!.Value, approved.After.Answer, approved.After.DecidedBy));
        Assert.IsType<Decision<Change<AccountRequest>>.AlreadyDone>(RequestDecider.Approve(approved.After, null, Given.Manager, Given.Now));
        Assert.Equal("request-decided", Code(RequestDecider.Decline(approved.After, "No", Given.Manager, Given.Now)));
    }

    [Theory]
    [InlineData("alex_example", true)]
    [InlineData("alexexample", true)]
    [InlineData("example.alex", true)]
    [InlineData("alex-example99", true)]
    [InlineData("The real Alex Example", true)]
    [InlineData("Álex Éxample", true)]
    [InlineData("seán_obrien", true)]
    [InlineData("alex", false)]
    [InlineData("alex_wmfs_example", false)]
    [InlineData("Alex Example, fire cadets", false)]
    [InlineData("alexanderexample", false)]
    [InlineData("sutton_coldfield", false)]
    [InlineData("demo_wmfs_aston", false)]
    [InlineData("", false)]
    public void StaffMembersName_WithoutAWordOfTheBrigade_IsRefused(string text, bool refused)
    {
        var refusal = PersonalAccount.CheckName([text], ["Alex Example", "Sean O'Brien", "Sutton Coldfield", "Madonna"], ["Sutton Coldfield"]);
        Assert.Equal(refused ? "personal-account" : null, refusal?.Code);
    }

    [Fact]
    public void Handle_ThatSpeaksForTheBrigade_LetsTheNameBe() => Assert.Null(PersonalAccount.CheckName(["wmfs_alex", "Alex Example"], ["Alex Example"], []));

    [Fact]
    public void NoStation_IsTakenForAPerson()
    {
        var names = File.ReadLines(SharedData.Path("stations", "wmfs_stations.csv")).Skip(1).Select(line => line.Split(',')[1]).ToArray();
        Assert.True(names.Length > 30);

        // Whoever is called as a station is, or has half of its name.
        string[] staff = [.. names, .. names.SelectMany(n => n.Split(' ').Select(word => $"{word} Example")), "Alex Example", "West Example"];
        foreach (var name in names)
        {
#pragma warning disable CA1308 // Handles are small letters.
            Assert.Null(PersonalAccount.CheckName([name, name.ToLowerInvariant().Replace(' ', '_')], staff, names));
#pragma warning restore CA1308
        }
    }

    private static AccountRequest Wish(RequestKind kind) => new()
    {
        Kind = kind,
        Account = Given.Key,
        NewAccount = kind == RequestKind.Rename ? AccountKey.Parse("x/demo_wmfs_aston_park") : null,
        Labels = kind == RequestKind.Create ? Given.Labels : null,
        DisplayName = kind == RequestKind.Create ? "Aston" : null,
        Contact = kind == RequestKind.Create ? Given.Contact : null,
        Why = "For the open day",
        AskedBy = "holder",
        AskedByName = "Holder",
        AskedAt = Given.Now,
        Open = true,
    };

    private static Decision<Change<AccountRequest>> Ask(AccountRequest wish, Actor actor, AccountSummary? account) =>
        RequestDecider.Ask(wish, PersonalAccount.Brigade, account, null, actor);

    private static string? Code(Decision<Change<AccountRequest>> decision) => (decision as Decision<Change<AccountRequest>>.Refused)?.Why.Code;
}
