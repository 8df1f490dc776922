using System.Diagnostics.CodeAnalysis;
using Coordination.Domain.Review;

namespace Coordination.Dashboard.Api;

/// <summary>The words of the contract for what rules do.</summary>
internal static class Words
{
    public static string Of(ContentAct act) => act switch
    {
        ContentAct.Warn => "warn",
        ContentAct.Reason => "reason",
        ContentAct.Comms => "comms",
        _ => throw new ArgumentOutOfRangeException(nameof(act), act, "No such act."),
    };

    public static string Of(ApprovalNeed need) => need switch
    {
        ApprovalNeed.None => "none",
        ApprovalNeed.One => "one",
        ApprovalNeed.Two => "two",
        _ => throw new ArgumentOutOfRangeException(nameof(need), need, "No such need."),
    };

    public static bool TryParse([NotNullWhen(true)] string? word, out ContentAct act) => Find(word, Enum.GetValues<ContentAct>(), Of, out act);

    public static bool TryParse([NotNullWhen(true)] string? word, out ApprovalNeed need) => Find(word, Enum.GetValues<ApprovalNeed>(), Of, out need);

    private static bool Find<T>(string? word, T[] all, Func<T, string> of, out T found)
    {
        found = all.FirstOrDefault(one => string.Equals(of(one), word, StringComparison.Ordinal))!;
        return word is not null && all.Any(one => string.Equals(of(one), word, StringComparison.Ordinal));
    }
}
