using Coordination.Domain.Notices;
using Coordination.Storage.Notices;
using Microsoft.Extensions.Options;

namespace Coordination.Dashboard.Notices;

/// <summary>Sends what is queued, one message after the other. Every host does: a message is one host's at a time, by a lease in the database.</summary>
/// <remarks>One is claimed at a time, so that a host that stops leaves one message in doubt and not a batch.</remarks>
public sealed partial class NoticeSender(INoticeQueue queue, INoticeChannel channel, IOptions<MailOptions> options, TimeProvider time, ILogger<NoticeSender> logger)
    : BackgroundService
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    private readonly MailOptions _options = options.Value;

    // Long enough to connect, to send and to say what came of it.
    private TimeSpan Lease => (_options.Timeout * 2) + TimeSpan.FromSeconds(60);

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
                await queue.TakeOverAsync(stoppingToken);
                while (!stoppingToken.IsCancellationRequested && await queue.ClaimAsync(1, Lease, stoppingToken) is [var notice])
                {
                    await SendAsync(notice, stoppingToken);
                }

                await channel.RestAsync();
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(e.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task SendAsync(ClaimedNotice notice, CancellationToken stoppingToken)
    {
        var began = time.GetTimestamp();
        var again = _options.After(notice.Attempts + 1);

        // A message that is on its way is not broken off when the service stops: it has its own time limit.
        var delivery = await channel.SendAsync(notice.Id, notice.Notice, CancellationToken.None);
        await SettleAsync(notice, delivery, again);

        // While the server is away one message at a time finds out whether it is back: the others keep their attempts.
        var pause = delivery is Delivery.Unreachable ? again ?? LongestPause : TimeSpan.Zero;
        var pace = TimeSpan.FromSeconds(1.0 / _options.PerSecond) - time.GetElapsedTime(began);
        await WaitAsync(pause > LongestPause ? LongestPause : pause > pace ? pause : pace, stoppingToken);
    }

    private async Task SettleAsync(ClaimedNotice notice, Delivery delivery, TimeSpan? again)
    {
        var (outcome, why) = delivery switch
        {
            Delivery.Taken => (NoticeOutcome.Sent, null),
            Delivery.Refused refused => (NoticeOutcome.Failed, refused.Why),
            Delivery.NotNow later => (NoticeOutcome.Later, later.Why),
            Delivery.Unreachable away => (NoticeOutcome.Later, away.Why),
            Delivery.Doubtful doubt => (NoticeOutcome.Doubt, (string?)doubt.Why),
            _ => throw new InvalidOperationException($"No rule for {delivery.GetType().Name}."),
        };
        var state = await queue.SettleAsync(notice, outcome, why, again, CancellationToken.None);
        switch (state)
        {
            case NoticeState.Sent:
                LogSent(notice.Id, notice.HoldId);
                break;
            case NoticeState.Queued:
                LogLater(notice.Id, notice.HoldId, notice.Attempts + 1);
                break;
            default:
                LogNotSent(notice.Id, notice.HoldId, state, notice.Attempts + 1);
                break;
        }
    }

    private async Task WaitAsync(TimeSpan rest, CancellationToken stoppingToken)
    {
        if (rest > TimeSpan.Zero)
        {
            await Task.Delay(rest, time, stoppingToken);
        }
    }

    [LoggerMessage(1, LogLevel.Information, "Notice {Notice} of hold {HoldId} was sent.")]
    private partial void LogSent(Guid notice, string holdId);

    [LoggerMessage(2, LogLevel.Information, "Notice {Notice} of hold {HoldId} is tried again (attempt {Attempt}).")]
    private partial void LogLater(Guid notice, string holdId, int attempt);

    [LoggerMessage(3, LogLevel.Warning, "Notice {Notice} of hold {HoldId} was not sent: {State} after {Attempt} attempts.")]
    private partial void LogNotSent(Guid notice, string holdId, NoticeState? state, int attempt);

    [LoggerMessage(4, LogLevel.Warning, "Notices could not be sent; tried again. {Why}")]
    private partial void LogFailed(string why);
}
