using System.Globalization;
using Coordination.Domain.Clients;
using Coordination.Storage.ReadModel;
using Dapper;

namespace Coordination.Storage.Journal;

/// <summary>Looks entries up in the database.</summary>
/// <remarks>
/// Which index serves a search follows from what it names (<c>0046_journal_search.sql</c>): streams, then people, then events, then the time.
/// The words of a partial index have to stand in the query, or the planner does not see that it fits.
/// </remarks>
public sealed class JournalSearch(CoordinationDatabase database) : IJournalSearch
{
    private const string List = "journal-search";
    private const int LongestStream = 400;
    private const string Rare = "event not in ('permit-issued', 'post-scheduled', 'post-published', 'counters-read')";
    private static readonly HashSet<string> Common = new(StringComparer.Ordinal) { "permit-issued", "post-scheduled", "post-published", "counters-read" };

    // A search over years is bounded, too: whoever asks for too much is told so, and nobody else waits.
    private const int Seconds = 20;

    /// <inheritdoc/>
    public async Task<Page<JournalEntry>> FindAsync(JournalQuery query, int limit, string? cursor, CancellationToken cancellationToken)
    {
        var before = Place(cursor);
        var conditions = new List<string>();
        if (query.Streams is not null)
        {
            conditions.Add("stream = any(@streams)");
        }

        if (query.ActorIds is { } people)
        {
            conditions.Add("actor_id = any(@people)");
            conditions.Add(people.Contains(Domain.People.Actor.System.Id, StringComparer.Ordinal) ? "true" : "actor_role <> 'system'");
        }

        if (query.Clients is not null)
        {
            conditions.Add("exists (select from unnest(@clients) client where starts_with(actor_name, client))");
        }

        if (query.Events is { } events)
        {
            conditions.Add("event = any(@events)");
            conditions.Add(events.Any(Common.Contains) ? "true" : Rare);
        }

        conditions.Add(query.From is null ? "true" : "at >= @from");
        conditions.Add(query.To is null ? "true" : "at < @to");
        conditions.Add(before is null ? "true" : "at <= @at and (at, stream, number) < (@at, @stream, @number)");
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var rows = (await connection.QueryAsync<JournalRow>(new CommandDefinition(
            $"{JournalReader.Columns} where {string.Join(" and ", conditions)} order by at desc, stream desc, number desc limit @limit",
            new
            {
                streams = query.Streams?.ToArray(),
                people = query.ActorIds?.ToArray(),
                clients = query.Clients?.Select(name => ClientRules.ActorName(name, "")).ToArray(),
                events = query.Events?.ToArray(),
                from = query.From?.UtcDateTime,
                to = query.To?.UtcDateTime,
                at = before?.At,
                stream = before?.Stream,
                number = before?.Number,
                limit = limit + 1,
            },
            commandTimeout: Seconds,
            cancellationToken: cancellationToken))).Select(r => r.ToEntry()).ToList();
        return rows.Count <= limit
            ? new Page<JournalEntry>(rows, null)
            : new Page<JournalEntry>(rows[..limit], Cursor.Of(List, rows[limit - 1].At, string.Create(CultureInfo.InvariantCulture, $"{rows[limit - 1].Number}:{rows[limit - 1].Stream}")));
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> StreamsOfIncidentAsync(string number, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        return [.. await connection.QueryAsync<string>(new CommandDefinition("select incident_streams(@number, true)", new { number }, cancellationToken: cancellationToken))];
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> PeopleAsync(string words, int most, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        return [.. await connection.QueryAsync<string>(new CommandDefinition("select staff_called(@words, @most)", new { words, most }, cancellationToken: cancellationToken))];
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<(string Name, string OwnerId)>> ClientsAsync(string words, int most, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        return [.. await connection.QueryAsync<(string, string)>(new CommandDefinition(
            "select distinct name, owner_id from api_client where purpose is null and position(lower(@words) in lower(name)) > 0 order by name, owner_id limit @most",
            new { words, most },
            cancellationToken: cancellationToken))];
    }

    // What a client sends back is looked at before the database sees it.
    private static (DateTime At, string Stream, long Number)? Place(string? cursor)
    {
        if (Cursor.ReadTimeAndKey(List, cursor) is not { } place)
        {
            return null;
        }

        var split = place.Key.IndexOf(':', StringComparison.Ordinal);
        return split > 0 && place.Key.Length <= LongestStream && !place.Key.Contains('\0', StringComparison.Ordinal)
            && long.TryParse(place.Key.AsSpan(0, split), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? (place.At.UtcDateTime, place.Key[(split + 1)..], number)
                : throw new BadCursorException();
    }
}
