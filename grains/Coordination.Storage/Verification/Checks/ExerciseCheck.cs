using System.Text.Json;
using Coordination.Storage.Journal;

namespace Coordination.Storage.Verification.Checks;

/// <summary>Each line of an exercise is what its journal says: for that shadow, with so many stand-ins, all of them marked; and whatever was seen of what is real has its entry.</summary>
internal sealed class ExerciseCheck(Findings findings)
{
    private const string Lines = """
        select incident_stream(l.number, true), l.id, l.takeover_id, (select count(*) from exercise_stand_in s where s.line_id = l.id)
        from exercise_line l order by 1, 2
        """;

    private const string Seen = "select takeover_id, hold_id, seen_by from real_seen order by id";

    private readonly Dictionary<(string Stream, Guid Id), (long Entry, Guid Takeover, long StandIns)> _lines = [];
    private readonly HashSet<(Guid? Takeover, string? Hold, string By)> _seen = [];

    /// <summary>Takes an entry when it is about a line or about what was seen.</summary>
    /// <returns>False when it is about something else.</returns>
    public bool Take(JournalRow row, JsonElement? said)
    {
        switch (row.Event)
        {
            case "exercise-line-written":
                if (said is { } line)
                {
                    _lines[(row.Stream, line.GetProperty("line").GetGuid())] = (row.Number, line.GetProperty("takeover").GetGuid(), line.GetProperty("standIns").GetInt64());
                }

                return true;
            case "real-seen":
                if (said is { } seen)
                {
                    _seen.Add((seen.GetProperty("takeover") is { ValueKind: JsonValueKind.String } takeover ? takeover.GetGuid() : null, seen.GetProperty("hold").GetString(), row.ActorId));
                }

                return true;
            default:
                return row.Event is "exercise-line-first-out" or "exercise-line-out" or "exercise-line-partly-out" or "exercise-line-retried";
        }
    }

    public async Task LookAsync(Snapshot snapshot, CancellationToken cancellationToken)
    {
        foreach (var (stream, id, takeover, standIns) in await snapshot.ListAsync(Lines, r => (r.GetString(0), r.GetGuid(1), r.GetGuid(2), r.GetInt64(3)), cancellationToken))
        {
            findings.Looked();
            if (!_lines.Remove((stream, id), out var entry))
            {
                findings.Differs(stream, $"The exercise line {id} has no entry.");
            }
            else if (entry.Takeover != takeover || entry.StandIns != standIns)
            {
                findings.Differs(stream, $"The exercise line {id} is not what was written.", entry.Entry);
            }
        }

        foreach (var (takeover, hold, by) in await snapshot.ListAsync(Seen, r => (r.IsDBNull(0) ? (Guid?)null : r.GetGuid(0), r.IsDBNull(1) ? null : r.GetString(1), r.GetString(2)), cancellationToken))
        {
            findings.Looked();
            if (!_seen.Contains((takeover, hold, by)))
            {
                findings.Differs("exercise-file", $"That {takeover?.ToString() ?? hold} was seen has no entry.");
            }
        }

        foreach (var (key, entry) in _lines)
        {
            findings.Differs(key.Stream, $"The exercise line {key.Id} is gone.", entry.Entry);
        }
    }
}
