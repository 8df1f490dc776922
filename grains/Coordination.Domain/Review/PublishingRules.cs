using System.Text.Json.Serialization;
using Coordination.Domain.Accounts;

namespace Coordination.Domain.Review;

/// <summary>What Comms has set: what each content rule's finding does, who approves what, how near is too near, and the quiet hours.</summary>
public sealed record PublishingRules
{
    /// <summary>The rules as they are before anybody has set anything.</summary>
    public static PublishingRules Default { get; } = new();

    /// <summary>What findings do, by the content rule's name. A rule that is not named does what is usual for it.</summary>
    public IReadOnlyDictionary<string, ContentAct> Content { get; init; } = new Dictionary<string, ContentAct>(StringComparer.Ordinal);

    /// <summary>Who approves what. Where no rule is for an account or its kind, nobody else is asked.</summary>
    public IReadOnlyList<ApprovalRule> Approvals { get; init; } = [];

    /// <summary>Posts that are due within so many minutes of each other are shown as a clash.</summary>
    public int ClashMinutes { get; init; } = 30;

    /// <summary>When nothing is planned without a word about it, and what is done then.</summary>
    [JsonIgnore]
    public QuietHours Quiet { get; init; } = QuietHours.Default;

    // What is kept with the usual quiet hours is kept as it was before there were any: rules that were set then still equal their journal.
    [JsonInclude, JsonPropertyName("quiet"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    internal QuietHours? QuietKept
    {
        get => Quiet == QuietHours.Default ? null : Quiet;
        init => Quiet = value ?? QuietHours.Default;
    }

    /// <summary>What a finding does.</summary>
    public ContentAct ActOf(ContentFound found) => ActOf(found.Rule, found.Usual);

    /// <summary>What the findings of a content rule do.</summary>
    public ContentAct ActOf(string rule, ContentAct usual) => Content.TryGetValue(rule, out var act) ? act : usual;

    /// <summary>The rule for an account; null when there is none.</summary>
    public ApprovalRule? ApprovalOf(AccountKey account, AccountKind kind) =>
        Approvals.FirstOrDefault(r => string.Equals(r.For, account.Value, StringComparison.Ordinal))
        ?? Approvals.FirstOrDefault(r => string.Equals(r.For, kind.Id(), StringComparison.Ordinal));
}

/// <summary>The rules as they are kept.</summary>
/// <param name="Rules">What they say.</param>
/// <param name="Version">Grows with each change; a change names the one that was read. 0 before the first.</param>
/// <param name="SavedAt">When they were saved as they are (UTC); null before the first change.</param>
/// <param name="SavedByName">Name of who saved them.</param>
public sealed record KeptRules(PublishingRules Rules, long Version, DateTimeOffset? SavedAt, string? SavedByName);
