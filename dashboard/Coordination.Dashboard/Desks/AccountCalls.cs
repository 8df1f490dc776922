using System.Data.Common;
using Coordination.Contracts;
using Coordination.Domain.Accounts;

namespace Coordination.Dashboard.Desks;

/// <summary>Calls accounts' grains, and says in one way when nobody answers.</summary>
public sealed class AccountCalls(IClusterClient cluster, TimeProvider time)
{
    /// <summary>How long one account's grain may take; less than an HTTP request may.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    /// <summary>Gives a command to an account.</summary>
    /// <exception cref="StoreUnavailableException">No silo or no database answers: whether it took is not known.</exception>
    public async Task<CommandAnswer> AskAsync(AccountKey account, Func<IAccountGrain, Task<CommandAnswer>> command, CancellationToken cancellationToken)
    {
        try
        {
            return await command(Grain(account)).WaitAsync(Patience, time, cancellationToken);
        }
        catch (Exception e) when (e is TimeoutException or OrleansException or DbException)
        {
            throw new StoreUnavailableException($"The host of the account {account} does not answer.", e);
        }
    }

    // A client that has not met any silo yet knows no grain class, and says so as if the program were wrong.
    private IAccountGrain Grain(AccountKey account)
    {
        try
        {
            return cluster.GetGrain<IAccountGrain>(GrainKeys.Of(account));
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            throw new StoreUnavailableException($"No silo runs that could host the account {account}.", e);
        }
    }
}
