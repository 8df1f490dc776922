using System.Collections.Frozen;
using Coordination.Domain.Accounts;
using Coordination.Domain.Platforms;
using Coordination.Storage.ReadModel;
using Coordination.Storage.SignIns;

namespace Coordination.Dashboard.Live;

/// <summary>What of publishing needs somebody, for all open pages of this host: sign-ins that do not work or end soon, and whether due posts leave on time.</summary>
public sealed partial class PublishingWatch(ISignInReader signIns, IQueueReader queue, TimeProvider time, ILogger<PublishingWatch> logger) : BackgroundService
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(2);

    /// <summary>The accounts whose sign-in somebody has to see to, by key.</summary>
    public FrozenDictionary<AccountKey, SignInStanding> SignIns { get; private set; } = FrozenDictionary<AccountKey, SignInStanding>.Empty;

    /// <summary>Whether due posts leave on time.</summary>
    public QueueStanding Queue { get; private set; } = QueueStanding.OnTime;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pace, time);
        do
        {
            try
            {
                Queue = await queue.ReadAsync(stoppingToken);
                SignIns = (await signIns.TroubledAsync(stoppingToken)).ToFrozenDictionary(s => s.Account);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                // What was seen last stays; the strip on top says how old the screen is.
                LogFailed(e.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(LogLevel.Warning, "How publishing stands could not be read. {Why}")]
    private partial void LogFailed(string why);
}
