using Coordination.Domain.Incidents.Rules;
using Coordination.Storage.Incidents;

namespace Coordination.Dashboard.Incidents;

/// <summary>The rule book in force.</summary>
public interface IRuleBooks
{
    /// <summary>The one that decides now: what was activated on any host counts on all of them at once.</summary>
    Task<RuleBook> CurrentAsync(CancellationToken cancellationToken);
}

/// <summary>Asks the database which version is in force, and keeps the last one that it has read.</summary>
public sealed class RuleBooks(IRuleBookStore store) : IRuleBooks
{
    private volatile RuleBook _last = RuleBook.Default;

    /// <inheritdoc/>
    public async Task<RuleBook> CurrentAsync(CancellationToken cancellationToken)
    {
        var version = await store.VersionAsync(cancellationToken);
        if (_last.Version != version)
        {
            _last = await store.FindAsync(version, cancellationToken) ?? throw new InvalidOperationException($"The rules have no version {version}.");
        }

        return _last;
    }
}
