using Coordination.Dashboard.Components.Holds;
using Coordination.Domain.Holds;

namespace Coordination.Pages.Tests;

public sealed class ScopeFormTests
{
    [Fact]
    public void Scope_IsEmpty_BeforeAnythingIsPicked() => Assert.True(new ScopeForm().Scope.IsEmpty);

    [Fact]
    public void Scope_NarrowsAcrossDimensions_AsPicked()
    {
        var form = new ScopeForm();
        form.Toggle(ScopePart.Area, "coventry");
        form.Toggle(ScopePart.Kind, "local");
        form.Toggle(ScopePart.Platform, "x");

        Assert.Equal(1, form.CountCovered([Some.Account("x/a"), Some.Account("facebook/a"), Some.Account("x/b", "dudley")]));
    }

    [Fact]
    public void Toggle_TakesALabelOut_WhenPickedAgain()
    {
        var form = new ScopeForm();
        form.Toggle(ScopePart.Area, "coventry");
        form.Toggle(ScopePart.Area, "coventry");

        Assert.True(form.Scope.IsEmpty);
    }

    [Fact]
    public void Everything_AndPartsExcludeEachOther_WhicheverComesLast()
    {
        var form = new ScopeForm();
        form.Toggle(ScopePart.Area, "coventry");
        form.ToggleEverything();
        Assert.True(form.Scope is { All: true, Areas: null });

        form.Toggle(ScopePart.Area, "dudley");
        Assert.True(form.Scope is { All: false, Areas: ["dudley"] });
    }

    [Fact]
    public void CountCovered_LeavesOutWhatIsExcepted_AndRetired()
    {
        var form = new ScopeForm();
        form.ToggleEverything();
        form.ToggleExcept("x/b");

        Assert.Equal(1, form.CountCovered([Some.Account("x/a"), Some.Account("x/b"), Some.Account("x/c", lifecycle: Domain.Accounts.AccountLifecycle.Retired)]));
    }

    [Fact]
    public void Use_PicksWhatWasSaved_InsteadOfWhatWasPicked_AndKeepsItsName()
    {
        var form = new ScopeForm();
        form.Toggle(ScopePart.Area, "coventry");
        form.ToggleExcept("x/z");

        form.Use(new Scope { Name = "Cadets", Platforms = ["x"], Except = new Scope { Accounts = ["x/b"] } });

        Assert.True(form.Scope is { Name: "Cadets", All: false, Areas: null, Platforms: ["x"], Except.Accounts: ["x/b"] });
        Assert.Equal(1, form.CountCovered([Some.Account("x/a"), Some.Account("x/b"), Some.Account("facebook/a")]));
    }

    [Fact]
    public void AnyChange_TakesTheNameAway()
    {
        var saved = new Scope { Name = "Cadets", Platforms = ["x"] };
        Action<ScopeForm>[] changes = [f => f.Toggle(ScopePart.Area, "coventry"), f => f.ToggleExcept("x/a"), f => f.ToggleEverything()];
        foreach (var change in changes)
        {
            var form = new ScopeForm();
            form.Use(saved);
            change(form);

            Assert.Null(form.Scope.Name);
        }
    }

    [Fact]
    public void Use_KeepsAnExceptionThatTheFormCannotShow()
    {
        var form = new ScopeForm();
        form.Use(new Scope { All = true, Except = new Scope { Areas = ["dudley"] } });

        Assert.True(form.Everything);
        Assert.Equal(1, form.CountCovered([Some.Account("x/a"), Some.Account("x/b", "dudley")]));
    }

    [Fact]
    public void Use_OfAllThatIsNarrowed_IsNotEverything()
    {
        var form = new ScopeForm();
        form.Use(new Scope { All = true, Kinds = ["local"] });

        Assert.False(form.Everything);
        Assert.True(form.Scope is { All: false, Kinds: ["local"] });
    }
}
