using Coordination.Domain.Accounts;
using Coordination.Domain.Review;

namespace Coordination.Dashboard.Desks;

/// <summary>What somebody wants to say, and when.</summary>
/// <param name="Text">The text.</param>
/// <param name="DueAt">When it should go out; null means now.</param>
/// <param name="Tolerance">How late it may still go out; null means the default.</param>
/// <param name="About">What is said of it besides; null when nothing is.</param>
/// <param name="Variants">Other words for single platforms, by platform id; null when it says the same everywhere.</param>
/// <param name="InSlot">Whether it goes into its account's next free queue slot; then <paramref name="DueAt"/> is null.</param>
public sealed record PostWords(
    string Text, DateTimeOffset? DueAt, TimeSpan? Tolerance = null, PostAbout? About = null, IReadOnlyDictionary<string, string>? Variants = null, bool InSlot = false)
{
    /// <summary>Id of the hold whose agreed line it is; null for an ordinary message.</summary>
    public string? LineOf { get; init; }

    /// <summary>What it says on an account.</summary>
    public string On(AccountKey account) => Variants?.GetValueOrDefault(account.Platform.Id) ?? Text;
}
