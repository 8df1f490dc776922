using Coordination.Domain.Accounts;
using Coordination.Domain.Holds;
using Coordination.Domain.People;
using Coordination.Domain.Posts;
using Coordination.Domain.Review;
using Xunit;

namespace Coordination.Domain.Tests.Review;

/// <summary>Who has to read a post first: each rule by a table.</summary>
public sealed class ReviewRulesTests
{
    private static readonly AccountKey Key = AccountKey.Parse("x/demo_wmfs_aston");
    private static readonly AccountLabels Local = new("x", AccountKind.Local, "birmingham", "aston", null);
    private static readonly AccountLabels Corporate = Local with { Kind = AccountKind.Corporate, Station = null };
    private static readonly ContentFound Phone = new("phone", "A phone number", "Whose is it?", ContentAct.Warn);
    private static readonly ContentFound Person = new("person", "A person", "Whose consent?", ContentAct.Reason);
    private static readonly ContentFound Legal = new("legal", "A court case", "Who agreed?", ContentAct.Comms);

    [Theory]
    [InlineData(Role.FdsOfficer, PostTopic.Incident, null)]
    [InlineData(Role.FdsOfficer, PostTopic.General, "corporate-incident")]
    [InlineData(Role.FdsOfficer, PostTopic.Exercise, "corporate-exercise")]
    [InlineData(Role.FdsOfficer, PostTopic.Event, "corporate-exercise")]
    [InlineData(Role.FireControl, PostTopic.Incident, null)]
    [InlineData(Role.FireControl, PostTopic.General, "corporate-incident")]
    [InlineData(Role.CommsOfficer, PostTopic.General, null)]
    [InlineData(Role.CommsManager, PostTopic.Exercise, null)]
    public void Corporate_IsForIncidents_UnlessOneIsOfComms(Role role, PostTopic topic, string? rule)
    {
        var verdict = ReviewRules.Look(Key, Corporate, new PostAbout { Topic = topic, Incident = "INC-1" }, ContentLook.Nothing, Who(role));
        Assert.Equal(rule, verdict.Review?.Why[0].Rule);
        Assert.Equal(rule is not null, verdict.Review?.CommsOnly ?? false);
    }

    [Theory]
    [InlineData(PostTopic.General)]
    [InlineData(PostTopic.Exercise)]
    [InlineData(PostTopic.Event)]
    public void Local_MayTellOfAnything(PostTopic topic) =>
        Assert.Null(ReviewRules.Look(Key, Local, new PostAbout { Topic = topic }, ContentLook.Nothing, Who(Role.AccountHolder)).Review);

    [Theory]
    [InlineData(Role.AccountHolder, "phone", "", null, "", null)]
    [InlineData(Role.AccountHolder, "person", "", null, "person", null)]
    [InlineData(Role.AccountHolder, "person", "person", null, "", ContentAct.Reason)]
    [InlineData(Role.AccountHolder, "legal", "", "content/legal", "", null)]
    [InlineData(Role.AccountHolder, "legal", "legal", "content/legal", "", ContentAct.Reason)]
    [InlineData(Role.CommsOfficer, "phone", "", null, "", null)]
    [InlineData(Role.CommsOfficer, "person", "", null, "person", null)]
    [InlineData(Role.CommsOfficer, "legal", "", null, "legal", null)]
    [InlineData(Role.CommsOfficer, "legal", "legal", null, "", ContentAct.Comms)]
    public void Finding_WarnsAsksOrGoesToComms(Role role, string finding, string answered, string? rule, string unanswered, ContentAct? settled)
    {
        var found = new[] { Phone, Person, Legal }.Single(f => f.Rule == finding);
        var verdict = ReviewRules.Look(Key, Local, Saying(answered), new ContentLook(PublishingRules.Default, [found]), Who(role));
        Assert.Equal(rule, verdict.Review?.Why[0].Rule);
        Assert.Equal(unanswered, string.Join(' ', verdict.Unanswered.Select(u => u.Rule)));
        Assert.Equal(settled, verdict.Settled.TryGetValue(finding, out var act) ? act : null);
    }

    [Theory]
    [InlineData(ContentAct.Warn, null, "")]
    [InlineData(ContentAct.Reason, null, "legal")]
    [InlineData(ContentAct.Comms, "content/legal", "")]
    public void Comms_SetsWhatAFindingDoes(ContentAct act, string? rule, string unanswered)
    {
        var rules = PublishingRules.Default with { Content = new Dictionary<string, ContentAct>(StringComparer.Ordinal) { ["legal"] = act } };
        var verdict = ReviewRules.Look(Key, Local, PostAbout.Nothing, new ContentLook(rules, [Legal]), Who(Role.AccountHolder));
        Assert.Equal(rule, verdict.Review?.Why[0].Rule);
        Assert.Equal(unanswered, string.Join(' ', verdict.Unanswered.Select(u => u.Rule)));
    }

    [Fact]
    public void WhitespaceIsNoAnswer() =>
        Assert.NotEmpty(ReviewRules.Look(Key, Local, Saying("person", " "), new ContentLook(PublishingRules.Default, [Person]), Who(Role.AccountHolder)).Unanswered);

