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
        var before = int.MaxValue;
        for (var silent = 0; silent < 10;)
        {
            var missing = await AskAllAsync(again: before != int.MaxValue);
            if (missing == 0)
            {
                return;
            }

            // Receipts count, not answers. When none comes any more, the silos' drivers knock again later.
            silent = missing < before ? 0 : silent + 1;
            before = missing;
        }
    }

    // Asks every covered account that has no receipt, page after page: some that stay silent never hide the others.
    private async Task<int> AskAllAsync(bool again)
    {
        var asked = 0;
        for (AccountKey? last = null; ;)
        {
            var owing = await holds.OwingReceiptAsync(HoldId, last, PageSize, CancellationToken.None);
            if (owing.Count == 0)
            {
                return asked;
            }

            if (again && asked == 0)
            {
                await Task.Delay(Pause, time);
            }

            foreach (var part in owing.Chunk(AtOnce))
            {
                await Task.WhenAll(part.Select(AskAsync));
            }

            asked += owing.Count;
            last = owing[^1];
        }
    }

    private async Task AskAsync(AccountKey account)
    {
        try
        {
            await GrainFactory.GetGrain<IAccountGrain>(GrainKeys.Of(account)).AcknowledgeHold(HoldId);
        }
        catch (Exception exception)
        {
            NotAnswered(logger, account.Value, HoldId, exception.Message);
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Account} has not acknowledged {Hold} yet; it is asked again. {Why}")]
    private static partial void NotAnswered(ILogger logger, string account, string hold, string why);
}
