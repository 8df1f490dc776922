using Coordination.Domain.Holds;
using Coordination.Domain.People;
using Xunit;

namespace Coordination.Domain.Tests.People;

public sealed class GroupRolesTests
{
    private static readonly GroupRole[] Listed =
    [
        new("managers", Role.CommsManager),
        new("officers", Role.CommsOfficer),
        new("more-officers", Role.CommsOfficer),
        new("aston", Role.AccountHolder, new Scope { Kinds = ["local"], Stations = ["aston"] }),
        new("canley", Role.AccountHolder, new Scope { Kinds = ["local"], Stations = ["canley"] }),
        new("wrong", Role.System),
    ];

    [Theory]
    [InlineData("managers", Role.CommsManager)]
    [InlineData("something officers else", Role.CommsOfficer)]
    [InlineData("officers more-officers", Role.CommsOfficer)]
    [InlineData("aston", Role.AccountHolder)]
    public void Groups_GiveTheRoleThatTheyAgreeOn(string groups, Role role)
    {
        Assert.All(Enum.GetValues<SeveralGroups>(), several => Assert.Equal(role, Assert.IsType<GroupVerdict.Given>(Of(groups, several)).Role.Role));
    }

    [Theory]
    [InlineData("")]
    [InlineData("something else")]
    [InlineData("Managers MANAGERS manager")]
    [InlineData("wrong")]
    public void Groups_GiveNothing_WhenNoneIsListed(string groups) =>
        Assert.All(Enum.GetValues<SeveralGroups>(), several => Assert.IsType<GroupVerdict.Nothing>(Of(groups, several)));

    [Theory]
    [InlineData("officers managers", Role.CommsManager)]
    [InlineData("aston officers", Role.CommsOfficer)]
    [InlineData("canley aston", Role.AccountHolder)]
    public void Groups_ThatDiffer_GiveNothing_UnlessTheFirstListedCounts(string groups, Role first)
    {
        Assert.IsType<GroupVerdict.Different>(Of(groups, SeveralGroups.Refuse));
        Assert.Equal(first, Assert.IsType<GroupVerdict.Given>(Of(groups, SeveralGroups.FirstListed)).Role.Role);
    }

    [Fact]
    public void Groups_NameTheRolesThatDiffer_Once() =>
        Assert.Equal([Role.CommsOfficer, Role.AccountHolder], Assert.IsType<GroupVerdict.Different>(Of("aston canley more-officers officers", SeveralGroups.Refuse)).Roles);

    private static GroupVerdict Of(string groups, SeveralGroups several) => GroupRoles.Of(Listed, groups.Split(' '), several);
}
