using Coordination.Domain.People;
using Xunit;

namespace Coordination.Domain.Tests.People;

/// <summary>Each row of the matrix has its ground.</summary>
public sealed class PermissionGroundsTests
{
    public static TheoryData<Permission> All { get; } = new(Enum.GetValues<Permission>());

    [Theory]
    [MemberData(nameof(All))]
    public void Permission_HasAGround(Permission permission)
    {
        var ground = PermissionGrounds.Of(permission);
        Assert.True(char.IsLower(ground.Doing[0]));
        Assert.EndsWith(".", ground.Because, StringComparison.Ordinal);
        Assert.Matches("^[1-4](\\.[1-3])?$", ground.Paragraph ?? "1");
        Assert.True(ground.Paragraph is not null || PermissionMatrix.WhoMay(permission).Count == 0, "What a person may do comes from the order.");
    }

    [Fact]
    public void Grounds_AreDifferent() => Assert.Equal(All.Count, All.Select(p => PermissionGrounds.Of(p.Data).Doing).Distinct(StringComparer.Ordinal).Count());
}
