using Coordination.Domain.Accounts;
using Coordination.Domain.Media;
using Coordination.Domain.People;
using Coordination.Domain.Platforms;
using Coordination.Domain.Posts;
using Coordination.Domain.Schedule;

namespace Coordination.Domain.Drafts;

/// <summary>The rules about drafts. Pure.</summary>
public static class DraftRules
{
    /// <summary>Most drafts that one person has begun and not finished.</summary>
    public const int Most = 100;

    /// <summary>Most accounts of one draft.</summary>
    public const int MostAccounts = 500;

    /// <summary>The longest text, in UTF-16 units: more than any platform takes.</summary>
    public const int LongestText = 65_000;

    /// <summary>The longest id of a hold, in UTF-16 units.</summary>
    public const int LongestLine = 40;

    /// <summary>Whether a person may open and change a draft: who began it, and whoever may publish on all of its accounts.</summary>
    /// <param name="writerId">Staff id of who began it.</param>
    /// <param name="accounts">Its accounts, each with its labels; null for one that is not there any more.</param>
    /// <param name="actor">Who wants to.</param>
    public static bool MayOpen(string writerId, IReadOnlyCollection<(AccountKey Key, AccountLabels? Labels)> accounts, Actor actor) =>
        string.Equals(writerId, actor.Id, StringComparison.Ordinal)
        || (accounts.Count > 0 && accounts.All(a => a.Labels is { } labels && AccountAuthority.MayPublish(a.Key, labels, actor)));

    /// <summary>Checks what is to be kept. A draft may be empty, too long for its platform and without accounts: it is not finished.</summary>
    /// <returns>Null when it can be kept.</returns>
    public static Refusal? Check(DraftContent content, Actor actor)
    {
        if (!actor.May(Permission.PublishLocal) && !actor.May(Permission.PublishCorporate))
        {
            return new Refusal("forbidden", $"{actor.Name} ({actor.Role.Name()}) may not write posts. Nothing was kept. Who may: {PermissionMatrix.WhoMayInWords(Permission.PublishLocal)}.", RefusalKind.Forbidden);
        }

        if (content.Text.Length > LongestText)
        {
            return new Refusal("text-too-long", $"The draft has {content.Text.Length} characters; {LongestText} fit. It was not kept. No platform takes that much.");
        }

        if (content.Variants.FirstOrDefault(v => v.Value.Length > LongestText || !Platform.TryFind(v.Key, out _)) is { Key: { } platform })
        {
            return new Refusal("variant-unfit", $"The draft's words for '{(platform.Length > 40 ? platform[..40] : platform)}' are for no platform here, or longer than {LongestText} characters. It was not kept.");
        }

        if (content.Line is { Length: 0 or > LongestLine })
        {
            return new Refusal("hold-unknown", $"'line' is the id of a hold, such as H-000231: 1 to {LongestLine} characters. The draft was not kept.");
        }

        if (content.Plan.Tolerance is { } late && (late < PostRules.LeastTolerance || late > PostRules.GreatestTolerance))
        {
            return new Refusal("tolerance-out-of-range", $"The draft may go out {late.TotalSeconds:0} seconds late; {PostRules.LeastTolerance.TotalSeconds:0} to {PostRules.GreatestTolerance.TotalSeconds:0} can be kept. It was not kept.");
        }

        if (content.Plan.Repeat is { Rule.Length: > RepeatRule.Longest and var length })
        {
            return new Refusal("repeat-rule-too-long", $"The draft's rule has {length} characters; {RepeatRule.Longest} fit. It was not kept.");
        }

        return content.Accounts.Count > MostAccounts
            ? new Refusal("accounts-too-many", $"The draft names {content.Accounts.Count} accounts; {MostAccounts} fit. It was not kept.")
            : StorableText.Check("draft", [content.Text, content.Line, content.Plan.Repeat?.Rule, .. content.Variants.Values, content.About.Incident, .. content.About.Answers.Keys, .. content.About.Answers.Values])
                ?? (content.About with { Topic = Review.PostTopic.General, Images = [] }).Check()
                ?? ImageRules.CheckUnfinished(content.About.Images);
    }
}
