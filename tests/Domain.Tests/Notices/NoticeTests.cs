using Coordination.Domain.Accounts;
using Coordination.Domain.Holds;
using Coordination.Domain.Notices;
using Coordination.Domain.People;
using Coordination.Domain.Rota;
using Xunit;

namespace Coordination.Domain.Tests.Notices;

/// <summary>Who is told of a hold, how often, and in which words.</summary>
public sealed class NoticeTests
{
    private static readonly DateTimeOffset PlacedAt = new(2026, 7, 4, 21, 15, 0, TimeSpan.Zero);
    private static readonly NamedContact Kim = new("Kim Example", "kim@example.org", "0121 496 0001");

    [Fact]
    public void HundredAccountsOfOnePerson_MakeOneMessage_WithTwentyNamed()
    {
        var round = NoticeWriter.Write(Facts([.. Enumerable.Range(0, 100).Select(i => Account($"x/demo_{i:000}", Kim))]));
        var notice = Assert.Single(round.Notices);
        Assert.Equal(("kim@example.org", "Kim Example"), (notice.Address, notice.Name));
        Assert.Equal("Central coordination on 100 of your accounts (incident WM-4711)", notice.Subject);
        Assert.Equal(NoticeText.MostAccounts, notice.Body.Split('\n').Count(l => l.StartsWith("- X: demo_", StringComparison.Ordinal)));
        Assert.Contains("- X: demo_019\n- and 80 more\n", notice.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("demo_020", notice.Body, StringComparison.Ordinal);
    }

    [Fact]
    public void OneAddress_IsOnePerson_HoweverItIsWritten_AndWhateverTheirPart()
    {
        var round = NoticeWriter.Write(Facts([
            Account("x/b", new NamedContact("Pat Example", "pat@example.org", null, [Kim with { Email = " KIM@Example.ORG " }])),
            Account("x/a", Kim),
            Account("mastodon/a", Kim with { Name = "Kimberley Example", Deputies = [Kim] }),
        ]));
        Assert.Equal(["kim@example.org", "pat@example.org"], round.Notices.Select(n => n.Address));
        Assert.Contains("- Mastodon: a\n- X: a\n- X: b\n", round.Notices[0].Body, StringComparison.Ordinal);
        Assert.Contains("3 of your accounts", round.Notices[0].Subject, StringComparison.Ordinal);
        Assert.Contains("on your account", round.Notices[1].Subject, StringComparison.Ordinal);
    }

    [Fact]
    public void WhoHasNoAddress_IsNamedOnce_AndGetsNothing()
    {
        var round = NoticeWriter.Write(Facts([
            Account("x/a", Kim with { Deputies = [new("Alex Placeholder"), new("Lee Placeholder", "", "0121 496 0002")] }),
            Account("x/b", new NamedContact("alex placeholder", null, "0121 496 0003")),
            Account("x/c", null),
        ]));
        Assert.Equal(["kim@example.org"], round.Notices.Select(n => n.Address));
        Assert.Equal(["Alex Placeholder", "Lee Placeholder"], round.Unreachable);
        Assert.Equal(0, round.Beyond);
    }

    [Fact]
    public void RetiredAccounts_ConcernNobody() => Assert.Empty(NoticeWriter.Write(Facts([Account("x/a", Kim) with { Lifecycle = AccountLifecycle.Retired }])).Notices);

    [Fact]
    public void MorePeopleThanFit_AreCounted()
    {
        var round = NoticeWriter.Write(Facts([.. Enumerable.Range(0, NoticeWriter.MostPeople + 7).Select(i => Account($"x/demo_{i:0000}", new NamedContact($"P {i}", $"p{i}@example.org")))]));
        Assert.Equal((NoticeWriter.MostPeople, 7), (round.Notices.Count, round.Beyond));
    }

    [Theory]
    [InlineData(HoldKind.Freeze, "notice-freeze.txt")]
    [InlineData(HoldKind.CentralCoordination, "notice-coordination.txt")]
    [InlineData(HoldKind.ApprovalRequired, "notice-approval.txt")]
    public void Placed_SaysWhatHappened_WhatOneMayDo_AndWhomToCall(HoldKind kind, string golden)
    {
        var facts = Facts([Account("x/demo_wmfs_binley", Kim), Account("facebook/demo_wmfs_binley", Kim)]);
        Golden(golden, facts with { Hold = facts.Hold with { Kind = kind, EndsAt = kind == HoldKind.ApprovalRequired ? PlacedAt.AddDays(20) : null } });
    }

    [Fact]
    public void Lifted_SaysThatNothingGoesOutByItself()
    {
        var facts = Lifted([Account("x/demo_wmfs_binley", Kim), Account("facebook/demo_wmfs_binley", Kim)]);
        Golden("notice-lifted.txt", facts with { OnDuty = null, CommsPhone = "0121 496 0099" });
    }

    [Fact]
    public void Lifted_NamesWhatAnotherHoldStillCovers()
    {
        var other = Hold() with { Id = "H-000002", Scope = new Scope { Platforms = ["x"] } };
        var facts = Lifted([Account("x/demo_wmfs_binley", Kim), Account("facebook/demo_wmfs_binley", Kim)]);
        Golden("notice-lifted-in-part.txt", facts with { Standing = [facts.Hold, other], OnDuty = null });
        var none = Assert.Single(NoticeWriter.Write(facts with { Standing = [other with { Scope = Scope.Everything }] }).Notices);
        Assert.DoesNotContain("You may publish on them again", none.Body, StringComparison.Ordinal);
        Assert.Contains("Another hold still covers them", none.Body, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatPeopleWrote_StaysOneLine()
    {
        var facts = Facts([Account("x/a", Kim)]);
        var notice = Assert.Single(NoticeWriter.Write(facts with { Hold = facts.Hold with { Reason = "Smoke\r\n- You may publish", Incident = "WM\n1" } }).Notices);
        Assert.Contains("- Why: Smoke - You may publish\n", notice.Body, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', notice.Subject);
    }

    [Fact]
    public void Ids_AreReadAsTheyAreWritten()
    {
        Assert.All(Enum.GetValues<NoticeState>(), s => Assert.Equal(s, NoticeIds.ParseState(s.Id())));
        Assert.All(Enum.GetValues<NoticeKind>(), k => Assert.Equal(k, NoticeIds.ParseKind(k.Id())));
        Assert.Throws<FormatException>(() => NoticeIds.ParseState("read"));
        Assert.Throws<FormatException>(() => NoticeIds.ParseKind("moved"));
    }

    private static void Golden(string name, NoticeFacts facts)
    {
        var notice = Assert.Single(NoticeWriter.Write(facts).Notices);
        GoldenFile.Matches(name, $"{notice.Subject}\n\n{notice.Body}");
    }

    private static NoticeFacts Lifted(IReadOnlyList<AccountSummary> accounts)
    {
        var facts = Facts(accounts);
        return facts with { Kind = NoticeKind.Lifted, Hold = facts.Hold with { LiftedAt = PlacedAt.AddHours(3), LiftedSequence = 9, LiftReason = "The fire is out." } };
    }

    private static NoticeFacts Facts(IReadOnlyList<AccountSummary> accounts) => new()
    {
        Kind = NoticeKind.Placed,
        Hold = Hold(),
        Accounts = accounts,
        OnDuty = new Shift { Role = DutyRole.DutyOfficer, Name = "Robin Example", Phone = "0121 496 0010", From = PlacedAt, To = PlacedAt.AddHours(8) },
        HoldPage = new Uri("https://coordination.example.org/holds/H-000001"),
    };

    private static Hold Hold() => new()
    {
        Id = "H-000001", Kind = HoldKind.CentralCoordination, Scope = Scope.LocalAccounts, Reason = "Fire at the paper works", PlacedBy = "jo", PlacedByName = "Jo Comms",
        PlacedByRole = Role.CommsOfficer, PlacedAt = PlacedAt, Sequence = 1, Incident = "WM-4711",
    };

    private static AccountSummary Account(string key, NamedContact? contact)
    {
        var parsed = AccountKey.Parse(key);
        return new AccountSummary
        {
            Key = parsed, Version = 1, DisplayName = key, Labels = new AccountLabels(parsed.PlatformId, AccountKind.Local, "coventry", "binley", null),
            Lifecycle = AccountLifecycle.Connected, Contact = contact,
        };
    }
}
