using Coordination.Domain.Holds;
using Coordination.Domain.Incidents.Lines;
using Coordination.Domain.People;
using Xunit;

namespace Coordination.Domain.Tests.Incidents.Lines;

/// <summary>Who may say the agreed line of a hold, of every kind and by every role.</summary>
public sealed class LineRulesTests
{
    private static readonly Hold Central = new()
    {
        Id = "H-000001",
        Kind = HoldKind.CentralCoordination,
        Scope = Scope.LocalAccounts,
        Reason = "Gas leak",
        PlacedBy = "system",
        PlacedByName = "The service",
        PlacedByRole = Role.System,
        PlacedAt = DateTimeOffset.UnixEpoch,
        Sequence = 1,
        NamedPosters = ["named"],
        Incident = "A",
    };

    [Theory]
    [InlineData(Role.CommsManager, null)]
    [InlineData(Role.CommsOfficer, null)]
    [InlineData(Role.FdsOfficer, null)]
    [InlineData(Role.FireControl, null)]
    [InlineData(Role.AccountHolder, null)]
    [InlineData(Role.Auditor, "forbidden")]
    [InlineData(Role.System, "forbidden")]
    public void Check_LetsWhomTheHoldNames_WhoMayPublishAtAll(Role role, string? code)
    {
        Assert.Equal(code, LineRules.Check(Central, new Actor("named", "N", role))?.Code);
        Assert.Equal(code ?? "line-forbidden", LineRules.Check(Central, new Actor("other", "O", role))?.Code);
    }

    [Fact]
    public void Check_AsksForACentralCoordination_OfAnIncident_AndLeavesTheLiftToTheStore()
    {
        var named = new Actor("named", "N", Role.CommsManager);
        Assert.Equal("line-not-central", LineRules.Check(Central with { Kind = HoldKind.Freeze, NamedPosters = [] }, named)?.Code);
        Assert.Equal("line-not-central", LineRules.Check(Central with { Kind = HoldKind.ApprovalRequired }, named)?.Code);
        Assert.Equal("line-no-incident", LineRules.Check(Central with { Incident = null }, named)?.Code);
        Assert.Null(LineRules.Check(Central with { LiftedAt = DateTimeOffset.UnixEpoch, LiftedSequence = 2 }, named));
    }
}
