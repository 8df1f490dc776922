using Coordination.Domain.Accounts;
using Xunit;

namespace Coordination.Domain.Tests.Accounts;

public sealed class ContactRulesTests
{
    private static readonly NamedContact Good = new("Kim Example", "kim@example.org", "0121 496 0001", [new NamedContact("Pat Placeholder")]);

    [Fact]
    public void Check_FindsNothing_InSomebodyWhoCanBeReached()
    {
        Assert.Empty(ContactRules.Check(Good));
        Assert.Empty(ContactRules.Check(Good with { Email = null }));
        Assert.Empty(ContactRules.Check(Good with { Phone = null, Deputies = null }));
    }

    public static TheoryData<string, NamedContact> Bad => new()
    {
        { "name", Good with { Name = "" } },
        { "name", Good with { Name = "=Kim" } },
        { "name", Good with { Name = new string('a', 201) } },
        { "name", Good with { Name = "Kim\nExample" } },
        { "email", Good with { Email = "kim" } },
        { "email", Good with { Email = null, Phone = null } },
        { "phone", Good with { Phone = "call me" } },
        { "phone", Good with { Phone = "123" } },
        { "deputies", Good with { Deputies = [.. Enumerable.Repeat(new NamedContact("Pat"), ContactRules.MostDeputies + 1)] } },
        { "deputies[0].name", Good with { Deputies = [new NamedContact("", "pat@example.org")] } },
        { "deputies[1].email", Good with { Deputies = [new NamedContact("Pat"), new NamedContact("Sam", "sam")] } },
        { "deputies[0].phone", Good with { Deputies = [new NamedContact("Pat", null, "1")] } },
        { "deputies[0].deputies", Good with { Deputies = [Good] } },
    };

    [Theory]
    [MemberData(nameof(Bad), DisableDiscoveryEnumeration = true)]
    public void Check_NamesTheFieldThatIsWrong_Alone(string field, NamedContact contact) =>
        Assert.Equal(field, Assert.Single(ContactRules.Check(contact)).Field);

    [Fact]
    public void Tidy_DropsWhatIsEmpty_AndSpacesAround() => Assert.Equal(
        new NamedContact("Kim Example", null, "0121 496 0001", [new NamedContact("Pat")]),
        ContactRules.Tidy(new NamedContact(" Kim Example ", " ", "0121 496 0001 ", [new NamedContact(" Pat", ""), new NamedContact(" ", null, "")])));
}
