using Connectors.Tests.Sandbox;
using Connectors.Tests.Support;
using Coordination.Connectors;
using Coordination.Domain.Accounts;
using Coordination.Domain.Platforms;
using Xunit;

namespace Connectors.Tests.Http;

/// <summary>Whether an account's sign-in works and until when, asked over real HTTP.</summary>
public sealed class SignInTests(SandboxFixture fixture)
{
    private readonly SandboxProcess _sandbox = fixture.Sandbox;
    private readonly IPlatformConnector _mastodon = fixture.Mastodon;

    [Fact]
    public async Task Token_Works_AndHasNoEnd_UnlessThePlatformSaysOne()
    {
        var account = await _sandbox.AccountAsync();
        Assert.Null(Assert.IsType<SignInResult.Works>(await _mastodon.CheckSignInAsync(account, default)).ExpiresAt);

        var end = TimeProvider.System.GetUtcNow().AddDays(6);
        await _sandbox.TokenAsync(account, expiresAt: end);
        var told = Assert.IsType<SignInResult.Works>(await _mastodon.CheckSignInAsync(account, default)).ExpiresAt;
        Assert.InRange(told!.Value, end.AddSeconds(-10), end.AddSeconds(10));
    }

    [Theory]
    [InlineData(true, "The access token was revoked")]
    [InlineData(false, "The access token expired")]
    public async Task Token_IsRefused_InThePlatformsWords_AndNothingIsSentWithIt(bool revoked, string words)
    {
        var account = await _sandbox.AccountAsync();
        await _sandbox.TokenAsync(account, revoked, revoked ? null : TimeProvider.System.GetUtcNow().AddSeconds(-1));

        Assert.Contains(words, Assert.IsType<SignInResult.Refused>(await _mastodon.CheckSignInAsync(account, default)).Reason, StringComparison.Ordinal);
        Assert.Equal(words, Assert.IsType<PublishResult.Unauthorised>(await _mastodon.PublishAsync(account, Requests.New(), default)).Says);
        Assert.Empty(await _sandbox.RequestsAsync(account));

        await _sandbox.TokenAsync(account);
        Assert.IsType<SignInResult.Works>(await _mastodon.CheckSignInAsync(account, default));
    }

    [Fact]
    public async Task NobodyKnows_WhenThePlatformCannotBeAsked()
    {
        var account = await _sandbox.AccountAsync();
        await _sandbox.FaultAsync(account, "fail", count: null, status: 429, retryAfterSeconds: 70, reads: true);
        Assert.Equal(TimeSpan.FromSeconds(70), Assert.IsType<SignInResult.Unavailable>(await _mastodon.CheckSignInAsync(account, default)).RetryAfter);
        Assert.IsType<SignInResult.Unavailable>(await _mastodon.CheckSignInAsync(account with { Server = new Uri("http://127.0.0.1:1/") }, default));
    }

    [Fact]
    public async Task TokenThatMayPublishAndNotRead_Works()
    {
        await using var server = RawServer.Start("HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 64\r\n\r\n{\"error\": \"This action is outside the authorized scopes of it\"}\n");
        await using var services = SandboxFixture.Services();
        var account = new ConnectorAccount(AccountKey.Parse("mastodon/demo"), server.Address, new Credential.AccessToken("the-token-of-the-tests"));
        Assert.IsType<SignInResult.Works>(await SandboxFixture.Connector(services, Platform.Mastodon).CheckSignInAsync(account, default));
    }

    [Fact]
    public async Task AppPassword_IsTriedAnew_WhateverSessionIsKept()
    {
        var refused = false;
        await using var server = RawServer.Start(_ => refused
            ? "HTTP/1.1 401 Unauthorized\r\nConnection: close\r\nContent-Length: 84\r\n\r\n{\"error\": \"AuthenticationRequired\", \"message\": \"Invalid identifier or password now\"}"
            : "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 97\r\n\r\n{\"accessJwt\": \"opaque\", \"refreshJwt\": \"opaque\", \"handle\": \"demo.test\", \"did\": \"did:plc:demodemo\"}");
        await using var services = SandboxFixture.Services();
        var bluesky = SandboxFixture.Connector(services, Platform.Bluesky);
        var account = new ConnectorAccount(AccountKey.Parse("bluesky/demo.test"), server.Address, new Credential.AppPassword("demo.test", "app-password-of-the-tests"));

        Assert.IsType<SignInResult.Works>(await bluesky.CheckSignInAsync(account, default));
        refused = true;
        Assert.Contains("Invalid identifier", Assert.IsType<SignInResult.Refused>(await bluesky.CheckSignInAsync(account, default)).Reason, StringComparison.Ordinal);
        Assert.Equal(2, server.Requests.Count);
    }
}
