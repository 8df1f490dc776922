using Coordination.Domain.Notices;
using Coordination.Storage.Notices;

namespace Coordination.Dashboard.Notices;

/// <summary>Sends what is queued for webhooks: each has its own line, so that one that is slow or away keeps nobody else waiting. Every host does; a message is one host's at a time, by a lease.</summary>
/// <remarks>A message whose host stopped is sent again when its lease is over: at least once, and the receiver knows a repeat by <c>webhook-id</c>.</remarks>
public sealed partial class WebhookSender(IWebhookQueue queue, WebhookPost post, Webhooks webhooks, TimeProvider time, ILogger<WebhookSender> logger) : BackgroundService
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(500);

    // For saying what came of it, beyond the attempt's own time limit.
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(webhooks.All.Values.Select(webhook => RunAsync(webhook, stoppingToken)));

    private async Task RunAsync(Webhook webhook, CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pace, time);
        do
        {
            var leaveAlone = TimeSpan.Zero;
            try
            {
                while (leaveAlone == TimeSpan.Zero && await queue.ClaimAsync(webhook.Id, webhook.Target, webhook.Timeout + Slack, stoppingToken) is { } message)
                {
                    leaveAlone = await SendAsync(webhook, message, stoppingToken);
                }
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(webhook.Id, e.Message);
            }

            await Task.Delay(leaveAlone, time, stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    // How long the receiver asks to be left alone: by all messages, not by this one only.
    private async Task<TimeSpan> SendAsync(Webhook webhook, ClaimedWebhook message, CancellationToken stoppingToken)
    {
        if (message.Attempts > webhook.MostAttempts)
        {
            await SettleAsync(webhook, message, WebhookOutcome.Later, "The service stopped while it was sent.", null);
            return TimeSpan.Zero;
        }

        try
        {
            switch (await post.SendAsync(webhook, message.Id, message.Body, stoppingToken))
            {
                case Posted.Taken:
                    await SettleAsync(webhook, message, WebhookOutcome.Sent, null, null);
                    return TimeSpan.Zero;
                case Posted.Gone gone:
                    await SettleAsync(webhook, message, WebhookOutcome.Gone, gone.Why, null);
                    return TimeSpan.Zero;
                case Posted.NotNow not:
                    await SettleAsync(webhook, message, WebhookOutcome.Later, not.Why, webhook.After(message.Attempts, not.LeaveAlone));
                    return not.LeaveAlone;
                case var other:
                    throw new InvalidOperationException($"No rule for {other.GetType().Name}.");
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Whichever host is next sends it again: it is not waited for a slow receiver when the service stops.
            await SettleAsync(webhook, message, WebhookOutcome.Later, "The service stopped while it was sent.", TimeSpan.Zero);
            throw;
        }
    }

    private async Task SettleAsync(Webhook webhook, ClaimedWebhook message, WebhookOutcome outcome, string? why, TimeSpan? again)
    {
        var state = await queue.SettleAsync(message, webhook.Target, outcome, why, again, CancellationToken.None);
        switch (state)
        {
            case WebhookState.Sent:
                LogSent(message.Id, message.HoldId, webhook.Id);
                break;
            case WebhookState.Queued:
                LogLater(message.Id, message.HoldId, webhook.Id, message.Attempts, why);
                break;
            case WebhookState.Gone:
                LogGone(webhook.Id);
                break;
            default:
                LogNotSent(message.Id, message.HoldId, webhook.Id, state, message.Attempts, why);
                break;
        }
    }

    [LoggerMessage(1, LogLevel.Information, "Message {Message} of hold {HoldId} was taken by the webhook {Webhook}.")]
    private partial void LogSent(Guid message, string holdId, string webhook);

    [LoggerMessage(2, LogLevel.Information, "Message {Message} of hold {HoldId} to the webhook {Webhook} is tried again (attempt {Attempt}). {Why}")]
    private partial void LogLater(Guid message, string holdId, string webhook, int attempt, string? why);

    [LoggerMessage(3, LogLevel.Warning, "Message {Message} of hold {HoldId} to the webhook {Webhook} was not sent: {State} after {Attempt} attempts. {Why}")]
    private partial void LogNotSent(Guid message, string holdId, string webhook, WebhookState? state, int attempt, string? why);

    [LoggerMessage(4, LogLevel.Error, "The webhook {Webhook} says that it is gone for good (410): nothing is sent to that address any more. Set its new address, or take it out of the settings.")]
    private partial void LogGone(string webhook);

    [LoggerMessage(5, LogLevel.Warning, "The webhook {Webhook} could not be told; tried again. {Why}")]
    private partial void LogFailed(string webhook, string why);
}
