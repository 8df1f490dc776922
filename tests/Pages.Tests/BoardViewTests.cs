using Coordination.Dashboard.Components.Board;
using Coordination.Domain.Accounts;
using Coordination.Domain.Holds;

namespace Coordination.Pages.Tests;

public sealed class BoardViewTests
{
    private static readonly (string Area, int Stations)[] Brigade =
        [("birmingham", 15), ("coventry", 4), ("dudley", 3), ("sandwell", 6), ("solihull", 2), ("walsall", 4), ("wolverhampton", 4)];

    [Fact]
    public void Of_ShowsEveryStationOnce_OfTheWholeBrigade()
    {
        var view = BoardView.Of(Everything(), [], new BoardFilter(), Some.Now);

        Assert.Equal((38, 7, 118), (view.Stations, view.Areas, view.Accounts));
        Assert.Equal(38, view.Rows.SelectMany(r => r).Where(c => c.Id.Length > 0).SelectMany(c => c.Tiles).Select(t => t.Name).Distinct().Count());
    }

    [Fact]
    public void Of_PutsAtMostSixTilesSideBySide_InEachRow() =>
        Assert.All(BoardView.Of(Everything(), [], new BoardFilter(), Some.Now).Rows, row => Assert.InRange(row.Sum(card => card.Columns), 1, 6));

    [Fact]
    public void Of_NeedsThreeRowsOfAreasAndOneOfDepartments_ForTheWholeBrigade()
    {
        var view = BoardView.Of(Everything(), [], new BoardFilter(), Some.Now);

        Assert.Equal(4, view.Rows.Count);
        Assert.Equal("Departments and corporate", Assert.Single(view.Rows[^1]).Name);
    }

    [Fact]
    public void Of_SaysOnceThatAnAreaIsHeld_WhenOneHoldCoversAllOfIt()
    {
        var hold = Some.Hold("H-1", HoldKind.CentralCoordination, new Scope { Areas = ["coventry"] });
        var freeze = Some.Hold("H-2", HoldKind.Freeze, new Scope { Platforms = ["x"] }, 2);
        var rows = new[] { "x/a", "facebook/a" }.Select(key => Some.Account(key, holds: [hold, freeze])).ToArray();

        var card = Assert.Single(Assert.Single(BoardView.Of(rows, [hold, freeze], new BoardFilter(), Some.Now).Rows));

        Assert.Equal(HoldKind.CentralCoordination, card.HeldAs);
    }

    [Fact]
    public void Of_LeavesAnAreasHeaderQuiet_WhenOneAccountIsOpen()
    {
        var hold = Some.Hold("H-1", HoldKind.Freeze, new Scope { Platforms = ["x"] });
        var rows = new[] { "x/a", "facebook/a" }.Select(key => Some.Account(key, holds: [hold])).ToArray();

        Assert.Null(Assert.Single(Assert.Single(BoardView.Of(rows, [hold], new BoardFilter(), Some.Now).Rows)).HeldAs);
    }

    [Fact]
    public void Of_LeavesRetiredAccountsOut_Always() =>
        Assert.Empty(BoardView.Of([Some.Account("x/a", lifecycle: AccountLifecycle.Retired)], [], new BoardFilter(), Some.Now).Rows);

    [Theory]
    [InlineData("binley", true)]
    [InlineData("begum facebook", true)]
    [InlineData("begum mastodon", false)]
    [InlineData("  COVENTRY ", true)]
    public void Admits_FindsEveryWordInKeyPlacePlatformOrContact_AsTyped(string text, bool found) =>
        Assert.Equal(found, new BoardFilter(text).Admits(Some.Account("facebook/demo_wmfs_binley")));

    [Fact]
    public void Admits_FindsAccountsNobodyCanBeReachedAbout_WhenAsked()
    {
        var row = Some.Account("x/a");
        var without = row with { Summary = row.Summary with { Contact = new NamedContact("A. Begum") } };

        Assert.True(new BoardFilter(NoContact: true).Admits(without));
        Assert.False(new BoardFilter(NoContact: true).Admits(row));
    }

    private static IEnumerable<Coordination.Dashboard.Live.AccountRow> Everything()
    {
        foreach (var (area, stations) in Brigade)
        {
            for (var i = 0; i < stations; i++)
            {
                foreach (var platform in new[] { "x", "facebook", "mastodon" })
                {
                    yield return Some.Account($"{platform}/{area}{i}", area, $"{area}-{i}");
                }
            }
        }

        yield return Some.Account("x/demo_wmfs", null, null, AccountKind.Corporate);
        yield return Some.Account("x/demo_wmfs_prevention", null, null, department: "prevention");
        yield return Some.Account("x/demo_wmfs_recruitment", null, null, department: "recruitment");
        yield return Some.Account("x/demo_wmfs_fire_cadets", null, null, department: "fire-cadets");
    }
}
