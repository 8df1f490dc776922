using Coordination.Dashboard.Components.Kit;
using Coordination.Dashboard.Components.Rules;
using Coordination.Dashboard.Desks;
using Coordination.Domain.Holds;
using Coordination.Domain.People;
using Coordination.Domain.Review;

namespace Coordination.Pages.Tests;

/// <summary>The quiet hours on the rules' page, and in what is said while one writes.</summary>
public sealed class QuietHoursTests
{
    private static readonly DateTimeOffset Night = new(2026, 11, 24, 23, 0, 0, TimeSpan.Zero);
    private static readonly Actor Holder = new("holder", "Holder", Role.AccountHolder, new Scope { Stations = ["binley"] });

    [Theory]
    [InlineData(ContentAct.Warn, 0, 0)]
    [InlineData(ContentAct.Reason, 1, 0)]
    [InlineData(ContentAct.Comms, 0, 1)]
    public void Forecast_SaysWhatTheTimeAsksFor(ContentAct act, int unanswered, int first)
    {
        var rules = PublishingRules.Default with { Quiet = QuietHours.Default with { Act = act } };
        var forecast = ReviewForecast.Of([Some.Account("x/demo_wmfs_binley")], PostAbout.Nothing, [], rules, Holder, Night);
        Assert.Equal((unanswered, first), (forecast.Unanswered.Count, forecast.First));
        var now = ReviewForecast.Of([Some.Account("x/demo_wmfs_binley")], PostAbout.Nothing, [], rules, Holder, null);
        Assert.Equal((0, 0), (now.Unanswered.Count, now.First));
    }

    [Fact]
    public async Task Rules_AreSavedWithTheQuietHours()
    {
        var desk = new StubRulesDesk();
        var model = new RulesModel(desk);
        await model.LoadAsync(TestContext.Current.CancellationToken);
        Assert.Equal(("22:00", "07:00", "Warn"), (model.QuietFrom, model.QuietTo, model.QuietAct));

        // Untouched, they are kept as they were.
        Assert.True(await model.SaveAsync(Some.Manager, TestContext.Current.CancellationToken));
        Assert.Equal(QuietHours.Default, desk.Rules.Quiet);
        (model.QuietFrom, model.QuietTo, model.QuietAct) = ("21:30:00", "08:00", "Comms");
        Assert.True(await model.SaveAsync(Some.Manager, TestContext.Current.CancellationToken));
        Assert.Equal(new QuietHours(new TimeOnly(21, 30), new TimeOnly(8, 0), ContentAct.Comms), desk.Rules.Quiet);
        Assert.Equal("21:30", model.QuietFrom);

        model.QuietTo = "";
        Assert.False(await model.SaveAsync(Some.Manager, TestContext.Current.CancellationToken));
        Assert.Contains("Choose when", model.Wrong, StringComparison.Ordinal);
        Assert.Equal(2, desk.Saved);
    }

    private sealed class StubRulesDesk : IRulesDesk
    {
        public PublishingRules Rules { get; private set; } = PublishingRules.Default;

        public int Saved { get; private set; }

        public Task<KeptRules> ReadAsync(CancellationToken cancellationToken) => Task.FromResult(new KeptRules(Rules, Saved, null, null));

        public Task<RulesAnswer> SaveAsync(PublishingRules rules, long version, Actor actor, CancellationToken cancellationToken)
        {
            (Rules, Saved) = (rules, Saved + 1);
            return Task.FromResult(new RulesAnswer(null, new KeptRules(rules, Saved, null, null)));
        }
    }
}
