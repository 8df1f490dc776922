using Coordination.Domain.People;
using Coordination.Storage.ReadModel;
using Dapper;

namespace Coordination.Storage.Incidents;

/// <inheritdoc cref="IIncidentInbox"/>
public sealed class IncidentInbox(CoordinationDatabase database) : IIncidentInbox
{
    private const string Name = "incident-messages";

    private const string Select = """
        select i.id, i.received_at as receivedat, i.received_by as receivedby, i.content_type as contenttype, i.bytes, i.sender, i.identifier, i.sent, i.status,
               i.msg_type as msgtype, i.decision, i.reason, i.incident, i.hold_id as holdid, i.hold_lifted as holdlifted, i.open,
               i.settled_at as settledat, i.settled_by as settledby, i.settled_by_name as settledbyname, i.note
        from incident_inbox i
        """;

    /// <inheritdoc/>
    public async Task<Page<InboxMessage>> ListAsync(bool open, int limit, string? cursor, CancellationToken cancellationToken)
    {
        var place = Cursor.ReadTimeAndId(Name, cursor);
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var rows = (await connection.QueryAsync<Row>(new CommandDefinition(
            Select + """
             where (not @open or i.open) and (@at::timestamptz is null or (i.received_at, i.id) < (@at::timestamptz, @id))
             order by i.received_at desc, i.id desc limit @limit
            """,
            new { open, at = place?.At.UtcDateTime, id = place?.Id ?? Guid.Empty, limit = limit + 1 },
            cancellationToken: cancellationToken))).Select(r => r.ToMessage()).ToArray();
        return rows.Length <= limit ? new Page<InboxMessage>(rows, null) : new Page<InboxMessage>(rows[..limit], Cursor.Of(Name, rows[limit - 1].ReceivedAt, rows[limit - 1].Id));
    }

    /// <inheritdoc/>
    public async Task<InboxMessage?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var row = await connection.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(Select + " where i.id = @id", new { id }, cancellationToken: cancellationToken));
        return row?.ToMessage();
    }

    /// <inheritdoc/>
    public async Task<MessageBody?> BodyAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<MessageBody>(new CommandDefinition(
            "select content_type as contenttype, raw as body from incident_message where id = @id", new { id }, cancellationToken: cancellationToken));
    }

    /// <inheritdoc/>
    public async Task<int> CountOpenAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<int>(new CommandDefinition("select count(*)::integer from incident_inbox where open", cancellationToken: cancellationToken));
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<IncidentSource>> SourcesAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<(string Id, string Name, DateTime LastAt, string? LastDecision, int Day, int DayRefused)>(new CommandDefinition(
            """
            select m.received_by, coalesce(max(p.name), m.received_by), max(m.received_at), (array_agg(d.decision order by m.received_at desc, m.id desc))[1],
                   (count(*) filter (where m.received_at > clock_timestamp() - interval '24 hours'))::integer,
                   (count(*) filter (where m.received_at > clock_timestamp() - interval '24 hours' and d.decision = 'refused'))::integer
            from incident_message m
            left join incident_decision d on d.message_id = m.id
            left join staff p on p.id = m.received_by
            where m.received_at > clock_timestamp() - interval '92 days'
            group by m.received_by order by 2
            """,
            cancellationToken: cancellationToken));
        return [.. rows.Select(r => new IncidentSource(r.Id, r.Name, r.LastAt, r.LastDecision, r.Day, r.DayRefused))];
    }

    /// <inheritdoc/>
    public async Task<SettleOutcome> SettleAsync(Guid id, string note, Actor actor, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var answer = await connection.QuerySingleAsync<string>(new CommandDefinition(
            "select settle_incident_message(@id, @note, @actorId, @actorName, @actorRole)",
            new { id, note, actorId = actor.Id, actorName = actor.Name, actorRole = actor.Role.Id() },
            cancellationToken: cancellationToken));
        await StandbyWait.WaitAsync(connection, cancellationToken);
        return answer switch
        {
            "settled" => SettleOutcome.Settled,
            "already" => SettleOutcome.Already,
            "gone" => SettleOutcome.Gone,
            "not-open" => SettleOutcome.NotOpen,
            _ => throw new InvalidOperationException($"The database answers '{answer}' about a message."),
        };
    }

    private sealed record Row
    {
        public Guid Id { get; init; }

        public DateTime ReceivedAt { get; init; }

        public required string ReceivedBy { get; init; }

        public required string ContentType { get; init; }

        public int Bytes { get; init; }

        public string? Sender { get; init; }

        public string? Identifier { get; init; }

        public DateTime? Sent { get; init; }

        public string? Status { get; init; }

        public string? MsgType { get; init; }

        public string? Decision { get; init; }

        public string? Reason { get; init; }

        public string? Incident { get; init; }

        public string? HoldId { get; init; }

        public bool HoldLifted { get; init; }

        public bool Open { get; init; }

        public DateTime? SettledAt { get; init; }

        public string? SettledBy { get; init; }

        public string? SettledByName { get; init; }

        public string? Note { get; init; }

        public InboxMessage ToMessage() => new()
        {
            Id = Id,
            ReceivedAt = ReceivedAt,
            ReceivedBy = ReceivedBy,
            ContentType = ContentType,
            Bytes = Bytes,
            Sender = Sender,
            Identifier = Identifier,
            Sent = Sent,
            Status = Status,
            MsgType = MsgType,
            Decision = Decision,
            Reason = Reason,
            Incident = Incident,
            HoldId = HoldId,
            HoldLifted = HoldLifted,
            Open = Open,
            Settled = SettledAt is { } at ? new Settlement(SettledBy!, SettledByName!, at, Note!) : null,
        };
    }
}
