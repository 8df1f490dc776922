using System.Net;
using Coordination.Dashboard.Incidents.Pull;
using Coordination.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Coordination.Pages.Tests.Feeds;

/// <summary>Where a feed may lead this service: its own host and those that the settings name, along few redirects, and into no private network.</summary>
public sealed class FeedRedirectTests(FastPostgresFixture postgres) : IClassFixture<FastPostgresFixture>
{
    [Fact]
    public async Task Redirect_OnItsOwnHost_IsFollowed_AndAMoveForGoodIsTold()
    {
        await using var ground = await PullGround.MakeAsync(postgres);
        ground.Feed.Token = "Bearer a-secret";
        ground.Server.On("/feed.atom", 301, ("Location", "/new/feed.atom"));
        ground.Server.Serve("/new/feed.atom", Atoms.Feed(Atoms.Linked("urn:a", "a.cap")));
        ground.Server.Serve("/new/a.cap", Atoms.CapBytes("A"), "application/cap+xml");
        var standing = await ground.PollAsync();
        Assert.Equal(1, ground.Desk.Count("A"));
        Assert.Contains("moved for good", standing.Problem!, StringComparison.Ordinal);
        Assert.All(ground.Server.Requests, r => Assert.Equal("Bearer a-secret", r.Headers["Authorization"]));
    }

    [Fact]
    public async Task Redirect_ToAnotherHost_IsRefused_UnlessItIsNamed_AndNeverGetsTheToken()
    {
        await using var other = await FeedServer.StartAsync();
        other.Serve("/feed.atom", Atoms.Feed(Atoms.Embedded("urn:a", "A")));
        await using var ground = await PullGround.MakeAsync(postgres);
        ground.Feed.Token = "a-secret";
        ground.Feed.TokenHeader = "X-Api-Key";
        ground.Server.On("/feed.atom", 302, ("Location", new Uri(other.Address, "/feed.atom").AbsoluteUri));
        var standing = await ground.PollAsync();
        Assert.Contains("another host", standing.Problem!, StringComparison.Ordinal);
        Assert.Equal((0, 0), (other.Requests.Count, ground.Desk.Received.Count));
        Assert.Equal("a-secret", ground.Server.Requests[0].Headers["X-Api-Key"]);

        ground.Feed.MessageHosts.Add(other.Address.Authority);
        await using var named = await PullGround.MakeAsync(postgres);
        named.Feed.Token = "a-secret";
        named.Feed.TokenHeader = "X-Api-Key";
        named.Feed.MessageHosts.Add(other.Address.Authority);
        named.Server.On("/feed.atom", 302, ("Location", new Uri(other.Address, "/feed.atom").AbsoluteUri));
        Assert.Null((await named.PollAsync()).Problem);
        Assert.Equal(1, named.Desk.Count("A"));
        Assert.DoesNotContain("X-Api-Key", Assert.Single(other.Requests).Headers.Keys);
    }

    [Fact]
    public async Task Redirects_HaveAnEnd()
    {
        await using var ground = await PullGround.MakeAsync(postgres);
        ground.Server.On("/feed.atom", 302, ("Location", "/feed.atom"));
        Assert.Contains("more than 3 times", (await ground.PollAsync()).Problem!, StringComparison.Ordinal);
        Assert.Equal(4, ground.Server.Count("/feed.atom"));
    }

    [Fact]
    public async Task Message_BehindARedirectElsewhere_IsNotFetched()
    {
        await using var other = await FeedServer.StartAsync();
        await using var ground = await PullGround.MakeAsync(postgres);
        ground.Server.Serve("/feed.atom", Atoms.Feed(Atoms.Linked("urn:a", "/a.cap")));
        ground.Server.On("/a.cap", 307, ("Location", new Uri(other.Address, "/a.cap").AbsoluteUri));
        Assert.Contains("sends elsewhere", Assert.Single((await ground.PollAsync()).Trouble).Words, StringComparison.Ordinal);
        Assert.Empty(other.Requests);
    }

    [Fact]
    public async Task PublicFeed_ConnectsToNoAddressOfThisMachine_WhateverItsNameSays()
    {
        await using var ground = await PullGround.MakeAsync(postgres);
        var clients = ground.Host().GetRequiredService<IHttpClientFactory>();
        foreach (var host in new[] { "localhost", "127.0.0.1" })
        {
            using var http = clients.CreateClient(FeedHttp.PublicClient);
            var refused = await Assert.ThrowsAnyAsync<Exception>(() => http.GetAsync(new Uri($"http://{host}:{ground.Server.Address.Port}/feed.atom"), TestContext.Current.CancellationToken));
            Assert.Contains("private network", Assert.IsType<Fetched.Failed>(FetchWords.Of(refused, new Uri("https://alerts.example.org/"))).Words, StringComparison.Ordinal);
        }

        Assert.Empty(ground.Server.Requests);
    }

    [Theory]
    [InlineData("https://alerts.example.org/a.cap", null)]
    [InlineData("https://ALERTS.example.org/a.cap?x=1", null)]
    [InlineData("https://messages.example.org/a.cap", null)]
    [InlineData("https://other.example.org:8443/a.cap", null)]
    [InlineData("http://alerts.example.org:443/a.cap", "without https")]
    [InlineData("http://alerts.example.org/a.cap", "another host")]
    [InlineData("http://messages.example.org/a.cap", "without https")]
    [InlineData("https://messages.example.org:8443/a.cap", "another host")]
    [InlineData("https://other.example.org/a.cap", "another host")]
    [InlineData("https://alerts.example.org.evil.example/a.cap", "another host")]
    [InlineData("https://alerts.example.org@evil.example/a.cap", "no plain web address")]
    [InlineData("https://127.0.0.1/a.cap", "another host")]
    [InlineData("https://10.0.0.5/a.cap", "private network")]
    [InlineData("ftp://alerts.example.org/a.cap", "no plain web address")]
    public void Links_LeadOnlyWhereTheyMay(string address, string? words)
    {
        var options = new FeedOptions { Url = "https://alerts.example.org/feed.atom" };
        foreach (var host in new[] { "Messages.example.org", "other.example.org:8443", "10.0.0.5" })
        {
            options.MessageHosts.Add(host);
        }

        var feed = new FeedSource("weather", options);
        var why = feed.Refuses(new Uri(address), feed.Address);
        if (words is null)
        {
            Assert.Null(why);
        }
        else
        {
            Assert.Contains(words, why!, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("8.8.8.8", true)]
    [InlineData("2a00:1450:4009:81f::200e", true)]
    [InlineData("127.0.0.1", false)]
    [InlineData("10.1.2.3", false)]
    [InlineData("172.31.255.255", false)]
    [InlineData("172.32.0.1", true)]
    [InlineData("192.168.1.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("::1", false)]
    [InlineData("::", false)]
    [InlineData("fe80::1", false)]
    [InlineData("fd00::1", false)]
    [InlineData("::ffff:10.0.0.1", false)]
    [InlineData("::ffff:8.8.8.8", true)]
    [InlineData("64:ff9b::a00:1", false)]
    [InlineData("2002:a00:1::", false)]
    [InlineData("2001::1", false)]
    public void Addresses_OfThePublicInternet_AreTold(string address, bool isPublic) => Assert.Equal(isPublic, PublicAddress.Is(IPAddress.Parse(address)));
}
