using System.Text.Json;
using Coordination.Storage.Journal;

namespace Coordination.Storage.Verification.Checks;

/// <summary>Each message that is the agreed line of a hold is what its journal says: which hold, which line, for which accounts, by whom.</summary>
internal sealed class AgreedLineCheck(Findings findings)
{
    /// <summary>The event, in an incident's stream or in one of its own.</summary>
    public const string Event = "line-said";

    /// <summary>How the streams of its own begin.</summary>
    public const string Prefix = "line/";

    private const string Lines = """
        select line_stream(hold_id, takeover_id, number), message_id, hold_id || ' ' || line || ' ' || said_by || ' ' || array_to_string(accounts, ',') from agreed_line order by 1, 2
        """;

    private readonly Dictionary<(string Stream, Guid Message), (long Entry, string Says)> _said = [];

    /// <summary>Takes the next entry about a line.</summary>
    public void Take(JournalRow row, JsonElement? said)
    {
        // An entry whose words were erased still says that something happened; whom it concerned it says no more.
        if (said is { } root)
        {
            _said[(row.Stream, root.GetProperty("messageId").GetGuid())] =
                (row.Number, $"{root.GetProperty("holdId").GetString()} {root.GetProperty("line").GetInt32()} {row.ActorId} {string.Join(',', root.GetProperty("accounts").EnumerateArray().Select(a => a.GetString()))}");
        }
    }

    /// <summary>Compares.</summary>
    public async Task LookAsync(Snapshot snapshot, CancellationToken cancellationToken)
    {
        foreach (var (stream, message, says) in await snapshot.ListAsync(Lines, r => (r.GetString(0), r.GetGuid(1), r.GetString(2)), cancellationToken))
        {
            findings.Looked();
            if (!_said.Remove((stream, message), out var entry))
            {
                findings.Differs(stream, $"The message {message} counts as an agreed line, and has no entry.");
            }
            else if (!string.Equals(entry.Says, says, StringComparison.Ordinal))
            {
                findings.Differs(stream, $"The agreed line of the message {message} is not what was said.", entry.Entry);
            }
        }

        foreach (var (key, said) in _said)
        {
            findings.Differs(key.Stream, $"The agreed line of the message {key.Message} is gone.", said.Entry);
        }
    }
}
