using Coordination.Domain.Notices;
using Coordination.Storage.Notices;
using Microsoft.Extensions.Options;

namespace Coordination.Dashboard.Notices;

/// <summary>Finds holds of which nobody was told yet, placed or lifted by any host in any way, and queues one message for each person. Every host looks; one queues.</summary>
public sealed partial class NoticeQueueing(
    INoticeQueue queue, NoticeFactsReader facts, IOptions<MailOptions> options, TimeProvider time, ILogger<NoticeQueueing> logger)
    : BackgroundService
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    private readonly MailOptions _options = options.Value;
    private bool _started;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!_options.IsOn)
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
            await queue.StartAsync(cancellationToken);
            _started = true;
        }

        foreach (var due in await queue.DueAsync(cancellationToken))
        {
            // One of which no messages can be made must not keep the others waiting: it is tried again at the next look.
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

    private async Task QueueAsync(DueRound due, CancellationToken cancellationToken)
    {
        var round = NoticeWriter.Write(await facts.ReadAsync(due.HoldId, due.Kind, cancellationToken));
        if (await queue.QueueAsync(due, round, cancellationToken))
        {
            LogQueued(due.HoldId, due.Kind, round.Notices.Count, round.Unreachable.Count, round.Beyond);
        }
    }

    [LoggerMessage(1, LogLevel.Information, "Hold {HoldId} {Kind}: {People} people are told by e-mail, {Unreachable} have no address, {Beyond} are too many.")]
    private partial void LogQueued(string holdId, NoticeKind kind, int people, int unreachable, int beyond);

    [LoggerMessage(2, LogLevel.Warning, "It could not be looked for holds of which nobody was told; tried again. {Why}")]
    private partial void LogFailed(string why);

    [LoggerMessage(3, LogLevel.Warning, "Nobody is told yet of hold {HoldId} ({Kind}); tried again. {Why}")]
    private partial void LogNotQueued(string holdId, NoticeKind kind, string why);
}
