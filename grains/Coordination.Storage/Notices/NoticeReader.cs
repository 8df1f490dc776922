using Coordination.Domain.Notices;
using Dapper;

namespace Coordination.Storage.Notices;

/// <inheritdoc cref="INoticeReader"/>
public sealed class NoticeReader(CoordinationDatabase database) : INoticeReader
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<ToldRound>> OfHoldAsync(string holdId, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var rounds = (await connection.QueryAsync<(string Kind, DateTime QueuedAt, int Beyond)>(new CommandDefinition(
            "select kind, queued_at, beyond from notice_round where hold_id = @holdId order by queued_at, kind desc",
            new { holdId },
            cancellationToken: cancellationToken))).AsList();
        if (rounds.Count == 0)
        {
            return [];
        }

        // Counted and listed in one statement: what is on screen adds up.
        var rows = (await connection.QueryAsync<Row>(new CommandDefinition(
            """
            select kind, name, state, attempts, nextat, sentat, why, counted
            from (
                select n.kind, n.name, n.state, n.attempts, n.sent_at as sentat, n.last_error as why,
                       case when n.state = 'queued' then n.next_at end as nextat,
                       count(*) over (partition by n.kind, n.state)::integer as counted,
                       row_number() over (partition by n.kind, n.state order by n.place) as of_state,
                       row_number() over (partition by n.kind order by array_position(array['failed', 'gave-up', 'no-address', 'queued', 'overtaken', 'sent'], n.state), n.place) as place_in
                from notice n where n.hold_id = @holdId) p
            where place_in <= @most or of_state = 1
            order by place_in
            """,
            new { holdId, most = INoticeReader.MostPeople },
            cancellationToken: cancellationToken))).ToLookup(r => r.Kind, StringComparer.Ordinal);
        return
        [
            .. rounds.Select(r => new ToldRound(
                NoticeIds.ParseKind(r.Kind),
                r.QueuedAt,
                rows[r.Kind].GroupBy(p => p.State, StringComparer.Ordinal).ToDictionary(g => NoticeIds.ParseState(g.Key), g => g.First().Counted),
                r.Beyond,
                [.. rows[r.Kind].Take(INoticeReader.MostPeople).Select(p => p.ToRow())])),
        ];
    }

    private sealed record Row
    {
        public required string Kind { get; init; }

        public required string Name { get; init; }

        public required string State { get; init; }

        public int Attempts { get; init; }

        public DateTime? NextAt { get; init; }

        public DateTime? SentAt { get; init; }

        public string? Why { get; init; }

        public int Counted { get; init; }

        public NoticeRow ToRow() => new(Name, NoticeIds.ParseState(State), Attempts, NextAt, SentAt, Why);
    }
}
