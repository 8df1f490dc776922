using Coordination.Domain;
using Coordination.Domain.Schedule;
using Ical.Net.DataTypes;
using Ical.Net.Evaluation;

namespace Coordination.Dashboard.Repeats;

/// <summary>Expands a rule of recurrence to times on a wall, by Ical.Net. Zones and clocks are no matter of it.</summary>
public static class RepeatExpander
{
    /// <summary>Expands a rule, as far as two years ahead and one date more than fits.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="first">The first date and time.</param>
    /// <param name="furthest">The last moment on the wall that matters: the first date after it is still given.</param>
    /// <param name="dates">The times on the wall, in order.</param>
    /// <returns>Null when it could be expanded.</returns>
    public static Refusal? Expand(RepeatRule rule, DateTime first, DateTime furthest, out IReadOnlyList<DateTime> dates)
    {
        var found = new List<DateTime>();
        dates = found;
        try
        {
            var recurrence = new RecurrenceRule(rule.Endless);
            var options = new EvaluationOptions { MaxUnmatchedIncrementsLimit = StepsTo(recurrence, furthest - first) };
            foreach (var period in new RecurrencePatternEvaluator(recurrence).Evaluate(new CalDateTime(first), null, options))
            {
                var local = period.StartTime.Value;
                if (local > rule.Until)
                {
                    break;
                }

                if (found.Count == 0 || local > found[^1])
                {
                    found.Add(DateTime.SpecifyKind(local, DateTimeKind.Unspecified));
                }

                if (local > furthest || found.Count > RepeatRule.MostDates)
                {
                    break;
                }
            }
        }
        catch (EvaluationLimitExceededException)
        {
            // Nothing more of it within the time that a repeat may reach; dates that lie farther would be left out unseen.
            return found.Count > 0 && (rule.Until is null || rule.Until > furthest)
                ? new Refusal("repeat-too-far", "The rule has dates that lie more than two years ahead. Nothing was started. Give it an earlier end, and start it again then if it still holds true.")
                : null;
        }
        catch (Exception unfit) when (unfit is EvaluationException or EvaluationOutOfRangeException or ArgumentException or FormatException or InvalidOperationException)
        {
            return new Refusal("repeat-rule-malformed", "The rule is not understood: its parts do not go together. Nothing was started. A rule looks like FREQ=WEEKLY;BYDAY=MO,TH;COUNT=12.");
        }

        return null;
    }

    // A rule that does not yield is followed to the end of the time that a repeat may reach, and no further.
    private static int StepsTo(RecurrenceRule rule, TimeSpan reach)
    {
        var unit = rule.Frequency switch
        {
            Ical.Net.FrequencyType.Hourly => TimeSpan.FromHours(1),
            Ical.Net.FrequencyType.Daily => TimeSpan.FromDays(1),
            Ical.Net.FrequencyType.Weekly => TimeSpan.FromDays(7),
            Ical.Net.FrequencyType.Monthly => TimeSpan.FromDays(28),
            _ => TimeSpan.FromDays(365),
        };
        return (int)Math.Clamp(reach.Ticks / (unit.Ticks * Math.Max(rule.Interval, 1)), 0, 20_000) + 2;
    }
}
