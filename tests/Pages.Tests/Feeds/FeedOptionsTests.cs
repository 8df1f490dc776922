using Coordination.Dashboard.Incidents;
using Coordination.Dashboard.Incidents.Pull;
using Microsoft.Extensions.Configuration;

namespace Coordination.Pages.Tests.Feeds;

/// <summary>Settings of feeds: the start refuses what cannot be right, in words, and never quotes a secret.</summary>
public sealed class FeedOptionsTests
{
    [Fact]
    public void RightSettings_AreTaken_AsTheyAreWritten()
    {
        var options = Bind(
            ("Incidents:Feeds:weather:Name", "Weather warnings"), ("Incidents:Feeds:weather:Url", "https://alerts.example.org/feed.atom?key=s3cret"),
            ("Incidents:Feeds:weather:EverySeconds", "15"), ("Incidents:Feeds:weather:MessageHosts:0", "messages.example.org"), ("Incidents:Feeds:weather:Token", "Bearer abc"),
            ("Incidents:Feeds:weather:Senders:0", "warnings@example.org"), ("Incidents:Feeds:weather:Senders:1", "floods@example.org"), ("Incidents:Feeds:here:Senders:0", "here@example.org"),
            ("Incidents:Feeds:here:Url", "http://127.0.0.1:8123/feed.atom"), ("Incidents:Feeds:here:MessageHosts:0", "[::1]:8080"));
        Assert.True(new IncidentOptionsValidator().Validate(null, options).Succeeded);
        var weather = new FeedSource("weather", options.Feeds["weather"]);
        Assert.Equal(["floods@example.org", "warnings@example.org"], weather.Senders.Order(StringComparer.Ordinal));
        Assert.Equal(("Weather warnings", TimeSpan.FromSeconds(15), false, "https://alerts.example.org/feed.atom"), (weather.Name, weather.Every, weather.Inside, weather.Shown));
        var here = new FeedSource("here", options.Feeds["here"]);
        Assert.Equal(("here", TimeSpan.FromSeconds(60), true), (here.Name, here.Every, here.Inside));
        Assert.Null(here.Refuses(new Uri("http://[::1]:8080/a.cap"), here.Address));
        Assert.True(new FeedSource("inside", new FeedOptions { Url = "https://10.0.0.5/feed.atom" }).Inside);
    }

    [Theory]
    [InlineData("weather:Url", "", "Url is missing")]
    [InlineData("weather:Url", "alerts.example.org", "Url is no web address")]
    [InlineData("weather:Url", "file:///etc/passwd", "Url is no web address")]
    [InlineData("weather:Url", "http://alerts.example.org/feed.atom", "Url begins with http://")]
    [InlineData("weather:Url", "https://me:s3cret@alerts.example.org/feed.atom", "Url has a name or password")]
    [InlineData("weather:Senders:0", "two words", "Senders has an entry that no CAP sender can have")]
    [InlineData("weather:Senders:0", "", "Senders has an entry that no CAP sender can have")]
    [InlineData("weather:EverySeconds", "14", "EverySeconds is 14; it can be 15 to 86400")]
    [InlineData("weather:EverySeconds", "86401", "EverySeconds is 86401")]
    [InlineData("weather:MessageHosts:0", "https://a.example.org", "MessageHosts has")]
    [InlineData("weather:MessageHosts:0", "a.example.org:0", "MessageHosts has")]
    [InlineData("weather:MessageHosts:0", "a.example.org:", "MessageHosts has")]
    [InlineData("weather:Token", "s3cret\nX-Other: 1", "Token has to be")]
    [InlineData("weather:TokenHeader", "X Api", "TokenHeader is")]
    [InlineData("weather:TokenHeader", "Host", "TokenHeader is")]
    [InlineData("Weather_1:Url", "https://alerts.example.org/feed.atom", "has the id 'Weather_1'")]
    [InlineData("vision:Url", "https://alerts.example.org/feed.atom", "has the id of a source")]
    public void WrongSettings_StopTheStart_InWords(string setting, string value, string words)
    {
        var options = Bind(
            ("Incidents:Sources:vision:Secrets:0", "whsec_" + Convert.ToBase64String(new byte[32])), ("Incidents:Feeds:weather:Url", "https://alerts.example.org/feed.atom"),
            ("Incidents:Feeds:weather:Senders:0", "warnings@example.org"), ("Incidents:Feeds:" + setting, value));
        var result = new IncidentOptionsValidator().Validate(null, options);
        Assert.True(result.Failed);
        Assert.Contains(words, result.FailureMessage, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", result.FailureMessage, StringComparison.Ordinal);
    }

    [Fact]
    public void Feed_WithoutSendersOfItsOwn_DoesNotStart_WhateverTheBrigadesListSays()
    {
        var options = Bind(("Incidents:Senders:0", "warnings@example.org"), ("Incidents:Feeds:weather:Url", "https://alerts.example.org/feed.atom"));
        Assert.Contains("Incidents:Feeds:weather:Senders has 0 entries; name the", new IncidentOptionsValidator().Validate(null, options).FailureMessage!, StringComparison.Ordinal);
        Assert.Empty(new FeedSource("weather", options.Feeds["weather"]).Senders);
    }

    [Fact]
    public void MessagesOfAFeed_HaveIdsOfTheirOwn()
    {
        FeedSource One(string id) => new(id, new FeedOptions { Url = "https://alerts.example.org/feed.atom" });

        byte[] body = [1, 2, 3];
        Assert.Equal(One("a").MessageId(body), One("a").MessageId(body));
        Assert.Equal(3, new[] { One("a").MessageId(body), One("b").MessageId(body), MessageIds.Of(body) }.Distinct().Count());
        Assert.NotEqual(One("a").MessageId(body), MessageIds.Of((byte[])[.. "a\n"u8, .. body]));
    }

    private static IncidentOptions Bind(params (string Name, string Value)[] settings)
    {
        var options = new IncidentOptions();
        new ConfigurationBuilder()
            .AddInMemoryCollection(settings.GroupBy(s => s.Name, StringComparer.Ordinal).Select(g => KeyValuePair.Create(g.Key, (string?)g.Last().Value)))
            .Build().GetSection(IncidentOptions.Section).Bind(options);
        return options;
    }
}
