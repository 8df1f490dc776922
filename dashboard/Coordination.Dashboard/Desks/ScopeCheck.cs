using Coordination.Dashboard.Live;
using Coordination.Domain;
using Coordination.Domain.Accounts;
using Coordination.Domain.Holds;
using Coordination.Storage.ReadModel;

namespace Coordination.Dashboard.Desks;

/// <summary>Checks that what a scope names exists.</summary>
/// <remarks>
/// This host's copy is asked first, because it is at hand. It may be empty or a moment old, so it never refuses: what it does
/// not know, the database is asked for. Without the database there is no hold anyway.
/// </remarks>
public sealed class ScopeCheck(IBoardImages board, IAccountReader accounts)
{
    /// <summary>Checks.</summary>
    /// <param name="scope">The scope.</param>
    /// <param name="rules">The rules about scopes, in the words of what is wished.</param>
    /// <param name="decide">All rules, given the labels that exist; null for those about scopes alone.</param>
    /// <param name="cancellationToken">Ends the waiting for the database.</param>
    /// <returns>Null when it may stand.</returns>
    public async Task<Refusal?> RunAsync(Scope scope, ScopeDecider rules, Func<KnownLabels, Refusal?>? decide, CancellationToken cancellationToken)
    {
        decide ??= known => rules.Check(scope, known);
        var refusal = decide(board.Image.Labels);
        if (refusal?.Code is "label-unknown" or "scope-empty")
        {
            refusal = decide(await accounts.LabelsAsync(cancellationToken));
        }

        return refusal ?? await CheckAccountsAsync(scope, rules, cancellationToken);
    }

    private async Task<Refusal?> CheckAccountsAsync(Scope scope, ScopeDecider rules, CancellationToken cancellationToken)
    {
        var here = board.Accounts;
        var missing = ScopeDecider.NamedAccounts(scope).Where(key => !here.ContainsKey(AccountKey.Parse(key))).ToHashSet(StringComparer.Ordinal);
        if (missing.Count == 0)
        {
            return null;
        }

        missing.ExceptWith((await accounts.ReadAsync(missing, cancellationToken)).Select(summary => summary.Key.Value));
        return missing.Order(StringComparer.Ordinal).FirstOrDefault() is { } unknown
            ? rules.UnknownAccount(unknown, NearKeys.Of(AccountKey.Parse(unknown), here.Keys))
            : null;
    }
}
