using Coordination.Domain.Accounts;
using Orleans.Concurrency;

namespace Coordination.Contracts;

/// <summary>A dashboard host that wants to know of changes.</summary>
[Alias("Coordination.ILiveFeedObserver")]
public interface ILiveFeedObserver : IGrainObserver
{
    /// <summary>The latest summary of each account that changed on one silo. Newer versions win; loss, repeats and reorder are harmless.</summary>
    [Alias("Changed"), OneWay, InternalCall]
    Task Changed(AccountSummary[] accounts);
}

/// <summary>Who listens: dashboard hosts register here every few seconds, silos' feeds read it. Grain key: <see cref="GrainKeys.FeedDirectory"/>.</summary>
[Alias("Coordination.IFeedDirectoryGrain")]
public interface IFeedDirectoryGrain : IGrainWithStringKey
{
    /// <summary>Registers a listener, or says that it is still there. One that does not is forgotten after ten seconds.</summary>
    [Alias("Subscribe"), InternalCall]
    Task Subscribe(ILiveFeedObserver observer);

    /// <summary>The listeners.</summary>
    [Alias("Listeners"), AlwaysInterleave, InternalCall]
    Task<ILiveFeedObserver[]> Listeners();
}
