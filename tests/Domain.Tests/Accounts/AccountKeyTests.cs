using System.Text.Json;
using Coordination.Domain.Accounts;
using Coordination.Domain.Platforms;
using CsCheck;
using Xunit;

namespace Coordination.Domain.Tests.Accounts;

public sealed class AccountKeyTests
{
    private static readonly Gen<string> Handle =
        Gen.Select(Gen.Char["abcxyz019"], Gen.Char["abcxyz019_.@-"].Array[0, 99], (first, rest) => first + new string(rest));

    [Fact]
    public void Parse_RoundTrips_EveryKey() => Gen.Select(Gen.Int[0, Platform.All.Count - 1], Handle).SampleSeeded((platform, handle) =>
    {
        var key = AccountKey.Parse($"{Platform.All[platform].Id}/{handle}");
        return AccountKey.Parse(key.Value) == key && key.Handle == handle && key.Platform == Platform.All[platform]
            && JsonSerializer.Deserialize<AccountKey>(JsonSerializer.Serialize(key)) == key;
    });

    [Theory]
    [InlineData("X/Demo_WMFS", "x/demo_wmfs")]
    [InlineData("mastodon/@demo@example.org", "mastodon/demo@example.org")]
    public void Parse_MakesOneForm_OfSpellings(string text, string value) => Assert.Equal(value, AccountKey.Parse(text).Value);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("x/")]
    [InlineData("/demo")]
    [InlineData("myspace/demo")]
    [InlineData("x/demo+more")]
    [InlineData("x/demo/more")]
    [InlineData("x/demo\n")]
    [InlineData("x/demo ")]
    [InlineData(" x/demo")]
    [InlineData("x\n/demo")]
    [InlineData("x/_demo")]
    [InlineData("x/.demo")]
    [InlineData("x/démo")]
    [InlineData("x/demo\u0663")]
    [InlineData("x/\u0663demo")]
    [InlineData("x/de\0mo")]
    [InlineData("x/dem\u0131")]
    public void TryParse_Refuses_WhatIsNoKey(string? text) => Assert.False(AccountKey.TryParse(text, out _));

    [Fact]
    public void TryParse_Accepts100Characters_AndNoMore()
    {
        Assert.True(AccountKey.TryParse("x/" + new string('a', 100), out _));
        Assert.False(AccountKey.TryParse("x/" + new string('a', 101), out _));
        Assert.False(AccountKey.TryParse("x/" + new string('a', 100_000), out _));
    }

    [Fact]
    public void Value_Throws_WhenNeverSet() => Assert.Throws<InvalidOperationException>(() => default(AccountKey).Value);

    [Fact]
    public void Json_Refuses_WhatIsNoKey() => Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<AccountKey>("\"x/a+b\""));
}
