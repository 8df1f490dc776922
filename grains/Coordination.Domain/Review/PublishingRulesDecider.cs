using Coordination.Domain.Accounts;
using Coordination.Domain.People;
using Coordination.Domain.Posts;

namespace Coordination.Domain.Review;

/// <summary>Who may set the rules, and what they may say. Pure.</summary>
public static class PublishingRulesDecider
{
    /// <summary>Most rules about approval.</summary>
    public const int MostApprovals = 500;

    /// <summary>Most approvers of one rule.</summary>
    public const int MostApprovers = 100;

    /// <summary>The widest window of a clash, in minutes: a day.</summary>
    public const int WidestClash = 24 * 60;

    /// <summary>Decides whether the rules may be set so.</summary>
    /// <param name="rules">What they would say.</param>
    /// <param name="actor">Who sets them.</param>
    /// <param name="contentRules">Names of the content rules that exist.</param>
    /// <returns>Null when they may.</returns>
    public static Refusal? Save(PublishingRules rules, Actor actor, IReadOnlyCollection<string> contentRules)
    {
        if (!actor.May(Permission.ManageRules))
        {
            return new Refusal(
                "forbidden",
                $"{actor.Name} ({actor.Role.Name()}) may not set the publishing rules. Nothing was changed. Who may: {PermissionMatrix.WhoMayInWords(Permission.ManageRules)}.",
                RefusalKind.Forbidden);
        }

        if (rules.Content.Keys.FirstOrDefault(k => !contentRules.Contains(k, StringComparer.Ordinal)) is { } unknown)
        {
            return new Refusal("rule-unknown", $"There is no content rule '{StorableText.Clean(unknown, 60)}'. Nothing was changed. The rules: {string.Join(", ", contentRules)}.");
        }

        if (rules.Content.Values.Any(act => !Enum.IsDefined(act)))
        {
            return new Refusal("rule-act-unknown", "A finding can warn, ask for a reason, or send the post to Comms (warn, reason, comms). Nothing was changed.");
        }

        if (!Enum.IsDefined(rules.Quiet.Act))
        {
            return new Refusal("quiet-act-unknown", "A time in the quiet hours can warn, ask for a reason, or send the post to Comms (warn, reason, comms). Nothing was changed.");
        }

        if (rules.ClashMinutes is < 0 or > WidestClash)
        {
            return new Refusal("clash-out-of-range", $"Posts clash within 0 to {WidestClash} minutes; {rules.ClashMinutes} was given. Nothing was changed.");
        }

        return rules.Approvals.Count > MostApprovals
            ? new Refusal("approvals-too-many", $"There are {rules.Approvals.Count} rules about approval; {MostApprovals} fit. Nothing was changed. Use the kinds, corporate and local, where you can.")
            : Twice(rules) ?? rules.Approvals.Select(Check).FirstOrDefault(refusal => refusal is not null);
    }

    private static Refusal? Twice(PublishingRules rules) =>
        rules.Approvals.GroupBy(r => r.For, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice
            ? new Refusal("approval-twice", $"There are two rules about approval for {StorableText.Clean(twice.Key, 200)}. Nothing was changed. Keep one of them.")
            : null;

    private static Refusal? Check(ApprovalRule rule)
    {
        if (!AccountKinds.TryParse(rule.For, out _) && !(AccountKey.TryParse(rule.For, out var key) && string.Equals(key.Value, rule.For, StringComparison.Ordinal)))
        {
            return new Refusal("approval-for-unknown", $"'{StorableText.Clean(rule.For, 200)}' is neither a kind of account (corporate, local) nor an account key. Nothing was changed. An account key looks like x/demo_wmfs_aston.");
        }

        if (!Enum.IsDefined(rule.Need))
        {
            return new Refusal("approval-need-unknown", $"The rule for {rule.For} asks for none, one or two. Nothing was changed.");
        }

        return rule.Approvers.Count > MostApprovers || rule.Approvers.Any(a => string.IsNullOrWhiteSpace(a) || a.Length > 200)
            ? new Refusal("approver-unknown", $"The rule for {rule.For} names up to {MostApprovers} staff ids of 1 to 200 characters; one of those given is not. Nothing was changed.")
            : StorableText.Check($"rule for {rule.For}", rule.Approvers);
    }
}
