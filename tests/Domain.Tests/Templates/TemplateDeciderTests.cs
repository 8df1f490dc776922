using Coordination.Domain.People;
using Coordination.Domain.Templates;
using Coordination.Domain.Tests.Accounts;
using Xunit;

namespace Coordination.Domain.Tests.Templates;

public sealed class TemplateDeciderTests
{
    private const string Sixty = "012345678901234567890123456789012345678901234567890123456789";

    [Theory]
    [InlineData("Road closed (A45)", "road-closed-a45")]
    [InlineData("  Élan 24/7  ", "lan-24-7")]
    [InlineData("消防", "")]
    public void IdFor_KeepsSmallLettersAndDigits(string name, string id) => Assert.Equal(id, TemplateDecider.IdFor(name));

    [Fact]
    public void IdFor_IsNeverTooLong_AndAlwaysAnId()
    {
        var id = TemplateDecider.IdFor(string.Concat(Enumerable.Repeat("closed ", 20)));

        Assert.True(id.Length <= TemplateDecider.LongestId);
        Assert.True(TemplateDecider.IsId(id));
    }

    [Theory]
    [InlineData("template-id-invalid", "Road", "Road", "At {place}", null)]
    [InlineData("template-id-invalid", "a--b", "Road", "At {place}", null)]
    [InlineData("template-id-invalid", "", "Road", "At {place}", null)]
    [InlineData("template-id-invalid", "\0", "Road", "At {place}", null)]
    [InlineData("template-name-invalid", "road", null, "At {place}", null)]
    [InlineData("template-name-invalid", "road", " ", "At {place}", null)]
    [InlineData("template-name-invalid", "road", Sixty + "0", "At {place}", null)]
    [InlineData("text-not-storable", "road", "\0", "At {place}", null)]
    [InlineData("text-not-storable", "road", "Road", "At \0", null)]
    [InlineData("text-not-storable", "road", "Road", "At {place}", "\0")]
    [InlineData("text-empty", "road", "Road", null, null)]
    [InlineData("template-text-invalid", "road", "Road", "At {place", null)]
    [InlineData(null, "road", " " + Sixty + " ", "At {place}", null)]
    [InlineData(null, "road", "Road", "At the station", " For road closures ")]
    public void Save_Refuses_WhatNobodyCouldUse(string? code, string id, string? name, string? text, string? hint)
    {
        var refusal = TemplateDecider.Save(id, name, text, hint, Given.Manager);

        Assert.Equal(code, refusal?.Code);
        Assert.DoesNotContain('\0', refusal?.Reason ?? "");
    }

    [Fact]
    public void Save_RefusesAHint_ThatIsNoHintAnyMore()
    {
        Assert.Null(TemplateDecider.Save("road", "Road", "At {place}", new string('a', TemplateDecider.LongestHint), Given.Manager));
        Assert.Equal("template-hint-too-long", TemplateDecider.Save("road", "Road", "At {place}", new string('a', TemplateDecider.LongestHint + 1), Given.Manager)?.Code);
    }

    [Fact]
    public void Comms_MaySaveAndRemove_AndNobodyElse()
    {
        foreach (var (name, actor) in Given.People)
        {
            var may = actor.Role is Role.CommsManager or Role.CommsOfficer;
            Assert.True(may == (TemplateDecider.Save("road", "Road", "At {place}", null, actor) is null), name);
            Assert.True(may == (TemplateDecider.Remove(actor) is null), name);
        }
    }
}