    [Theory]
    [InlineData(ApprovalNeed.None, Role.AccountHolder, false, null)]
    [InlineData(ApprovalNeed.One, Role.AccountHolder, false, "approval")]
    [InlineData(ApprovalNeed.One, Role.AccountHolder, true, null)]
    [InlineData(ApprovalNeed.One, Role.CommsOfficer, false, null)]
    [InlineData(ApprovalNeed.Two, Role.AccountHolder, true, "second-person")]
    [InlineData(ApprovalNeed.Two, Role.CommsManager, true, "second-person")]
    public void Approval_IsAskedFor_AsTheAccountsRuleSays(ApprovalNeed need, Role role, bool approver, string? rule)
    {
        var rules = PublishingRules.Default with { Approvals = [new ApprovalRule("local", need, approver ? ["me"] : [])] };
        var verdict = ReviewRules.Look(Key, Local, PostAbout.Nothing, new ContentLook(rules, []), Who(role));
        Assert.Equal(rule, verdict.Review?.Why[0].Rule);
        Assert.False(verdict.Review?.CommsOnly ?? false);
    }

    [Fact]
    public void AccountsOwnRule_GoesBeforeItsKinds()
    {
        var rules = PublishingRules.Default with { Approvals = [new ApprovalRule("local", ApprovalNeed.Two, []), new ApprovalRule(Key.Value, ApprovalNeed.None, [])] };
        Assert.Equal(ApprovalNeed.None, rules.ApprovalOf(Key, AccountKind.Local)!.Need);
        Assert.Equal(ApprovalNeed.Two, rules.ApprovalOf(AccountKey.Parse("x/another"), AccountKind.Local)!.Need);
        Assert.Null(rules.ApprovalOf(AccountKey.Parse("x/another"), AccountKind.Corporate));
    }

    [Theory]
    [InlineData(null, ContentAct.Warn, false)]
    [InlineData(null, ContentAct.Reason, true)]
    [InlineData(ContentAct.Reason, ContentAct.Reason, false)]
    [InlineData(ContentAct.Reason, ContentAct.Comms, true)]
    [InlineData(ContentAct.Comms, ContentAct.Comms, false)]
    public void SecondLook_StopsWhatAStricterRuleFinds(ContentAct? settled, ContentAct now, bool stops)
    {
        var post = Accounts.Given.APost(Accounts.Given.Post, PostState.Scheduled) with
        {
            About = settled is { } act ? new PostAbout { Settled = new Dictionary<string, ContentAct>(StringComparer.Ordinal) { ["legal"] = act } } : null,
        };
        var rules = PublishingRules.Default with { Content = new Dictionary<string, ContentAct>(StringComparer.Ordinal) { ["legal"] = now } };
        Assert.Equal(stops, SecondLook.Unsettled(post, new ContentLook(rules, [Legal])).Count > 0);
    }

    [Theory]
    [InlineData("rule-unknown", "nothing", 30, "local", "me", 0)]
    [InlineData("clash-out-of-range", "legal", -1, "local", "me", 0)]
    [InlineData("clash-out-of-range", "legal", 1441, "local", "me", 0)]
    [InlineData("approval-for-unknown", "legal", 30, "everything", "me", 0)]
    [InlineData("approval-for-unknown", "legal", 30, "X/Aston", "me", 0)]
    [InlineData("approval-twice", "legal", 30, "local", "me", 1)]
    [InlineData("approver-unknown", "legal", 30, "local", " ", 0)]
    [InlineData("text-not-storable", "legal", 30, "local", "a\0", 0)]
    [InlineData(null, "legal", 0, "x/demo_wmfs_aston", "me", 0)]
    [InlineData(null, "legal", 1440, "corporate", "me", 0)]
    public void Rules_AreSaved_OnlyWhenTheyMakeSense(string? code, string content, int clash, string @for, string approver, int more)
    {
        var rules = new PublishingRules
        {
            Content = new Dictionary<string, ContentAct>(StringComparer.Ordinal) { [content] = ContentAct.Comms },
            ClashMinutes = clash,
            Approvals = [.. Enumerable.Repeat(new ApprovalRule(@for, ApprovalNeed.One, [approver]), 1 + more)],
        };
        Assert.Equal(code, PublishingRulesDecider.Save(rules, Who(Role.CommsManager), ["legal"])?.Code);
    }

    [Fact]
    public void Rules_AreSetByCommsManagersAlone()
    {
        foreach (var role in Roles.People.Append(Role.System))
        {
            Assert.Equal(role != Role.CommsManager, PublishingRulesDecider.Save(PublishingRules.Default, Who(role), [])?.Code == "forbidden");
        }
    }

    private static PostAbout Saying(string rule, string answer = "She signed our form on 1 May.") =>
        new() { Answers = rule.Length == 0 ? PostAbout.Nothing.Answers : new Dictionary<string, string>(StringComparer.Ordinal) { [rule] = answer } };

    private static Actor Who(Role role) => new("me", "Me", role, new Scope { All = true });
}
