using Coordination.Dashboard.Components.Holds;
using Coordination.Domain.Holds;

namespace Coordination.Pages.Tests;

public sealed class HoldFormTests
{
    [Fact]
    public void Missing_NamesScopeAndReason_OnAnEmptyForm() =>
        Assert.Equal(["reason", "scope"], new HoldForm().Missing(Some.Manager, Some.Now).Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void Missing_AsksForTheIncident_OfARoleThatHoldsOnlyAtIncidents()
    {
        var form = new HoldForm { Reason = "Families not told" };
        form.Where.ToggleEverything();

        Assert.Empty(form.Missing(Some.Manager, Some.Now));
        Assert.Equal("incident", Assert.Single(form.Missing(Some.Control, Some.Now)).Key);
        form.Incident = "0718";
        Assert.Empty(form.Missing(Some.Control, Some.Now));
    }

    [Theory]
    [InlineData("2026-11-23T09:00")]
    [InlineData("soon")]
    public void Missing_AsksForATimeToCome_WhenTheReviewIsNot(string review)
    {
        var form = new HoldForm { Reason = "x", ReviewAt = review };
        form.Where.ToggleEverything();

        Assert.Equal("review", Assert.Single(form.Missing(Some.Manager, Some.Now)).Key);
    }

    [Theory]
    [InlineData("2026-11-23T09:00")]
    [InlineData("soon")]
    public void Missing_AsksForATimeToCome_WhenTheEndIsNot(string end)
    {
        var form = new HoldForm { Reason = "Pre-election period", Kind = HoldKind.ApprovalRequired, EndsAt = end };
        form.Where.ToggleEverything();

        Assert.Equal("end", Assert.Single(form.Missing(Some.Manager, Some.Now)).Key);
        form.Kind = HoldKind.Freeze;
        Assert.Empty(form.Missing(Some.Manager, Some.Now));
    }

    [Fact]
    public void ToWish_EndsByItself_OnlyWhenItAsksForApproval()
    {
        var form = new HoldForm { Reason = "Pre-election period", Kind = HoldKind.ApprovalRequired, EndsAt = "2026-12-04T22:00" };

        Assert.Equal(new DateTimeOffset(2026, 12, 4, 22, 0, 0, TimeSpan.Zero), form.ToWish().EndsAt);
        form.Kind = HoldKind.Freeze;
        Assert.Null(form.ToWish().EndsAt);
    }

    [Fact]
    public void ToWish_NamesPosters_OnlyForCentralCoordination()
    {
        var form = new HoldForm { Reason = " Families not told " };
        form.NamedPosters.Add("marsh");

        Assert.Null(form.ToWish().NamedPosters);
        form.Kind = HoldKind.CentralCoordination;
        Assert.Equal(["marsh"], form.ToWish().NamedPosters!);
        Assert.Equal("Families not told", form.ToWish().Reason);
    }
}
