using Coordination.Dashboard.Components.Kit;
using Coordination.Domain.Notices;
using Coordination.Storage.Notices;

namespace Coordination.Dashboard.Notices;

/// <summary>Finds holds of which webhooks were not told, placed or lifted by any host in any way, and queues one message for each webhook. Every host looks; one queues.</summary>
/// <remarks>Beside the e-mails' own, so that neither waits for the other.</remarks>
public sealed partial class WebhookQueueing(IWebhookQueue queue, NoticeFactsReader facts, Webhooks webhooks, TimeProvider time, ILogger<WebhookQueueing> logger)
    : BackgroundService
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    private readonly string[] _ids = [.. webhooks.All.Keys.Order(StringComparer.Ordinal)];
    private bool _started;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (_ids.Length == 0)
        {
            return;
        }

        using var timer = new PeriodicTimer(Pace, time);
        do
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(e.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        if (!_started)
        {
            await queue.StartAsync(_ids, cancellationToken);
            _started = true;
        }

        foreach (var due in await queue.DueAsync(_ids, cancellationToken))
        {
            // One of which no message can be made must not keep the others waiting: it is tried again at the next look.
            try
            {
                await QueueAsync(due, cancellationToken);
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                LogNotQueued(due.HoldId, due.Kind, e.Message);
            }
        }
    }

    private async Task QueueAsync(DueWebhooks due, CancellationToken cancellationToken)
    {
        var read = await facts.ReadAsync(due.HoldId, due.Kind, cancellationToken);
        var notice = HoldNoticeWriter.Write(read, Names.Of(read.Hold.Scope));
        if (await queue.QueueAsync(due, notice.ToJson(), cancellationToken) is var added and > 0)
        {
            LogQueued(due.HoldId, due.Kind, added);
        }
    }

    [LoggerMessage(1, LogLevel.Information, "Hold {HoldId} {Kind}: {Webhooks} webhooks are told.")]
    private partial void LogQueued(string holdId, NoticeKind kind, int webhooks);

    [LoggerMessage(2, LogLevel.Warning, "It could not be looked for holds of which webhooks were not told; tried again. {Why}")]
    private partial void LogFailed(string why);

    [LoggerMessage(3, LogLevel.Warning, "No webhook is told yet of hold {HoldId} ({Kind}); tried again. {Why}")]
    private partial void LogNotQueued(string holdId, NoticeKind kind, string why);
}
