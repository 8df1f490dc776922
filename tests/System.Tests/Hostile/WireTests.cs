using System.Net.Sockets;
using System.Text;
using Coordination.SystemTests.Support;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;

namespace Coordination.SystemTests.Hostile;

/// <summary>What a client does that keeps to no protocol: it is cut off, and everybody else is served.</summary>
public sealed class WireTests(ServiceFixture fixture)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData("/css/..%2f..%2fappsettings.json")]
    [InlineData("/..%2f..%2f..%2f..%2fetc/passwd")]
    [InlineData("/%2e%2e/%2e%2e/etc/passwd")]
    [InlineData("/css/....//....//appsettings.json")]
    [InlineData("/appsettings.json")]
    [InlineData("/demo-tokens.json")]
    [InlineData("/.git/config")]
    [InlineData("/_content/..%5c..%5cappsettings.json")]
    public async Task Path_LeadsNowhere_OutsideOfWhatIsServed(string path)
    {
        var answer = await RawAsync($"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        Assert.DoesNotContain(" 500 ", answer[..40], StringComparison.Ordinal);
        Assert.DoesNotContain("ConnectionString", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("root:", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("comms-manager", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("TRACE /api/accounts HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", "")]
    [InlineData("GET /api/accounts HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n0\r\n\r\n", "")]
    [InlineData("GET /api/accounts HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n", " 400 ")]
    [InlineData("GET / HTTP/9.9\r\n\r\n", "")]
    [InlineData("\u0016\u0003\u0001garbage\r\n\r\n", "")]
    public async Task Request_ThatIsNone_IsRefused(string request, string status)
    {
        var answer = await RawAsync(request);
        Assert.DoesNotContain(" 200 ", answer.Split('\n')[0], StringComparison.Ordinal);
        Assert.DoesNotContain(" 500 ", answer.Split('\n')[0], StringComparison.Ordinal);
        Assert.Contains(status, answer, StringComparison.Ordinal);
        await IsServedAsync();
    }

    [Fact]
    public async Task Headers_AndAddresses_ThatAreTooLong_AreRefused()
    {
        Assert.Contains(" 431 ", await RawAsync($"GET /sign-in HTTP/1.1\r\nHost: localhost\r\nX-Long: {new string('a', 40_000)}\r\n\r\n"), StringComparison.Ordinal);
        Assert.Contains(" 414 ", await RawAsync($"GET /{new string('a', 20_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n"), StringComparison.Ordinal);
        await IsServedAsync();
    }

    [Fact]
    public async Task Body_ThatTrickles_IsCutOff()
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", fixture.Service.BaseAddress.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /api/holds/preview HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {fixture.Token(Roles.Manager)}\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{{"));

        // Nothing more is sent: the server answers, or hangs up, by itself.
        var buffer = new byte[4096];
        var read = await ReadAsync(stream, buffer);
        Assert.DoesNotContain(" 200 ", Encoding.ASCII.GetString(buffer, 0, read), StringComparison.Ordinal);
        await IsServedAsync();
    }

    [Fact]
    public async Task HubClient_GetsNothing_ByWhatTheHubDoesNotHave_OrTooMuch()
    {
        await using var connection = new HubConnectionBuilder()
            .WithUrl(new Uri(fixture.Service.BaseAddress, "/hubs/coordination"), o => o.AccessTokenProvider = () => Task.FromResult<string?>(fixture.Token(Roles.Holder))).Build();
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        connection.Closed += _ =>
        {
            closed.TrySetResult();
            return Task.CompletedTask;
        };
        await connection.StartAsync();
        foreach (var method in (string[])["OnConnectedAsync", "Dispose", "Place", "SendAsync", "Follow2"])
        {
            await Assert.ThrowsAsync<HubException>(() => connection.InvokeAsync(method).WaitAsync(Patience));
        }

        foreach (var group in (string[])["staff", "incidents", "'; drop table account; --", "\u0000", "all,area:dudley"])
        {
            await Assert.ThrowsAsync<HubException>(() => connection.InvokeAsync("Follow", new[] { group }).WaitAsync(Patience));
        }

        await Assert.ThrowsAnyAsync<Exception>(() => connection.InvokeAsync("Follow", new[] { new string('a', 1_000_000) }).WaitAsync(Patience));
        await closed.Task.WaitAsync(Patience);
        await IsServedAsync();
    }

    private async Task IsServedAsync()
    {
        using var comms = fixture.As(Roles.Manager);
        (await comms.GetAsync("/api/accounts?limit=1")).Expect(HttpStatusCode.OK);
    }

    private async Task<string> RawAsync(string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", fixture.Service.BaseAddress.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request));
        var answer = new StringBuilder();
        var buffer = new byte[16_384];
        while (answer.Length < 1_000_000 && await ReadAsync(stream, buffer) is > 0 and var read)
        {
            answer.Append(Encoding.Latin1.GetString(buffer, 0, read));
        }

        return answer.ToString().PadRight(40);
    }

    // Hanging up in the middle is an answer, too.
    private static async Task<int> ReadAsync(NetworkStream stream, byte[] buffer)
    {
        try
        {
            return await stream.ReadAsync(buffer).AsTask().WaitAsync(Patience);
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
