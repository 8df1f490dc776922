using Coordination.Domain.Accounts;
using Coordination.Domain.People;
using Coordination.Domain.Posts;
using Coordination.Domain.Redactions;
using Coordination.Domain.Tests.Accounts;
using Xunit;

namespace Coordination.Domain.Tests.Redactions;

public sealed class RedactionRulesTests
{
    private static readonly RedactionWish Wish = new(new RedactionTarget.Entry("export/1", 1), RedactionGround.Erasure, "Case 12 of the DPO");
    private static readonly Actor Asker = new("rowan", "Rowan", Role.CommsManager);

    [Fact]
    public void Ask_IsForWhoAnswersForComms()
    {
        Assert.Null(RedactionRules.Ask(Wish, Asker));
        Assert.All(Given.People.Where(p => p.Actor.Role != Role.CommsManager), p => Assert.Equal("forbidden", RedactionRules.Ask(Wish, p.Actor)!.Code));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  too few    ")]
    public void Ask_NeedsAReason(string? reason) => Assert.Equal("redaction-reason-missing", RedactionRules.Ask(Wish with { Reason = reason }, Asker)!.Code);

    [Fact]
    public void Ask_RefusesAReasonThatCannotBeKept()
    {
        Assert.Equal("redaction-reason-missing", RedactionRules.Ask(Wish with { Reason = new string('a', RedactionRules.LongestReason + 1) }, Asker)!.Code);
        Assert.Equal("text-not-storable", RedactionRules.Ask(Wish with { Reason = "Case 12 of the \0" }, Asker)!.Code);
    }

    [Theory]
    [InlineData("account/x/aston")]
    [InlineData("hold/H-000001")]
    [InlineData("redaction/R-000001")]
    [InlineData("keep/account/x/aston")]
    [InlineData("exports/1")]
    [InlineData("")]
    public void Ask_RefusesEntries_WithAStateBesideThem(string stream) =>
        Assert.Equal("entry-not-redactable", RedactionRules.Ask(Wish with { Target = new RedactionTarget.Entry(stream, 1) }, Asker)!.Code);

    [Fact]
    public void Answer_IsAnothers()
    {
        var (manager, officer, auditor) = (new Actor("quinn", "Quinn", Role.CommsManager), new Actor("sam", "Sam", Role.CommsOfficer), new Actor("morgan", "Morgan", Role.Auditor));
        Assert.Equal("redaction-needs-second", RedactionRules.Answer(Asker.Id, true, Asker)!.Code);
        Assert.Null(RedactionRules.Answer(Asker.Id, false, Asker));
        foreach (var confirms in new[] { true, false })
        {
            Assert.Null(RedactionRules.Answer(Asker.Id, confirms, manager));
            Assert.Null(RedactionRules.Answer(Asker.Id, confirms, officer));
            Assert.Equal("forbidden", RedactionRules.Answer(Asker.Id, confirms, auditor)!.Code);
        }

        // What cannot be taken back needs a fresh sign-in; to decline, an old one will do.
        Assert.Equal(FreshSignIn.Code, RedactionRules.Answer(Asker.Id, true, officer with { Stale = true })!.Code);
        Assert.Null(RedactionRules.Answer(Asker.Id, false, officer with { Stale = true }));

        // Who asked, and is in that role no more, cannot take it back either: it waits for somebody who may.
        Assert.Equal("forbidden", RedactionRules.Answer(Asker.Id, false, Asker with { Role = Role.AccountHolder })!.Code);
    }

    [Fact]
    public void Grounds_AreKnownById()
    {
        Assert.All(RedactionGrounds.All, g => Assert.True(RedactionGrounds.TryParse(g.Id(), out var back) && back == g && g.Words().Length > 0));
        Assert.False(RedactionGrounds.TryParse("because", out _));
        Assert.False(RedactionGrounds.TryParse(null, out _));
    }

    [Theory]
    [InlineData(PostState.Scheduled, "post-not-finished")]
    [InlineData(PostState.Submitted, "post-not-finished")]
    [InlineData(PostState.Returned, "post-not-finished")]
    [InlineData(PostState.Held, "post-not-finished")]
    [InlineData(PostState.Missed, "post-not-finished")]
    [InlineData(PostState.Unknown, "post-not-finished")]
    [InlineData(PostState.Published, "post-is-out")]
    [InlineData(PostState.Cancelled, null)]
    [InlineData(PostState.Rejected, null)]
    [InlineData(PostState.Failed, null)]
    [InlineData(PostState.Removed, null)]
    public void Post_IsErased_OnceItHasEnded(PostState state, string? code)
    {
        var account = Given.Account(AccountLifecycle.Connected, state);
        var decision = AccountDecider.Decide(account, new RedactPost(Given.Post, "R-000001"), Given.Manager, Given.Now);
        if (code is not null)
        {
            Assert.Equal(code, Assert.IsType<Decision<AccountEvent>.Refused>(decision).Why.Code);
            return;
        }

        var after = AccountFold.Fold(account, Assert.IsType<Decision<AccountEvent>.Accepted>(decision).Events);
        Assert.Equal(PostErasure.Mark("R-000001"), after.Find(Given.Post)!.Text);
        Assert.IsType<Decision<AccountEvent>.AlreadyDone>(AccountDecider.Decide(after, new RedactPost(Given.Post, "R-000001"), Given.Manager, Given.Now));
        Assert.IsType<Decision<AccountEvent>.Accepted>(AccountDecider.Decide(after, new RedactPost(Given.Post, "R-000002"), Given.Manager, Given.Now));
    }

    // Whether there is such a post at all, the database knows: the state keeps the last ones.
    [Fact]
    public void Post_ThatTheStateKeepsNoMore_IsLeftToTheDatabase() => Assert.IsType<Decision<AccountEvent>.Accepted>(
        AccountDecider.Decide(Given.Account(AccountLifecycle.Connected), new RedactPost(Given.Id(99), "R-000001"), Given.Manager, Given.Now));
}
