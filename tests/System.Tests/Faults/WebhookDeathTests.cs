using Coordination.SystemTests.Support;

namespace Coordination.SystemTests.Faults;

/// <summary>The whole product dies while a receiver has a message and has not said so: it gets the message again, as the same one.</summary>
[Collection(OwnProduct.Name)]
public sealed class WebhookDeathTests
{
    [Fact]
    public async Task KilledWhileItSends_TheMessageComesAgain_WithTheSameId()
    {
        using var folder = new TemporaryFolder("webhook-death");
        await using var receiver = await WebhookReceiver.StartAsync();
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        receiver.Answers["/log"] = (context, _) =>
        {
            arrived.TrySetResult();
            return Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted);
        };
        var environment = new Dictionary<string, string>(ServiceFixture.Sweep(TimeSpan.Zero), StringComparer.Ordinal);
        WebhookFixture.Set(environment, "log", receiver.At("/log"), [WebhookFixture.Secret(1)]);
        var options = new RunningServiceOptions { DataDirectory = folder.Path, Environment = environment };
        JsonNode hold;
        await using (var service = await RunningService.StartAsync(options))
        {
            using var comms = new ApiClient(service.BaseAddress, (await service.TokensAsync())[Roles.Manager]);
            hold = await comms.HoldAsync("freeze", "x/demo_wmfs_aston");
            await arrived.Task.WaitAsync(Eventually.DefaultDeadline);
            await service.KillAllAsync();
        }

        var before = receiver.Received.Count;
        receiver.Answers.TryRemove("/log", out _);
        await using var again = await RunningService.StartAsync(options);
        using var back = new ApiClient(again.BaseAddress, (await again.TokensAsync())[Roles.Manager]);
        var message = await back.WebhookAsync(hold, "log", "placed", TimeSpan.FromMinutes(1));
        Assert.Equal(("sent", before + 1), (message.Text("state"), message["attempts"]!.GetValue<int>()));
        var got = receiver.Of("/log", hold.Text("id"));
        Assert.Equal(before + 1, got.Count);
        Assert.Single(got.Select(g => g.Id).Distinct());
        Assert.Single(got.Select(g => Convert.ToBase64String(g.Body)).Distinct());
        Assert.All(got, g => Assert.True(g.IsSignedWith(WebhookFixture.Secret(1))));
    }
}
