using System.Net.Http.Json;
using System.Text.Json;
using Connectors.Tests.Sandbox;
using Connectors.Tests.Support;
using Coordination.Connectors;
using Xunit;

namespace Connectors.Tests.Mastodon;

/// <summary>Parts of a thread over real HTTP: each answers the one before it, under a key of its own.</summary>
public sealed class MastodonThreadTests(SandboxFixture fixture)
{
    private readonly SandboxProcess _sandbox = fixture.Sandbox;
    private readonly IPlatformConnector _connector = fixture.Mastodon;

    [Fact]
    public async Task Parts_AnswerEachOther_AndARepeatIsTheSamePart()
    {
        var account = await _sandbox.AccountAsync();
        var first = Requests.New("Part one.");
        var one = Assert.IsType<PublishResult.Published>(await _connector.PublishAsync(account, first, default));
        var second = Requests.New("Part two.", key: first.Key with { Part = 1 }) with { Thread = new ThreadPlace(one.RemoteId, one.RemoteId) };
        Assert.Null(Assert.IsType<PrepareResult.Ready>(await _connector.PrepareAsync(account, [], second.Thread, default)).Attachment);
        var two = Assert.IsType<PublishResult.Published>(await _connector.PublishAsync(account, second, default));
        Assert.Equal(two.RemoteId, Assert.IsType<PublishResult.Published>(await _connector.PublishAsync(account, second, default)).RemoteId);
        Assert.Equal(2, await _sandbox.StoredAsync(account));

        using var client = _sandbox.Client(account);
        var status = await client.GetFromJsonAsync<JsonElement>("/api/v1/statuses/" + two.RemoteId);
        Assert.Equal(one.RemoteId, status.GetProperty("in_reply_to_id").GetString());
        Assert.Equal(status.GetProperty("account").GetProperty("id").GetString(), status.GetProperty("in_reply_to_account_id").GetString());
        Assert.Contains($"href=\"/@{status.GetProperty("account").GetProperty("username").GetString()}/{one.RemoteId}\">this post</a>", await client.GetStringAsync(two.Url), StringComparison.Ordinal);
        Assert.Equal(two.RemoteId, Assert.IsType<FindResult.Found>(await _connector.FindByKeyAsync(account, Requests.Find(second, [one.RemoteId]), default)).RemoteId);
    }

    [Fact]
    public async Task Part_IsNotSent_WhereTheOneItAnswersIsGone()
    {
        var account = await _sandbox.AccountAsync();
        var one = Assert.IsType<PublishResult.Published>(await _connector.PublishAsync(account, Requests.New("Part one."), default));
        Assert.IsType<RemoveResult.Removed>(await _connector.RemoveAsync(account, one.RemoteId, default));

        var result = await _connector.PublishAsync(account, Requests.New("Part two.") with { Thread = new ThreadPlace(one.RemoteId, one.RemoteId) }, default);
        Assert.IsType<PublishResult.NotSent>(result);
        Assert.Equal(0, await _sandbox.StoredAsync(account));
    }
}
