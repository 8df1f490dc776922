using Coordination.Domain.Incidents.Reports;
using Coordination.SystemTests.Support;
using Microsoft.AspNetCore.Http;

namespace Coordination.SystemTests.Live;

/// <summary>Systems outside are told of a hold by signed webhook, over real HTTP: once each, until they take it, and nobody waits for them.</summary>
[Collection(OwnProduct.Name)]
public sealed class WebhookTests(WebhookFixture fixture) : IClassFixture<WebhookFixture>, IDisposable
{
    private readonly ApiClient _comms = fixture.As(Roles.Manager);

    private WebhookReceiver Receiver => fixture.Receiver;

    [Fact]
    public async Task HoldAndLift_AreToldOnceEach_SignedWithBothSecrets()
    {
        var shift = new { role = "duty-officer", name = "Kim Onduty", phone = "0121 496 0003", from = Steps.In(-TimeSpan.FromHours(1)), to = Steps.In(TimeSpan.FromHours(5)) };
        (await _comms.PutAsync($"/api/rota/shifts/{Guid.NewGuid()}", shift)).Expect(HttpStatusCode.OK);
        var order = new { kind = "centralCoordination", scope = new { areas = new[] { "coventry" }, kinds = new[] { "local" } }, reason = "Fire at the paper works", incident = "WM-4711" };
        var hold = (await _comms.PostAsync("/api/holds", order)).Expect(HttpStatusCode.Created).Json;
        var id = hold.Text("id");
        Assert.Equal("sent", (await _comms.WebhookAsync(hold, "control", "placed")).Text("state"));
        await _comms.LiftAsync(hold);
        var lift = await _comms.WebhookAsync(hold, "control", "lifted");
        Assert.Equal(("sent", 1, "Control room display"), (lift.Text("state"), lift["attempts"]!.GetValue<int>(), lift.Text("name")));
        Golden.Match("hold-notices-webhook", lift);

        var got = Receiver.Of("/control", id);
        Assert.Equal(["hold-placed", "hold-lifted"], got.Select(g => g.Event));
        Assert.Equal(2, got.Select(g => g.Id).Distinct().Count());
        Assert.All(got, g =>
        {
            Assert.Equal("application/json", g.ContentType);
            Assert.All(WebhookFixture.Secrets, secret => Assert.True(g.IsSignedWith(secret)));
            Assert.All(WebhookFixture.Secrets, secret => Assert.Equal(WebhookVerdict.Valid, Verify(g, secret)));
            Assert.Equal(WebhookVerdict.NoMatch, Verify(g, WebhookFixture.Secret(9)));
            Assert.InRange(g.SentAt, TimeProvider.System.GetUtcNow().AddMinutes(-2), TimeProvider.System.GetUtcNow().AddMinutes(1));
        });
        var said = got[0].Json;
        Assert.Equal(
            (1, "WM-4711", "centralCoordination", "Kim Onduty", "0121 496 0003", $"https://coordination.example.org/sm/holds/{id}"),
            (said["version"]!.GetValue<int>(), said["hold"]!.Text("incident"), said["hold"]!.Text("kind"), said["call"]!.Text("name"), said["call"]!.Text("phone"), said["hold"]!.Text("page")));
        Assert.Equal(["coventry"], said["hold"]!["scope"]!["areas"]!.AsArray().Select(a => a!.GetValue<string>()));
        Assert.Equal(hold["covered"]!.GetValue<int>(), said["accounts"]!["count"]!.GetValue<int>());
        Assert.Contains("Coventry", said["hold"]!.Text("scopeInWords"), StringComparison.Ordinal);
        Assert.DoesNotContain("paper works", said.ToJsonString(), StringComparison.Ordinal);

        using var auditor = fixture.As(Roles.Auditor);
        var record = (await auditor.PostAsync("/api/verify")).Expect(HttpStatusCode.OK).Json;
        Assert.True(record["agrees"]!.GetValue<bool>(), record.ToJsonString());
    }

    [Fact]
    public async Task AHold_TheEmails_AndOtherWebhooks_DoNotWaitForOneThatNeverAnswers()
    {
        // It takes nothing before all of this has been seen.
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Receiver.Answers["/mute"] = (context, _) => release.Task.WaitAsync(context.RequestAborted);
        (await _comms.PostAsync("/api/accounts/x/demo_wmfs_aston/contact", new { name = "Wait Example", email = "wait@example.org" })).Expect(HttpStatusCode.OK);
        var hold = await _comms.HoldAsync("freeze", "x/demo_wmfs_aston");
        await Eventually.Becomes(() => fixture.Mail.Of("wait@example.org").Any(m => m.TextBody!.Contains(hold.Text("id"), StringComparison.Ordinal)), "the contact is told");
        Assert.Equal("sent", (await _comms.WebhookAsync(hold, "control", "placed")).Text("state"));
        await _comms.LiftAsync(hold);
        Assert.Equal("sent", (await _comms.WebhookAsync(hold, "control", "lifted")).Text("state"));
        Assert.NotEmpty(Receiver.Of("/mute", hold.Text("id")));
        Assert.DoesNotContain(
            (await _comms.GetAsync($"/api/holds/{hold.Text("id")}/notices")).Json["webhooks"]!.AsArray(), w => w!.Text("webhook") == "mute" && w!.Text("state") == "sent");
        release.SetResult();
    }

