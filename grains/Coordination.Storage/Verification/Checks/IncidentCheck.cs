using System.Text.Json;
using Coordination.Domain.Incidents.Reports;
using Coordination.Storage.Journal;

namespace Coordination.Storage.Verification.Checks;

/// <summary>Each incident report, each takeover with its agreed line, and each version of the rules about incidents is what its journal says; and no exercise has a hold.</summary>
internal sealed class IncidentCheck(Findings findings)
{
    private const string Real = "incident-file/", Exercise = "exercise-file/", Rules = "rule-book";

    private const string Reports = "select incident_stream(number, exercise), source, revision, digest, report from incident_report order by 1, 2, 3, 4";

    private const string Takeovers = """
        select incident_stream(t.number, t.exercise), t.id, t.state, t.hold_id, t.hold_id is null or exists (select from hold h where h.id = t.hold_id and h.operation_id = t.id)
        from takeover t order by 1, 2
        """;

    private const string Versions = "select version, rules from rule_book order by version";

    private readonly AgreedLineCheck _lines = new(findings);
    private readonly Dictionary<(string Stream, string Source, long Revision, string Digest), long> _reports = [];
    private readonly Dictionary<(string Stream, Guid Id), (long Entry, string State, string? Hold)> _takeovers = [];
    private readonly Dictionary<int, (long Entry, string? Rules)> _versions = [];
    private readonly ExerciseCheck _exercises = new(findings);

    /// <summary>Whether a stream is of this kind.</summary>
    public static bool Has(string stream) => stream.StartsWith(Real, StringComparison.Ordinal) || stream.StartsWith(Exercise, StringComparison.Ordinal) || stream.StartsWith(AgreedLineCheck.Prefix, StringComparison.Ordinal) || string.Equals(stream, Rules, StringComparison.Ordinal);

    /// <summary>Takes the next entry of a stream of this kind.</summary>
    public void Take(JournalRow row)
    {
        try
        {
            using var said = row.Payload is null ? null : JsonDocument.Parse(row.Payload);
            if (_exercises.Take(row, said?.RootElement))
            {
                return;
            }

            if (row.Event is "rules-drafted" or "rules-asked" or "rules-declined" or "rules-discarded")
            {
                return;
            }

            if (row.Event is AgreedLineCheck.Event)
            {
                _lines.Take(row, said?.RootElement);
            }
            else if (StateAfter(row.Event) is { } state)
            {
                // An entry whose words were erased still says that something happened; whom it concerned it says no more.
                if (said is not null)
                {
                    _takeovers[(row.Stream, said.RootElement.GetProperty("id").GetGuid())] = (row.Number, state, Text(said.RootElement, "holdId"));
                }
            }
            else if (row.Event is "incident-reported")
            {
                if (said is not null)
                {
                    var root = said.RootElement;
                    _reports[(row.Stream, root.GetProperty("source").GetString()!, root.GetProperty("revision").GetInt64(), root.GetProperty("digest").GetString()!)] = row.Number;
                }
            }
            else if (row.Event is "rules-activated")
            {
                if (said is not null)
                {
                    _versions[said.RootElement.GetProperty("version").GetInt32()] = (row.Number, said.RootElement.GetProperty("rules").GetRawText());
                }
            }
            else
            {
                findings.Differs(row.Stream, $"An entry '{row.Event}' does not belong here.", row.Number);
            }
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            findings.Differs(row.Stream, "The entry cannot be read.", row.Number);
        }
    }

    public async Task LookAsync(Snapshot snapshot, CancellationToken cancellationToken)
    {
        foreach (var (stream, source, revision, digest, report) in await snapshot.ListAsync(
            Reports, r => (r.GetString(0), r.GetString(1), r.GetInt64(2), r.GetString(3), r.GetString(4)), cancellationToken))
        {
            findings.Looked();
            if (!_reports.Remove((stream, source, revision, digest), out var entry))
            {
                findings.Differs(stream, $"Revision {revision} of {source} is on file, and has no entry.");
            }
            else if (!Says(report, digest))
            {
                findings.Differs(stream, $"Revision {revision} of {source} is not what was filed.", entry);
            }
        }

        foreach (var (stream, id, state, hold, isItsOwn) in await snapshot.ListAsync(
            Takeovers, r => (r.GetString(0), r.GetGuid(1), r.GetString(2), r.IsDBNull(3) ? null : r.GetString(3), r.GetBoolean(4)), cancellationToken))
        {
            findings.Looked();
            if (!_takeovers.Remove((stream, id), out var entry))
            {
                findings.Differs(stream, $"The takeover {id} has no entry.");
            }
            else if (!string.Equals(entry.State, state, StringComparison.Ordinal) || !string.Equals(entry.Hold, hold, StringComparison.Ordinal))
            {
                findings.Differs(stream, $"The takeover {id} is {state}, and its latest entry says {entry.State}.", entry.Entry);
            }
            else if (!isItsOwn)
            {
                findings.Differs(stream, $"The takeover {id} names the hold {hold}, which was placed by another wish.", entry.Entry);
            }
        }

        await _lines.LookAsync(snapshot, cancellationToken);
        await _exercises.LookAsync(snapshot, cancellationToken);
        foreach (var (version, rules) in await snapshot.ListAsync(Versions, r => (r.GetInt32(0), r.GetString(1)), cancellationToken))
        {
            findings.Looked();
            if (!_versions.Remove(version, out var entry) || !string.Equals(entry.Rules, rules, StringComparison.Ordinal))
            {
                findings.Differs(Rules, $"Version {version} is not what was activated.", entry.Entry == 0 ? null : entry.Entry);
            }
        }

        foreach (var (key, entry) in _reports)
        {
            findings.Differs(key.Stream, $"Revision {key.Revision} of {key.Source} was filed, and is gone.", entry);
        }

        foreach (var (key, said) in _takeovers)
        {
            findings.Differs(key.Stream, $"The takeover {key.Id} is gone.", said.Entry);
        }

        foreach (var (version, said) in _versions)
        {
            findings.Differs(Rules, $"Version {version} was activated, and is gone.", said.Entry);
        }
    }

    private static string? StateAfter(string name) => name switch
    {
        "takeover-proposed" => "pending",
        "takeover-started" => "running",
        "takeover-placed" => "placed",
        "takeover-refused" => "refused",
        "takeover-vetoed" => "vetoed",
        "shadow-placed" => "shadow",
        "shadow-ended" => "ended",
        _ => null,
    };

    private static bool Says(string report, string digest)
    {
        try
        {
            return string.Equals(IncidentReportJson.Digest(IncidentReportJson.Parse(report)), digest, StringComparison.Ordinal);
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static string? Text(JsonElement said, string name) =>
        said.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
