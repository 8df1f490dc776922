using Coordination.Dashboard.Components.Kit;
using Coordination.Domain.Holds;
using Coordination.Domain.Posts;
using Microsoft.Extensions.Time.Testing;

namespace Coordination.Pages.Tests;

public sealed class KitTests
{
    [Theory]
    [InlineData("2026-11-23T14:00", "2026-11-23T14:00:00Z")]
    [InlineData("2026-07-01T14:00", "2026-07-01T13:00:00Z")]
    [InlineData("2026-10-25T01:30", "2026-10-25T00:30:00Z")]
    public void TryParse_ReadsAWallInLondon_InWinterSummerAndTwiceToldHours(string text, string instant)
    {
        Assert.True(UkTime.TryParse(text, out var at));
        Assert.Equal(DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture), at);
    }

    [Theory]
    [InlineData("2026-03-29T01:30")]
    [InlineData("tomorrow")]
    [InlineData("")]
    [InlineData(null)]
    public void TryParse_RefusesATimeThatIsNot_OnAWallInLondon(string? text) => Assert.False(UkTime.TryParse(text, out _));

    [Theory]
    [InlineData("2026-11-23T14:05", "2026-11-23T14:05")]
    [InlineData("2026-03-29T01:30:20", "2026-03-29T01:30")]
    [InlineData("tomorrow", "")]
    [InlineData(null, "")]
    public void ToWall_KeepsWhatTheFieldHolds_ThereAndBack(string? text, string field) => Assert.Equal(field, UkTime.WallToField(UkTime.ToWall(text)));

    [Fact]
    public void Culture_ReadsDaysBeforeMonths_AndWeeksFromMonday()
    {
        Assert.Equal(new DateTime(2026, 12, 3, 14, 5, 0), DateTime.Parse("3/12/2026 14:05", UkTime.Culture));
        Assert.Equal(DayOfWeek.Monday, UkTime.Culture.DateTimeFormat.FirstDayOfWeek);
    }

    [Fact]
    public void Short_SaysTheHourToday_TheWeekdaySoon_TheDateLater()
    {
        Assert.Equal("18:30", UkTime.Short(Some.Now.AddHours(8.5), Some.Now));
        Assert.Equal("Tue", UkTime.Short(Some.Now.AddDays(1), Some.Now));
        Assert.Equal("3 Dec", UkTime.Short(Some.Now.AddDays(10), Some.Now));
        Assert.Equal("22 Nov", UkTime.Short(Some.Now.AddDays(-1), Some.Now));
    }

    [Theory]
    [InlineData(0.3, "0.3 s")]
    [InlineData(42, "42 s")]
    [InlineData(300, "5 min")]
    [InlineData(-1, "0.0 s")]
    public void Span_SaysAnAge_InItsOwnUnit(double seconds, string words) => Assert.Equal(words, UkTime.Span(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(null, "none", "Not live yet")]
    [InlineData(0.3, "good", "Live · 0.3 s")]
    [InlineData(3.4, "good", "Live · 3.4 s")]
    [InlineData(42.0, "late", "42 s old")]
    public void Freshness_IsGreenOnlyWhileTheReplicaAgrees_ByItsAge(double? seconds, string css, string words) =>
        Assert.Equal(new Freshness(css, words), Freshness.Of(seconds is { } s ? TimeSpan.FromSeconds(s) : null));

    [Fact]
    public void Of_SaysAScopeInAFewWords_AsAPersonWould()
    {
        Assert.Equal("Everything", Names.Of(Scope.Everything));
        Assert.Equal("All local accounts", Names.Of(Scope.LocalAccounts));
        Assert.Equal("Sandwell and Dudley, local accounts", Names.Of(new Scope { Areas = ["sandwell", "dudley"], Kinds = ["local"] }));
        Assert.Equal("Sutton Coldfield, accounts on X", Names.Of(new Scope { Stations = ["sutton-coldfield"], Platforms = ["x"] }));
        Assert.Equal("Everything, except x/demo_wmfs", Names.Of(new Scope { All = true, Except = new Scope { Accounts = ["x/demo_wmfs"] } }));
        Assert.Equal("Nothing", Names.Of(new Scope()));
        Assert.Equal("Cadets (Dudley)", Names.Of(new Scope { Name = "Cadets", Areas = ["dudley"] }));
        var many = new Scope { Name = "West", Areas = ["dudley", "sandwell", "walsall", "wolverhampton"] };
        Assert.Equal("West (Dudley, Sandwell and 2 more)", Names.Of(many));
        Assert.Equal("Dudley, Sandwell, Walsall and Wolverhampton", Names.Contents(many, 4));
    }

    [Fact]
    public void Start_CutsAtAWord_WhenTheTextIsLong() => Assert.Equal("Never leave…", Names.Start("Never leave cooking unattended", 14));

    [Fact]
    public void Looks_TellEveryPostStateApartByWord_NotByColourAlone()
    {
        var words = Enum.GetValues<PostState>().Select(state => Looks.OfPost(state.Id()).Word).ToArray();

        Assert.Equal(words.Length, words.Distinct(StringComparer.Ordinal).Count());
        Assert.All(Enum.GetValues<PostState>(), state => Assert.NotEmpty(Icons.Path(Looks.OfPost(state.Id()).Icon)));
    }

    [Fact]
    public void Looks_NeverShowTheUnknownInGreen_ForPostsAndOutcomes()
    {
        Assert.NotEqual("ok", Looks.OfPost("unknown").Css);
        Assert.NotEqual("ok", Looks.OfPost("something-new").Css);
        Assert.NotEqual("ok", Looks.OfOutcome("unknown").Css);
    }

    [Fact]
    public void Signal_RunsOncePerRest_HoweverManySignals()
    {
        var clock = new FakeTimeProvider(Some.Now);
        var runs = 0;
        using var coalescer = new Coalescer(clock, TimeSpan.FromMilliseconds(100), () => runs++);

        for (var i = 0; i < 1000; i++)
        {
            coalescer.Signal();
            clock.Advance(TimeSpan.FromMilliseconds(1));
        }

        clock.Advance(TimeSpan.FromMilliseconds(200));
        Assert.InRange(runs, 10, 12);
    }

    [Fact]
    public void Signal_NeverLosesTheLast_WhenItComesDuringTheRest()
    {
        var clock = new FakeTimeProvider(Some.Now);
        var runs = 0;
        using var coalescer = new Coalescer(clock, TimeSpan.FromMilliseconds(100), () => runs++);
        coalescer.Signal();
        clock.Advance(TimeSpan.Zero);
        coalescer.Signal();

        Assert.Equal(1, runs);
        clock.Advance(TimeSpan.FromMilliseconds(100));
        Assert.Equal(2, runs);
    }
}
