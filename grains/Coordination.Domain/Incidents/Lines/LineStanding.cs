using Coordination.Domain.Posts;

namespace Coordination.Domain.Incidents.Lines;

/// <summary>How one line of a hold stands: on how many of the accounts that it was meant for it is out.</summary>
/// <param name="HoldId">The hold.</param>
/// <param name="Line">Which line of the hold it is, from 1.</param>
/// <param name="Messages">Its messages, the first one first; at least one.</param>
/// <param name="SupersededBy">The line that came after it and was taken somewhere; null while it is what stands.</param>
public sealed record LineStanding(string HoldId, int Line, IReadOnlyList<LineMessage> Messages, int? SupersededBy)
{
    /// <summary>How many accounts it was meant for.</summary>
    public int Asked => Messages.SelectMany(m => m.Accounts).Distinct(StringComparer.Ordinal).Count();

    /// <summary>How many are out, or were.</summary>
    public int Out => Count(PostState.Published, PostState.Removed);

    /// <summary>How many have a post of it, wherever that stands.</summary>
    public int Taken => Messages.Sum(m => m.States.Values.Sum());

    /// <summary>How many took no post of it.</summary>
    public int NotTaken => Asked - Taken;

    /// <summary>Whether it is out on every account that it was meant for.</summary>
    public bool OutEverywhere => Out == Asked;

    /// <summary>Who said it.</summary>
    public string SaidByName => Messages[0].SaidByName;

    /// <summary>When it was first said (UTC).</summary>
    public DateTimeOffset SaidAt => Messages[0].SaidAt;

    /// <summary>How many of its posts are in one of these states.</summary>
    public int Count(params ReadOnlySpan<PostState> states)
    {
        var sum = 0;
        foreach (var state in states)
        {
            sum += Messages.Sum(m => m.States.GetValueOrDefault(state.Id()));
        }

        return sum;
    }

    /// <summary>Lines from their messages: by hold, the first line first. A line that no account took supersedes none.</summary>
    public static IReadOnlyList<LineStanding> Of(IEnumerable<LineMessage> messages)
    {
        var lines = messages.GroupBy(m => (m.HoldId, m.Line))
            .Select(g => new LineStanding(g.Key.HoldId, g.Key.Line, [.. g.OrderBy(m => m.SaidAt)], null))
            .OrderBy(l => l.HoldId, StringComparer.Ordinal).ThenBy(l => l.Line).ToArray();
        return
        [
            .. lines.Select(line => line with
            {
                SupersededBy = Array.Find(lines, later => string.Equals(later.HoldId, line.HoldId, StringComparison.Ordinal) && later.Line > line.Line && later.Taken > 0)?.Line,
            }),
        ];
    }
}