    [Fact]
    public async Task AnswersThatAreNone_AreTriedAgain_AsTheSameMessage()
    {
        var answers = 0;
        Receiver.Answers["/log"] = About("x/demo_wmfs_billesley", (context, _) => Interlocked.Increment(ref answers) switch
        {
            1 => WebhookReceiver.Status(500)(context, _),
            2 => Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted),
            3 => WebhookReceiver.Status(429, "1")(context, _),
            4 => WebhookReceiver.Status(302)(context, _),
            _ => Task.CompletedTask,
        });
        var hold = await _comms.HoldAsync("freeze", "x/demo_wmfs_billesley");
        var message = await _comms.WebhookAsync(hold, "log", "placed");
        Assert.Equal(("sent", 5), (message.Text("state"), message["attempts"]!.GetValue<int>()));
        var got = Receiver.Of("/log", hold.Text("id"));
        Assert.Equal(5, got.Count);
        Assert.Single(got.Select(g => g.Id).Distinct());
        Assert.Single(got.Select(g => Convert.ToBase64String(g.Body)).Distinct());
        Assert.All(got, g => Assert.True(g.IsSignedWith(WebhookFixture.Secrets[0])));

        // One that stays away is tried as often as it may be, then given up where people see it.
        Receiver.Answers["/log"] = WebhookReceiver.Status(503);
        await _comms.LiftAsync(hold);
        message = await _comms.WebhookAsync(hold, "log", "lifted");
        Assert.Equal(("gave-up", 5, "The receiver answered 503."), (message.Text("state"), message["attempts"]!.GetValue<int>(), message.Text("why")));
        Golden.Match("hold-notices-webhook-given-up", message);
        Receiver.Answers.TryRemove("/log", out _);
    }

    [Fact]
    public async Task NobodyThere_IsGivenUp_AndComesBackWithTheNextHold()
    {
        var hold = await _comms.HoldAsync("freeze", "x/demo_wmfs_walsall");
        var message = await _comms.WebhookAsync(hold, "away", "placed");
        Assert.Equal(("gave-up", "The receiver cannot be reached."), (message.Text("state"), message.Text("why")));
        await using (var back = await WebhookReceiver.StartAsync(fixture.NobodysPort))
        {
            await _comms.LiftAsync(hold);
            Assert.Equal("sent", (await _comms.WebhookAsync(hold, "away", "lifted")).Text("state"));
            Assert.Equal("hold-lifted", Assert.Single(back.Of("/away", hold.Text("id"))).Event);
        }
    }

    [Fact]
    public async Task Gone_StopsThatWebhook_AndSaysSo()
    {
        Receiver.Answers["/leaver"] = About("x/demo_wmfs_dudley", WebhookReceiver.Status(410));
        var hold = await _comms.HoldAsync("freeze", "x/demo_wmfs_dudley");
        var message = await _comms.WebhookAsync(hold, "leaver", "placed");
        Assert.Equal(("gone", 1), (message.Text("state"), message["attempts"]!.GetValue<int>()));
        Assert.Contains("410", message.Text("why"), StringComparison.Ordinal);
        Receiver.Answers.TryRemove("/leaver", out _);
        await _comms.LiftAsync(hold);
        message = await _comms.WebhookAsync(hold, "leaver", "lifted");
        Assert.Equal(("gone", 0), (message.Text("state"), message["attempts"]!.GetValue<int>()));
        Assert.Single(Receiver.Received, g => g.Path == "/leaver" && g.Hold == hold.Text("id"));
        await Eventually.Becomes(() => fixture.Output.Contains("The webhook leaver says that it is gone for good", StringComparison.Ordinal), "the log says so");
    }

    [Fact]
    public async Task AnExercise_SendsNothing_ARealTakeoverDoes()
    {
        using var control = fixture.As(Roles.FireControl);
        var (drill, real) = (Reports.Number(), Reports.Number());
        (await control.ReportAsync(Reports.Of(drill, exercise: true, major: true, type: "Terrorist attack"))).Expect(HttpStatusCode.OK);
        var answer = (await control.ReportAsync(Reports.Of(real, major: true, type: "Terrorist attack"))).Expect(HttpStatusCode.Created).Json;
        var hold = (await _comms.GetAsync("/api/holds?limit=200&active=true")).Json["items"]!.AsArray().Single(h => h!["incident"]?.GetValue<string>() == real)!;
        Assert.Equal("sent", (await _comms.WebhookAsync(hold, "control", "placed")).Text("state"));
        Assert.Contains(Receiver.Received, g => g.Json["hold"]!["incident"]?.GetValue<string>() == real);
        Assert.DoesNotContain(Receiver.Received, g => g.Json["hold"]!["incident"]?.GetValue<string>() == drill);
        Assert.NotNull(answer);
        using var second = fixture.As(Roles.Officer);
        await _comms.LiftTogetherAsync(second, hold);
    }

    [Fact]
    public async Task Schema_IsPublished()
    {
        var schema = (await _comms.GetAsync("/schemas/hold-notice-1.json")).Expect(HttpStatusCode.OK).Text;
        Assert.Contains("Hold notice, version 1", schema, StringComparison.Ordinal);
    }

    public void Dispose() => _comms.Dispose();

    // What other tests began may still be on its way: an answer is for the messages about one account's holds.
    private static Func<HttpContext, Received, Task> About(string account, Func<HttpContext, Received, Task> answer) => (context, received) =>
        received.Json["hold"]!["scope"]!["accounts"] is JsonArray { Count: 1 } accounts && accounts[0]!.GetValue<string>() == account ? answer(context, received) : Task.CompletedTask;

    private static WebhookVerdict Verify(Received got, string secret) => WebhookSignature.Verify(
        [WebhookSecret.TryParse(secret, out var one) ? one : throw new FormatException()], got.Id, got.Timestamp, got.Signatures, got.Body, TimeProvider.System.GetUtcNow(), TimeSpan.FromMinutes(5));
}
