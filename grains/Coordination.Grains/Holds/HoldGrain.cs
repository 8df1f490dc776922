using Coordination.Contracts;
using Coordination.Domain.Accounts;
using Coordination.Storage.ReadModel;
using Microsoft.Extensions.Logging;

namespace Coordination.Grains.Holds;

/// <summary>Gathers a hold's receipts: asks each covered account that has none, a bounded number at a time, until all have answered.</summary>
public sealed partial class HoldGrain(IHoldReader holds, TimeProvider time, ILogger<HoldGrain> logger) : Grain, IHoldGrain
{
    private const int AtOnce = 16;
    private const int PageSize = 500;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private Task? _driving;

    private string HoldId => GrainKeys.Hold(this.GetPrimaryKeyString());

    /// <inheritdoc/>
    public Task Drive()
    {
        // The work goes on beside the call: whoever knocks is never kept waiting.
        if (_driving is null or { IsCompleted: true })
        {
            _driving = DriveAsync();
            _driving.Ignore();
        }

        return Task.CompletedTask;
    }

    private async Task DriveAsync()
    {
        var silent = 0;
        while (silent < 10)
        {
            var missing = await MissingAsync();
            if (missing.Count == 0)
            {
                return;
            }

            var answered = 0;
            foreach (var part in missing.Chunk(AtOnce))
            {
                var answers = await Task.WhenAll(part.Select(AskAsync));
                answered += answers.Count(a => a);
            }

            // Who does not answer is asked again; when nobody does, the silos' drivers knock again later.
            silent = answered == 0 ? silent + 1 : 0;
            if (answered < missing.Count)
            {
                await Task.Delay(Pause, time);
            }
        }
    }

    private async Task<IReadOnlyList<AccountKey>> MissingAsync()
    {
        if (await holds.FindAsync(HoldId, CancellationToken.None) is not { Stands: true })
        {
            return [];
        }

        var page = await holds.ReceiptsAsync(HoldId, PageSize, null, CancellationToken.None);
        return [.. page.Items.Where(r => r.AcknowledgedAt is null).Select(r => AccountKey.Parse(r.Account))];
    }

    private async Task<bool> AskAsync(AccountKey account)
    {
        try
        {
            await GrainFactory.GetGrain<IAccountGrain>(GrainKeys.Of(account)).AcknowledgeHold(HoldId);
            return true;
        }
        catch (Exception exception)
        {
            NotAnswered(logger, account.Value, HoldId, exception.Message);
            return false;
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Account} has not acknowledged {Hold} yet; it is asked again. {Why}")]
    private static partial void NotAnswered(ILogger logger, string account, string hold, string why);
}
