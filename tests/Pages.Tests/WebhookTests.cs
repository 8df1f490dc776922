using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Coordination.Dashboard.Components.Notices;
using Coordination.Dashboard.Notices;
using Coordination.Domain.Incidents.Reports;
using Coordination.Domain.Notices;
using Coordination.Storage.Notices;
using Coordination.Testing;
using Microsoft.AspNetCore.Http;

namespace Coordination.Pages.Tests;

/// <summary>One message to a webhook over real HTTP, what its settings may be, and what people read of it.</summary>
public sealed class WebhookTests : IDisposable
{
    private const string Body = """{"version":1,"hold":{"id":"H-000001"},"event":"hold-placed"}""";
    private static readonly string Old = Secret(1);
    private static readonly string New = Secret(2);

    private readonly WebhookPost _post = new(TimeProvider.System);
    private readonly Guid _id = Guid.CreateVersion7();

    private static CancellationToken None => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sent_IsSignedWithEverySecret_AndTheSameMessageAtEachAttempt()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        var webhook = Webhook(receiver.At("/in?token=abc"), Old, New);
        Assert.IsType<Posted.Taken>(await _post.SendAsync(webhook, _id, Body, None));
        Assert.IsType<Posted.Taken>(await _post.SendAsync(webhook, _id, Body, None));
        Assert.Equal(2, receiver.Received.Count);
        Assert.All(receiver.Received, got =>
        {
            Assert.Equal(($"msg_{_id:N}", "application/json", Body), (got.Id, got.ContentType, Encoding.UTF8.GetString(got.Body)));
            Assert.True(got.IsSignedWith(Old) && got.IsSignedWith(New) && !got.IsSignedWith(Secret(3)));
            Assert.All([Old, New], secret => Assert.Equal(WebhookVerdict.Valid, Verify(got, secret)));
            Assert.Equal(WebhookVerdict.NoMatch, Verify(got, Secret(3)));
            Assert.Equal(WebhookVerdict.NoMatch, Verify(got with { Body = [.. got.Body, (byte)' '] }, Old));
        });
    }

    [Theory]
    [InlineData(200, true)]
    [InlineData(202, true)]
    [InlineData(204, true)]
    [InlineData(301, false)]
    [InlineData(400, false)]
    [InlineData(404, false)]
    [InlineData(500, false)]
    public async Task OnlyASuccess_IsTaken(int status, bool taken)
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.Answers["/in"] = (context, _) =>
        {
            (context.Response.StatusCode, context.Response.Headers.Location) = (status, receiver.At("/elsewhere").AbsoluteUri);
            return status == 204 ? Task.CompletedTask : context.Response.WriteAsync("words of the receiver");
        };
        var posted = await _post.SendAsync(Webhook(receiver.At("/in"), Old), _id, Body, None);
        Assert.Equal(taken, posted is Posted.Taken);
        Assert.Equal("/in", Assert.Single(receiver.Received).Path);
        if (posted is Posted.NotNow not)
        {
            Assert.Contains(status.ToString(CultureInfo.InvariantCulture), not.Why, StringComparison.Ordinal);
            Assert.DoesNotContain("words", not.Why, StringComparison.Ordinal);
            Assert.Equal(TimeSpan.Zero, not.LeaveAlone);
        }
    }

    [Fact]
    public async Task Gone_IsGone()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.Answers["/in"] = WebhookReceiver.Status(410);
        Assert.IsType<Posted.Gone>(await _post.SendAsync(Webhook(receiver.At("/in"), Old), _id, Body, None));
    }

    [Theory]
    [InlineData("7", 7)]
    [InlineData("86400", 3600)]
    [InlineData("Wed, 21 Oct 2015 07:28:00 GMT", 0)]
    [InlineData("soon", 0)]
    [InlineData(null, 0)]
    public async Task RetryAfter_IsHeeded_UpToAnHour(string? said, int seconds)
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.Answers["/in"] = WebhookReceiver.Status(503, said);
        var not = Assert.IsType<Posted.NotNow>(await _post.SendAsync(Webhook(receiver.At("/in"), Old), _id, Body, None));
        Assert.Equal(TimeSpan.FromSeconds(seconds), not.LeaveAlone);
    }

    [Fact]
    public async Task RetryAfter_AsADate_IsHeeded()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.Answers["/in"] = WebhookReceiver.Status(429, TimeProvider.System.GetUtcNow().AddMinutes(10).ToString("R", CultureInfo.InvariantCulture));
        var not = Assert.IsType<Posted.NotNow>(await _post.SendAsync(Webhook(receiver.At("/in"), Old), _id, Body, None));
        Assert.InRange(not.LeaveAlone, TimeSpan.FromMinutes(8), TimeSpan.FromMinutes(10));
    }

    [Fact]
    public async Task SlowAnswer_EndsAtTheTimeLimit()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.Answers["/in"] = (context, _) => Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted);
        var webhook = new Webhook("ops", new WebhookOptions { Url = receiver.At("/in"), Secrets = { Old }, Timeout = TimeSpan.FromSeconds(1) });
        var not = Assert.IsType<Posted.NotNow>(await _post.SendAsync(webhook, _id, Body, None));
        Assert.Equal("The receiver did not answer within 1 s.", not.Why);
    }

    [Fact]
    public async Task EndlessAnswer_IsNotReadToItsEnd()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        var cutOff = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        receiver.Answers["/in"] = async (context, _) =>
        {
            context.Response.StatusCode = 200;
            try
            {
                while (true)
                {
                    await context.Response.Body.WriteAsync(new byte[8192], context.RequestAborted);
                }
            }
            catch (Exception e) when (e is OperationCanceledException or IOException)
            {
                cutOff.SetResult();
            }
        };
        Assert.IsType<Posted.Taken>(await _post.SendAsync(Webhook(receiver.At("/in"), Old), _id, Body, None));
        await cutOff.Task.WaitAsync(TimeSpan.FromSeconds(30), None);
    }

    [Fact]
    public async Task NobodyThere_IsSaid()
    {
        var not = Assert.IsType<Posted.NotNow>(await _post.SendAsync(Webhook(new Uri($"http://127.0.0.1:{FreePort.Next()}/in"), Old), _id, Body, None));
        Assert.Equal("The receiver cannot be reached.", not.Why);
        not = Assert.IsType<Posted.NotNow>(await _post.SendAsync(Webhook(new Uri("https://no-such-host.invalid/in"), Old), _id, Body, None));
        Assert.Contains("DNS", not.Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatSpeaksNoHttp_OrHangsUp_IsSaid()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var webhook = Webhook(new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/in"), Old);
        var sending = _post.SendAsync(webhook, _id, Body, None);
        using (var client = await listener.AcceptTcpClientAsync(None))
        {
            await client.GetStream().ReadExactlyAsync(new byte[4], None);
            await client.GetStream().WriteAsync("220 mail.example.org\r\n"u8.ToArray(), None);
        }

        Assert.Equal("What the receiver answered is no HTTP, or it hung up.", Assert.IsType<Posted.NotNow>(await sending).Why);

        // A server that speaks no TLS.
        await using var plain = await WebhookReceiver.StartAsync();
        var secure = await _post.SendAsync(Webhook(new UriBuilder(plain.At("/in")) { Scheme = "https" }.Uri, Old), _id, Body, None);
        Assert.Contains("TLS", Assert.IsType<Posted.NotNow>(secure).Why, StringComparison.Ordinal);
        Assert.Empty(plain.Received);
    }

    [Fact]
    public async Task BrokenOff_IsNoAnswer()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        using var stop = new CancellationTokenSource();
        receiver.Answers["/in"] = async (context, _) =>
        {
            await stop.CancelAsync();
            await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted);
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _post.SendAsync(Webhook(receiver.At("/in"), Old), _id, Body, stop.Token));
    }

    [Theory]
    [InlineData("https://hooks.example.org/in?key=1", true)]
    [InlineData("http://localhost:8080/in", true)]
    [InlineData("http://127.0.0.1/in", true)]
    [InlineData("http://[::1]/in", true)]
    [InlineData("http://hooks.example.org/in", false)]
    [InlineData("http://127.0.0.1.example.org/in", false)]
    [InlineData("https://me:secret@hooks.example.org/in", false)]
    [InlineData("https://hooks.example.org/in#here", false)]
    [InlineData("ftp://hooks.example.org/in", false)]
    [InlineData("/in", false)]
    [InlineData(null, false)]
    public void Url_IsHttps_OrOfThisMachine(string? url, bool fine)
    {
        var faults = Check(("ops", new WebhookOptions { Url = url is null ? null : new Uri(url, UriKind.RelativeOrAbsolute), Secrets = { Old } }));
        Assert.Equal(fine, faults is null);
        Assert.DoesNotContain("secret", faults ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public void Options_EveryFaultIsNamed_AndNoSecretQuoted()
    {
        Assert.Null(Check());
        Assert.Null(Check(("ops", Good())));
        var bad = new WebhookOptions { Name = " ", Url = new Uri("http://example.org"), Secrets = { "whsec_tooshort" }, Timeout = TimeSpan.Zero, Retries = { TimeSpan.FromDays(1) } };
        var faults = Check(("Ops!", bad))!;
        Assert.All(["has the id 'Ops!'", ":Name", ":Url", ":Secrets", ":Timeout", ":Retries"], part => Assert.Contains(part, faults, StringComparison.Ordinal));
        Assert.DoesNotContain("tooshort", faults, StringComparison.Ordinal);
        Assert.Contains("1 to 5 different secrets", Check(("ops", Good(Old, Old))), StringComparison.Ordinal);
        Assert.Contains("1 to 5 different secrets", Check(("ops", Good([.. Enumerable.Range(1, 6).Select(Secret)]))), StringComparison.Ordinal);
        Assert.Contains("1 to 5 different secrets", Check(("ops", new WebhookOptions { Url = new Uri("https://a.example.org") })), StringComparison.Ordinal);
        Assert.Contains("has 11 webhooks; 10 fit", Check([.. Enumerable.Range(0, 11).Select(n => ($"w{n}", Good()))]), StringComparison.Ordinal);
    }

    [Fact]
    public void Retries_HaveAnEnd_AndWaitAsLongAsTheReceiverAsks()
    {
        var webhook = Webhook(new Uri("https://a.example.org"), Old);
        Assert.Equal(WebhookOptions.UsualRetries, Enumerable.Range(1, 10).Select(n => webhook.After(n, TimeSpan.Zero)!.Value));
        Assert.Equal((11, (TimeSpan?)null), (webhook.MostAttempts, webhook.After(11, TimeSpan.FromHours(1))));
        Assert.Equal((TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(30)), (webhook.After(2, TimeSpan.FromSeconds(60)), webhook.After(2, TimeSpan.FromSeconds(1))));
    }

    [Fact]
    public void Row_HasAWordAndASign_AndWhatToDo()
    {
        Assert.Equal(("Taken", "at 10:00:00"), Says(Row(WebhookState.Sent, 1, null) with { SentAt = Some.Now }));
        Assert.Equal(("Waiting", ""), Says(Row(WebhookState.Queued, 0, null)));
        Assert.Equal(("Tried again", "being sent"), Says(Row(WebhookState.Queued, 1, null)));
        Assert.Equal(("Tried again", "tried 2 times, next at 10:00:00: The receiver answered 500."), Says(Row(WebhookState.Queued, 2, "The receiver answered 500.")));
        Assert.Equal(("Given up", "tried once: The receiver answered 500. Tell them another way."), Says(Row(WebhookState.GaveUp, 1, "The receiver answered 500.")));
        Assert.Equal("Stopped", Says(Row(WebhookState.Gone, 1, "410.")).Item1);
        Assert.Contains("until its address is changed", Says(Row(WebhookState.Gone, 1, "410.")).Item2, StringComparison.Ordinal);
        Assert.Equal(("Not needed any more", ""), Says(Row(WebhookState.Overtaken, 0, null)));
        Assert.Contains("not in the settings any more", WebhookWords.Line(Row(WebhookState.Queued, 3, "x"), isSet: false), StringComparison.Ordinal);

        static (string, string) Says(WebhookRow row) => (WebhookWords.Look(row).Word, WebhookWords.Line(row, isSet: true));
        static WebhookRow Row(WebhookState state, int attempts, string? why) => new(NoticeKind.Placed, "ops", state, attempts, state == WebhookState.Queued ? Some.Now : null, null, why);
    }

    public void Dispose() => _post.Dispose();

    private static string Secret(int n) => "whsec_" + Convert.ToBase64String([.. Enumerable.Repeat((byte)n, 32)]);

    private static WebhookVerdict Verify(Received got, string secret) => WebhookSignature.Verify(
        [WebhookSecret.TryParse(secret, out var one) ? one : throw new FormatException()], got.Id, got.Timestamp, got.Signatures, got.Body, TimeProvider.System.GetUtcNow(), TimeSpan.FromMinutes(5));

    private static WebhookOptions Good(params string[] secrets)
    {
        var options = new WebhookOptions { Url = new Uri("https://a.example.org") };
        foreach (var secret in secrets is [] ? [Old] : secrets)
        {
            options.Secrets.Add(secret);
        }

        return options;
    }

    private static Webhook Webhook(Uri url, params string[] secrets)
    {
        var options = Good(secrets);
        options.Url = url;
        return new Webhook("ops", options);
    }

    private static string? Check(params (string Id, WebhookOptions Options)[] webhooks)
    {
        var options = new WebhooksOptions();
        foreach (var (id, one) in webhooks)
        {
            options.Webhooks[id] = one;
        }

        return new WebhooksOptionsValidator().Validate(null, options).FailureMessage;
    }
}
