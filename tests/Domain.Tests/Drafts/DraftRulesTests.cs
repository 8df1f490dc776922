using Coordination.Domain.Accounts;
using Coordination.Domain.Drafts;
using Coordination.Domain.Holds;
using Coordination.Domain.People;
using Coordination.Domain.Review;
using Xunit;

namespace Coordination.Domain.Tests.Drafts;

public sealed class DraftRulesTests
{
    private static readonly AccountKey Aston = AccountKey.Parse("x/aston"), Wmfs = AccountKey.Parse("x/wmfs");
    private static readonly AccountLabels Local = new("x", AccountKind.Local, "birmingham", "aston", null), Corporate = new("x", AccountKind.Corporate, null, null, null);

    [Theory]
    [InlineData("writer", Role.AccountHolder, "", true)]
    [InlineData("other", Role.AccountHolder, "", false)]
    [InlineData("other", Role.AccountHolder, "local", true)]
    [InlineData("other", Role.AccountHolder, "local corporate", false)]
    [InlineData("other", Role.FdsOfficer, "corporate", true)]
    [InlineData("other", Role.CommsOfficer, "local corporate", true)]
    [InlineData("other", Role.CommsOfficer, "", false)]
    [InlineData("other", Role.CommsOfficer, "gone", false)]
    [InlineData("writer", Role.AccountHolder, "gone", true)]
    [InlineData("other", Role.Auditor, "local", false)]
    public void Draft_IsOpened_ByItsWriterAndWhoeverPublishesOnAllOfItsAccounts(string id, Role role, string accounts, bool may)
    {
        var rows = accounts.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(a => a switch { "local" => (Aston, Local), "corporate" => (Wmfs, Corporate), _ => (AccountKey.Parse("x/gone"), (AccountLabels?)null) }).ToArray();
        Assert.Equal(may, DraftRules.MayOpen("writer", rows, new Actor(id, "Somebody", role, new Scope { Stations = ["aston"] })));
    }

    [Theory]
    [InlineData(null, Role.AccountHolder, 0, 0, "")]
    [InlineData(null, Role.AccountHolder, 65_000, 500, "Her own.")]
    [InlineData("text-too-long", Role.AccountHolder, 65_001, 0, "")]
    [InlineData("accounts-too-many", Role.AccountHolder, 10, 501, "")]
    [InlineData("text-not-storable", Role.AccountHolder, 10, 0, "\0")]
    [InlineData("forbidden", Role.Auditor, 10, 0, "")]
    public void Draft_IsKept_UnfinishedAsItIs(string? code, Role role, int length, int accounts, string answer)
    {
        var about = new PostAbout { Topic = PostTopic.Incident, Answers = new Dictionary<string, string>(StringComparer.Ordinal) { ["person"] = answer } };
        var content = new DraftContent(new string('a', length), [.. Enumerable.Range(0, accounts).Select(i => AccountKey.Parse($"x/a{i}"))], null, about);
        Assert.Equal(code, DraftRules.Check(content, new Actor("a", "A", role))?.Code);
    }

    [Theory]
    [InlineData(null, 0, null)]
    [InlineData(1, 200, "tolerance-out-of-range")]
    [InlineData(60, 200, null)]
    [InlineData(86_400, 0, null)]
    [InlineData(86_401, 0, "tolerance-out-of-range")]
    [InlineData(-1, 0, "tolerance-out-of-range")]
    [InlineData(60, 201, "repeat-rule-too-long")]
    public void Draft_OfAPlan_IsKeptAsFarAsItIs(int? seconds, int length, string? code) =>
        Assert.Equal(code, DraftRules.Check(
            new DraftContent("", [], null, PostAbout.Nothing) { Plan = new DraftPlan(seconds is { } late ? TimeSpan.FromSeconds(late) : null, NextSlot: true, new DraftRepeat(new string('X', length), SkipHolidays: true)) },
            new Actor("a", "A", Role.AccountHolder))?.Code);

    [Fact]
    public void Draft_OfARuleThatCannotBeStored_IsNotKept() =>
        Assert.Equal("text-not-storable", DraftRules.Check(
            new DraftContent("", [], null, PostAbout.Nothing) { Plan = new DraftPlan(Repeat: new DraftRepeat("FREQ=\0", SkipHolidays: false)) }, new Actor("a", "A", Role.AccountHolder))?.Code);

    [Theory]
    [InlineData(null, null)]
    [InlineData("H-000231", null)]
    [InlineData("", "hold-unknown")]
    [InlineData("H-0000000000000000000000000000000000000001", "hold-unknown")]
    [InlineData("H-\0", "text-not-storable")]
    public void Draft_OfALine_NamesAHold(string? hold, string? code) =>
        Assert.Equal(code, DraftRules.Check(new DraftContent("", [], null, PostAbout.Nothing) { Line = hold }, new Actor("a", "A", Role.AccountHolder))?.Code);
}
