using Coordination.Content;
using Coordination.Dashboard.Live;
using Coordination.Domain;
using Coordination.Domain.Accounts;
using Coordination.Domain.People;
using Coordination.Domain.Review;
using Coordination.Storage.People;
using Coordination.Storage.ReadModel;
using Coordination.Storage.Review;

namespace Coordination.Dashboard.Desks;

/// <summary>Decides by the rules about rules, and asks the database.</summary>
public sealed class RulesDesk(IRuleBook book, IStaffStore staff, IAccountReader accounts, IBoard board) : IRulesDesk
{
    private static readonly string[] ContentRuleNames = [.. ContentCheck.Rules.Select(r => r.Id)];

    /// <inheritdoc/>
    public Task<KeptRules> ReadAsync(CancellationToken cancellationToken) => book.ReadAsync(cancellationToken);

    /// <inheritdoc/>
    public async Task<RulesAnswer> SaveAsync(PublishingRules rules, long version, Actor actor, CancellationToken cancellationToken)
    {
        if ((PublishingRulesDecider.Save(rules, actor, ContentRuleNames) ?? await StrangerAsync(rules, cancellationToken)) is { } refusal)
        {
            return new RulesAnswer(refusal, null);
        }

        return await book.SaveAsync(rules, version, actor, cancellationToken)
            ? new RulesAnswer(null, await book.ReadAsync(cancellationToken))
            : new RulesAnswer(
                new Refusal("rules-changed", "The rules are others than you read: somebody has set them since. Nothing was changed. Read them again, and give their 'version'.", RefusalKind.Conflict),
                null);
    }

    // A rule for an account or a person that is not there would ask nobody, and somebody would believe in it.
    private async Task<Refusal?> StrangerAsync(PublishingRules rules, CancellationToken cancellationToken)
    {
        var people = (await staff.AllAsync(cancellationToken)).Where(p => p.Active).Select(p => p.Id).ToHashSet(StringComparer.Ordinal);
        if (rules.Approvals.SelectMany(r => r.Approvers).FirstOrDefault(id => !people.Contains(id)) is { } nobody)
        {
            return new Refusal("approver-unknown", $"There is no active member of staff with the id '{nobody}'. Nothing was changed. Approvers are staff ids.");
        }

        var missing = rules.Approvals.Where(r => !AccountKinds.TryParse(r.For, out _)).Select(r => r.For)
            .Where(key => !board.Accounts.ContainsKey(AccountKey.Parse(key))).ToHashSet(StringComparer.Ordinal);
        missing.ExceptWith(missing.Count == 0 ? [] : (await accounts.ReadAsync(missing, cancellationToken)).Select(a => a.Key.Value));
        return missing.Order(StringComparer.Ordinal).FirstOrDefault() is { } unknown
            ? new Refusal("approval-for-unknown", $"There is no account '{unknown}'. Nothing was changed. {Near(unknown)}")
            : null;
    }

    private string Near(string key) => NearKeys.Of(AccountKey.Parse(key), board.Accounts.Keys) is { Count: > 0 } near
        ? $"Did you mean {string.Join(" or ", near.Select(n => n.Value))}?"
        : "GET /api/accounts?q=... finds accounts by a part of their name.";
}
