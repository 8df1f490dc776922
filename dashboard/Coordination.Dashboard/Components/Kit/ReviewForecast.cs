using Coordination.Dashboard.Live;
using Coordination.Domain.People;
using Coordination.Domain.Review;

namespace Coordination.Dashboard.Components.Kit;

/// <summary>What the rules will make of a text, said while it is written; each account decides again.</summary>
/// <param name="Unanswered">Content rules that still ask for a reason.</param>
/// <param name="First">Accounts where somebody else reads it first.</param>
/// <param name="Comms">Whether only Comms may be that.</param>
/// <param name="Why">Why, each reason once.</param>
public sealed record ReviewForecast(IReadOnlyList<ContentFound> Unanswered, int First, bool Comms, IReadOnlyList<string> Why)
{
    /// <summary>Nobody is asked for anything.</summary>
    public static ReviewForecast Nothing { get; } = new([], 0, false, []);

    /// <summary>Makes it.</summary>
    /// <param name="rows">The accounts it would go out on.</param>
    /// <param name="about">What is said of it.</param>
    /// <param name="found">What was found in the text.</param>
    /// <param name="rules">The rules in force.</param>
    /// <param name="actor">Who writes.</param>
    /// <param name="at">When it would go out; null where it goes out at once, which is never stopped for its time.</param>
    public static ReviewForecast Of(IEnumerable<AccountRow> rows, PostAbout about, IReadOnlyList<ContentFound> found, PublishingRules rules, Actor actor, DateTimeOffset? at)
    {
        var look = new ContentLook(rules, found);
        look = at is { } due ? look.At(due, about, DateTimeOffset.MinValue) : look;
        var verdicts = rows.Select(r => ReviewRules.Look(r.Summary.Key, r.Summary.Labels, about, look, actor)).ToArray();
        var asked = verdicts.Select(v => v.Review).OfType<PostReview>().ToArray();
        return new ReviewForecast(
            verdicts.FirstOrDefault()?.Unanswered ?? [],
            asked.Length,
            asked.Any(r => r.CommsOnly),
            [.. asked.SelectMany(r => r.Why).Select(w => w.Words).Distinct(StringComparer.Ordinal)]);
    }
}
