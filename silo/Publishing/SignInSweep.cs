using System.Collections.Concurrent;
using Coordination.Domain.Accounts;
using Coordination.Silo.Hosting;
using Coordination.Storage.SignIns;

namespace Coordination.Silo.Publishing;

/// <summary>Looks every connected account's sign-in through: daily, before its posts, and when somebody asks. All silos share the work, a few at once.</summary>
internal sealed partial class SignInSweep(SignInChecks checks, SignInCheck check, SiloOptions options, TimeProvider time, ILogger<SignInSweep> logger) : BackgroundService
{
    private const int AtOnce = 4;
    private const int Batch = 20;

    // Somebody may be waiting for the answer.
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    // A platform that asks one account to wait gets no further question about its others meanwhile.
    private readonly ConcurrentDictionary<string, DateTimeOffset> _pausedUntil = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Beat, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                while (await SweepAsync(stoppingToken) == Batch)
                {
                    // There are more.
                }
            }
            catch (Exception exception) when (exception is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                CannotClaim(logger, exception.Message);
            }
        }
    }

    private async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        var claimed = await checks.ClaimAsync(options.SignInsEvery == TimeSpan.Zero ? null : options.SignInsEvery, Batch, cancellationToken);
        await Parallel.ForEachAsync(claimed, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, AskAsync);
        return claimed.Count;
    }

    private async ValueTask AskAsync(AccountKey key, CancellationToken cancellationToken)
    {
        if (_pausedUntil.TryGetValue(key.PlatformId, out var until) && until - time.GetUtcNow() is { Ticks: > 0 } left)
        {
            await checks.PutOffAsync(key, $"{key.Platform.Name} asks not to be asked for now.", left, cancellationToken);
        }
        else if (await check.AskAsync(key, cancellationToken) is { } wait)
        {
            _pausedUntil[key.PlatformId] = time.GetUtcNow() + wait;
        }
    }

    [LoggerMessage(LogLevel.Warning, "Whose sign-in to look at next could not be looked up. {Why}")]
    private static partial void CannotClaim(ILogger logger, string why);
}
