using Coordination.Domain.People;
using Xunit;

namespace Coordination.Domain.Tests.People;

public sealed class PermissionMatrixTests
{
    [Fact]
    public void Matrix_IsAsWritten() => GoldenFile.Matches(
        "permissions.txt",
        string.Concat(Enum.GetValues<Permission>().Select(permission =>
            $"{permission}: {string.Join(' ', Enum.GetValues<Role>().Where(role => PermissionMatrix.Allows(role, permission)).Select(role => role.Id()))}{(FreshSignIn.IsNeededFor(permission) ? " [fresh sign-in]" : "")}\n")));

    [Fact]
    public void Allows_DeniesEverything_ToARoleThatIsNotThere() =>
        Assert.DoesNotContain(Enum.GetValues<Permission>(), permission => PermissionMatrix.Allows((Role)99, permission));

    [Fact]
    public void Operate_IsForNoPerson() => Assert.Empty(PermissionMatrix.WhoMay(Permission.Operate));

    [Fact]
    public void Roles_HaveAnIdThatParses_AndAName() => Assert.All(Enum.GetValues<Role>(), role =>
    {
        Assert.True(Roles.TryParse(role.Id(), out var parsed));
        Assert.Equal(role, parsed);
        Assert.NotEmpty(role.Name());
    });

    [Theory]
    [InlineData(Permission.LiftHold, "Comms manager")]
    [InlineData(Permission.HandBack, "Comms manager or Comms officer")]
    [InlineData(Permission.Operate, "nobody")]
    public void WhoMayInWords_NamesTheRoles(Permission permission, string words) => Assert.Equal(words, PermissionMatrix.WhoMayInWords(permission));
}
