using System.Net.Http.Json;
using System.Text.Json;
using Connectors.Tests.Sandbox;
using Connectors.Tests.Support;
using Coordination.Connectors;
using Xunit;

namespace Connectors.Tests.Mastodon;

/// <summary>Changes of what is out, over real HTTP.</summary>
public sealed class MastodonEditTests(SandboxFixture fixture)
{
    private readonly SandboxProcess _sandbox = fixture.Sandbox;
    private readonly IPlatformConnector _connector = fixture.Mastodon;

    [Fact]
    public async Task Edit_ChangesTheWords_WhereTheyStand_AndIsFoundAgain()
    {
        var account = await _sandbox.AccountAsync();
        var out_ = Assert.IsType<PublishResult.Published>(await _connector.PublishAsync(account, Requests.New("Doors open at ten."), default));
        var change = Requests.New("Doors open at eleven.");
        Assert.IsType<FindResult.NotFound>(await _connector.FindByKeyAsync(account, Requests.Find(change) with { Edits = out_.RemoteId }, default));

        var edit = Assert.IsType<PublishResult.Published>(await _connector.EditAsync(account, change, out_.RemoteId, default));
        Assert.Equal((out_.RemoteId, out_.Url), (edit.RemoteId, edit.Url));
        Assert.True(edit.At >= out_.At, "The time is that of the change.");
        Assert.Equal(1, await _sandbox.StoredAsync(account));
        var found = Assert.IsType<FindResult.Found>(await _connector.FindByKeyAsync(account, Requests.Find(change) with { Edits = out_.RemoteId }, default));
        Assert.Equal(edit.At, found.At);
        Assert.IsType<FindResult.NotFound>(await _connector.FindByKeyAsync(account, Requests.Find(Requests.New("Doors open at noon.")) with { Edits = out_.RemoteId }, default));

        using var client = _sandbox.Client(account);
        var page = await client.GetStringAsync(out_.Url);
        Assert.Contains("Doors open at eleven.", page, StringComparison.Ordinal);
        Assert.Contains(">edited ", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Doors open at ten.", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Edit_KeepsTheImages()
    {
        var account = await _sandbox.AccountAsync();
        var image = new OutboundImage(new byte[1_000], "image/png", 4, 4, "A fire engine");
        var ready = Assert.IsType<PrepareResult.Ready>(await _connector.PrepareAsync(account, [image], null, default));
        var out_ = Assert.IsType<PublishResult.Published>(await _connector.PublishAsync(account, Requests.New("Doors open at ten.") with { Attachment = ready.Attachment }, default));
        Assert.IsType<PublishResult.Published>(await _connector.EditAsync(account, Requests.New("Doors open at eleven."), out_.RemoteId, default));

        using var client = _sandbox.Client(account);
        var status = await client.GetFromJsonAsync<JsonElement>("/api/v1/statuses/" + out_.RemoteId);
        Assert.Equal("A fire engine", Assert.Single(status.GetProperty("media_attachments").EnumerateArray()).GetProperty("description").GetString());
        Assert.Equal("<p>Doors open at eleven.</p>", status.GetProperty("content").GetString());
    }

    [Fact]
    public async Task Edit_OfWhatIsGone_IsRefused_AndBringsNothingBack()
    {
        var account = await _sandbox.AccountAsync();
        var out_ = Assert.IsType<PublishResult.Published>(await _connector.PublishAsync(account, Requests.New("Doors open at ten."), default));
        Assert.IsType<RemoveResult.Removed>(await _connector.RemoveAsync(account, out_.RemoteId, default));
        Assert.IsType<PublishResult.Rejected>(await _connector.EditAsync(account, Requests.New("Doors open at eleven."), out_.RemoteId, default));
        Assert.IsType<FindResult.NotFound>(await _connector.FindByKeyAsync(account, Requests.Find(Requests.New("Doors open at eleven.")) with { Edits = out_.RemoteId }, default));
        Assert.Equal(0, await _sandbox.StoredAsync(account));
    }

    [Fact]
    public async Task Edit_OfSomebodyElsesPost_IsRefused()
    {
        var (account, other) = (await _sandbox.AccountAsync(), await _sandbox.AccountAsync());
        var theirs = Assert.IsType<PublishResult.Published>(await _connector.PublishAsync(other, Requests.New("Doors open at ten."), default));
        Assert.IsType<PublishResult.Rejected>(await _connector.EditAsync(account, Requests.New("Not ours."), theirs.RemoteId, default));
        using var client = _sandbox.Client(other);
        Assert.Contains("Doors open at ten.", await client.GetStringAsync(theirs.Url), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Edit_WithoutItsPermit_SendsNothing()
    {
        var account = await _sandbox.AccountAsync();
        var out_ = Assert.IsType<PublishResult.Published>(await _connector.PublishAsync(account, Requests.New("Doors open at ten."), default));
        var change = Requests.New("Doors open at eleven.") with { Guard = () => "a hold came first" };
        var result = Assert.IsType<PublishResult.NotSent>(await _connector.EditAsync(account, change, out_.RemoteId, default));
        Assert.Contains("a hold came first", result.Reason, StringComparison.Ordinal);
        using var client = _sandbox.Client(account);
        Assert.Contains("Doors open at ten.", await client.GetStringAsync(out_.Url), StringComparison.Ordinal);
    }
}
