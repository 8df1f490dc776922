using Coordination.Domain.Accounts;
using Coordination.Domain.Posts;
using Coordination.Domain.Review;
using Coordination.Domain.Tests.Accounts;
using Xunit;

namespace Coordination.Domain.Tests.Review;

/// <summary>What a correction may correct: a post that was out, on its own account.</summary>
public sealed class CorrectionRuleTests
{
    private static readonly PostId Named = Given.Id(1), Sibling = Given.Id(2);
    private static readonly AccountKey Other = AccountKey.Parse("facebook/demo_wmfs_aston");

    [Theory]
    [InlineData("published", null)]
    [InlineData("removed", null)]
    [InlineData("scheduled", "correction-not-out")]
    [InlineData("held", "correction-not-out")]
    [InlineData("cancelled", "correction-not-out")]
    [InlineData("unknown", "correction-not-out")]
    public void Post_CanBeCorrected_OnceItWasOut(string state, string? code)
    {
        var (corrects, refusal) = CorrectionRule.Find(Named, [new CorrectedPost(Named, Given.Key.Value, state)], Given.Key);
        Assert.Equal((code is null ? Named : (PostId?)null, code), (corrects, refusal?.Code));
    }

    [Fact]
    public void Message_IsCorrected_OnEachAccountByItsOwnPost()
    {
        CorrectedPost[] family = [new(Named, Given.Key.Value, "published"), new(Sibling, Other.Value, "published")];
        Assert.Equal(Named, CorrectionRule.Find(Named, family, Given.Key).Corrects);
        Assert.Equal(Sibling, CorrectionRule.Find(Named, family, Other).Corrects);
        Assert.Equal("correction-elsewhere", CorrectionRule.Find(Named, family, AccountKey.Parse("x/elsewhere")).Refusal?.Code);
        Assert.Equal("correction-not-out", CorrectionRule.Find(Named, [family[0], family[1] with { State = "rejected" }], Other).Refusal?.Code);
        Assert.Equal("correction-unknown", CorrectionRule.Find(Named, [], Given.Key).Refusal?.Code);
    }

    [Fact]
    public void Correction_KeepsWhatItCorrects_WhenItIsChanged()
    {
        var post = Given.APost(Given.Post, PostState.Scheduled) with { About = new PostAbout { Corrects = Named } };
        var state = Given.Account(AccountLifecycle.Connected) with { Posts = [post] };
        var edit = new EditPost(post.Id, post.Revision, "Other words.", Given.Now.AddHours(3), HoldsMet.None, new PostAbout { Corrects = Sibling });
        var accepted = Assert.IsType<Decision<AccountEvent>.Accepted>(AccountDecider.Decide(state, edit, Given.Manager, Given.Now));
        Assert.Equal(Named, AccountFold.Fold(state, accepted.Events).Find(post.Id)!.About?.Corrects);
    }

    [Fact]
    public void Correction_IsSaidOfAPost_WhereNothingElseIs()
    {
        var state = Given.Account(AccountLifecycle.Connected);
        var wish = new SchedulePost(Given.Id(9), "Doors open at eleven.", Given.Now.AddHours(3), PostRules.DefaultTolerance, null, HoldsMet.None, new PostAbout { Corrects = Named });
        var accepted = Assert.IsType<Decision<AccountEvent>.Accepted>(AccountDecider.Decide(state, wish, Given.Manager, Given.Now));
        Assert.Equal(Named, AccountFold.Fold(state, accepted.Events).Find(Given.Id(9))!.About?.Corrects);
    }
}
