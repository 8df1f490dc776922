using Coordination.Dashboard.Register;
using Coordination.Domain.Accounts;
using Coordination.Domain.Holds;
using Coordination.Storage.Register;

namespace Coordination.Pages.Tests;

public sealed class RowPlanTests
{
    private static readonly AccountSummary Known = Some.Account("x/demo_wmfs_binley").Summary;
    private static readonly RegisterRow Row = new(Known.Key, Known.Labels, Known.DisplayName, Known.Contact!);

    [Fact]
    public void Row_OfAnUnknownAccount_Registers()
    {
        var plan = RowPlan.Of(Row, null, []);
        Assert.IsType<RegisterAccount>(Assert.Single(plan.Steps).Command);
        Assert.Equal(RowResult.Registered, plan.Outlook.Result);
    }

    [Fact]
    public void Row_ThatSaysWhatIsKnown_DoesNothing()
    {
        var plan = RowPlan.Of(Row, Known, []);
        Assert.Empty(plan.Steps);
        Assert.Equal(RowResult.Unchanged, plan.Outlook.Result);
    }

    [Fact]
    public void Row_ThatDiffers_ChangesWhatDiffers_LabelsFirst()
    {
        var row = Row with { Labels = Row.Labels with { Station = "canley" }, DisplayName = "Canley", Contact = Row.Contact with { Phone = null } };
        Assert.Equal(["labels", "approval", "contact", "name"], RowPlan.Of(row, Known with { Lifecycle = AccountLifecycle.Requested }, []).Outlook.Changes);
        Assert.Equal(["contact"], RowPlan.Of(Row with { Contact = row.Contact }, Known, []).Outlook.Changes);
        Assert.Equal(["name"], RowPlan.Of(Row with { DisplayName = "Canley" }, Known, []).Outlook.Changes);
    }

    [Fact]
    public void Row_OfARetiredAccount_IsRefused()
    {
        var plan = RowPlan.Of(Row, Known with { Lifecycle = AccountLifecycle.Retired }, []);
        Assert.Empty(plan.Steps);
        Assert.Equal("account-retired", plan.Outlook.Refusal?.Code);
    }

    [Fact]
    public void Row_ThatWouldLeaveAHold_IsForetoldAsRefused()
    {
        var binley = Some.Hold("H-000001", HoldKind.Freeze, new Scope { Stations = ["binley"] });
        var coventry = Some.Hold("H-000002", HoldKind.Freeze, new Scope { Areas = ["coventry"] });
        var moving = Row with { Labels = Row.Labels with { Station = "canley" } };
        Assert.Equal("relabel-leaves-hold", RowPlan.Of(moving, Known, [coventry, binley]).Outlook.Refusal?.Code);
        Assert.Null(RowPlan.Of(moving, Known, [coventry]).Outlook.Refusal);
        Assert.Null(RowPlan.Of(Row with { DisplayName = "Canley" }, Known, [binley]).Outlook.Refusal);
    }

    [Fact]
    public void Deputy_KeepsWhatIsOnRecordBesideTheName_BecauseAFileKnowsNoMore()
    {
        var known = Known with { Contact = Known.Contact! with { Deputies = [new NamedContact("Pat", null, "0121 496 0009")] } };
        Assert.Equal(RowResult.Unchanged, RowPlan.Of(Row with { Contact = Row.Contact with { Deputies = [new NamedContact("Pat")] } }, known, []).Outlook.Result);
        Assert.Equal(["contact"], RowPlan.Of(Row with { Contact = Row.Contact with { Deputies = [new NamedContact("Sam")] } }, known, []).Outlook.Changes);
        Assert.Equal(["contact"], RowPlan.Of(Row, known, []).Outlook.Changes);
    }
}
