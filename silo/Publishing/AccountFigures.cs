using Coordination.Connectors;
using Coordination.Contracts;
using Coordination.Domain.Accounts;
using Coordination.Storage.ReadModel;

namespace Coordination.Silo.Publishing;

/// <summary>Reads one account's public figures. A changed figure is the account's news and goes through its grain; that they were looked at is only kept.</summary>
internal sealed partial class AccountFigures(
    IGrainFactory grains, ConnectorRegistry connectors, Credentials credentials, CounterChecks checks, ILogger<AccountFigures> logger)
{
    // How long a failure puts an account off; a platform that asks for more gets more, up to a day.
    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>Reads them. Never throws for what the world does.</summary>
    /// <returns>How long the platform's server asks to be left alone; null when it does not.</returns>
    public async Task<TimeSpan?> ReadAsync(AccountKey key, CancellationToken cancellationToken)
    {
        try
        {
            var found = await credentials.FindAsync(key, cancellationToken);
            if (!connectors.TryFind(key.Platform, out var connector) || found.Account is not { } account)
            {
                await PutOffAsync(key, found.Why, null, cancellationToken);
                return null;
            }

            switch (await connector.ReadAccountCountersAsync(account, cancellationToken))
            {
                case ReadResult<Connectors.AccountCounters>.Ok { Value: var figures }:
                    await RecordAsync(key, figures);
                    await checks.AnsweredAsync(key, cancellationToken);
                    return null;
                case ReadResult<Connectors.AccountCounters>.Unavailable no:
                    await PutOffAsync(key, no.Reason, no.RetryAfter, cancellationToken);
                    return no.RetryAfter;
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            await TryPutOffAsync(key, exception.Message, cancellationToken);
        }

        return null;
    }

    private async Task RecordAsync(AccountKey key, Connectors.AccountCounters figures)
    {
        var grain = grains.GetGrain<IAccountGrain>(GrainKeys.Of(key));
        var had = (await grain.Read()).State.Counters;
        if (had.ReadAt is null || had.Followers != figures.Followers || had.RemotePosts != figures.Posts)
        {
            await grain.RecordCounters(figures.Followers, figures.Posts);
        }
    }

    private async Task PutOffAsync(AccountKey key, string why, TimeSpan? asked, CancellationToken cancellationToken)
    {
        var wait = asked is not { } retry || retry < Rest ? Rest : retry < Longest ? retry : Longest;
        NotRead(logger, key.Value, wait, why);
        await checks.PutOffAsync(key, wait, cancellationToken);
    }

    // The lease puts it off, too, where the database is the one that is away.
    private async Task TryPutOffAsync(AccountKey key, string why, CancellationToken cancellationToken)
    {
        try
        {
            await PutOffAsync(key, why, null, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            NotKept(logger, key.Value, exception.Message);
        }
    }

    [LoggerMessage(LogLevel.Information, "The figures of {Account} could not be read; they are read again in {Wait}. {Why}")]
    private static partial void NotRead(ILogger logger, string account, TimeSpan wait, string why);

    [LoggerMessage(LogLevel.Information, "That the figures of {Account} could not be read could not be kept; they are read again in some minutes. {Why}")]
    private static partial void NotKept(ILogger logger, string account, string why);
}
