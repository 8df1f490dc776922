using Coordination.Dashboard.Components.Kit;
using Coordination.Storage.ReadModel;

namespace Coordination.Dashboard.Components.Accounts;

/// <summary>How fresh an account's figures are, in words.</summary>
public static class CounterWords
{
    /// <summary>The line under the figures.</summary>
    /// <param name="check">When the platform answered; null while that is not known.</param>
    /// <param name="now">Now (UTC).</param>
    public static string Of(CounterCheck? check, DateTimeOffset now) => check switch
    {
        null => "",
        { FailedAt: null, AnsweredAt: null } => "The platform was not asked yet.",
        { FailedAt: null, AnsweredAt: { } at } => $"Checked {UkTime.Day(at, now)}.",
        { FailedAt: { } failed, AnsweredAt: { } at } => $"Not read since {UkTime.Day(at, now)}: the platform gave no answer {UkTime.Day(failed, now)}. It is asked again by itself.",
        { FailedAt: { } failed } => $"Never read: the platform gave no answer {UkTime.Day(failed, now)}. It is asked again by itself.",
    };
}
