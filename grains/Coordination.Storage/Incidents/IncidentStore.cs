using System.Text.Json;
using Coordination.Domain.Incidents.Cap;
using Coordination.Domain.People;
using Dapper;

namespace Coordination.Storage.Incidents;

/// <summary>Keeps incident messages in PostgreSQL.</summary>
public sealed class IncidentStore(CoordinationDatabase database) : IIncidentStore
{
    private const string Columns = """
        select d.message_id as messageid, d.sender, d.identifier, d.sent, d.digest, d.status, d.msg_type as msgtype, d.refs::text as refs,
               d.decision, d.reason, d.incident, d.hold_id as holdid, d.hold_areas as holdareas, d.whole_brigade as wholebrigade
        from incident_decision d
        """;

    /// <inheritdoc/>
    public async Task<RecordedMessage> RecordAsync(RawMessage message, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var made = await connection.QuerySingleAsync<DateTime?>(new CommandDefinition(
            """
            with made as (
                insert into incident_message (id, content_type, received_by, raw) values (@Id, @ContentType, @by, @raw)
                on conflict do nothing returning received_at),
            noted as (
                select journal_append('incident/' || @Id::text, 'message-received', @by, @name, @role, null, null, null,
                    json_build_object('id', @Id::uuid, 'contentType', @ContentType::text, 'bytes', octet_length(@raw))::text)
                from made)
            select (select received_at from made) from (select count(*) from noted) n
            """,
            new
            {
                message.Id,
                message.ContentType,
                by = message.ReceivedFrom.Id,
                name = message.ReceivedFrom.Name,
                role = Roles.Id(message.ReceivedFrom.Role),
                raw = message.Body.ToArray(),
            },
            cancellationToken: cancellationToken));
        var at = made ?? await connection.ExecuteScalarAsync<DateTime>(new CommandDefinition(
            "select received_at from incident_message where id = @Id", new { message.Id }, cancellationToken: cancellationToken));
        if (made is null)
        {
            await StandbyWait.WaitAsync(connection, cancellationToken);
        }

        return new RecordedMessage(message.Id, at, made is null);
    }

    /// <inheritdoc/>
    public async Task<TriagedMessage> DecideAsync(TriagedMessage decision, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            """
            with made as (
                insert into incident_decision (message_id, sender, identifier, sent, digest, status, msg_type, refs, decision, reason,
                                               incident, hold_id, hold_areas, whole_brigade)
                values (@RawId, @sender, @identifier, @sent, @Digest, @status, @type, @refs::jsonb, @Decision, @Reason,
                        @Incident, @HoldId, @areas, @WholeBrigade)
                on conflict do nothing returning message_id)
            select journal_append('incident/' || @RawId::text, 'message-decided', 'system', 'The service', 'system', null, null, @Reason,
                json_build_object('id', @RawId::uuid, 'decision', @Decision::text, 'incident', @Incident::text, 'holdId', @HoldId::text,
                                  'areas', @areas::text[], 'wholeBrigade', @WholeBrigade::boolean)::text)
            from made
            """,
            new
            {
                decision.RawId,
                sender = decision.Reference?.Sender,
                identifier = decision.Reference?.Identifier,
                sent = decision.Reference?.Sent.UtcDateTime,
                decision.Digest,
                status = decision.Status?.ToString(),
                type = decision.MsgType?.ToString(),
                refs = JsonSerializer.Serialize(decision.References, StorageJson.Options),
                decision.Decision,
                decision.Reason,
                decision.Incident,
                decision.HoldId,
                areas = decision.HoldAreas.ToArray(),
                decision.WholeBrigade,
            },
            cancellationToken: cancellationToken));
        var row = await connection.QuerySingleAsync<Row>(new CommandDefinition(
            Columns + """
             where d.message_id = @RawId or (d.sender = @sender and d.identifier = @identifier and d.sent = @sent and d.digest = @Digest)
             order by d.decided_at limit 1
            """,
            new
            {
                decision.RawId,
                sender = decision.Reference?.Sender,
                identifier = decision.Reference?.Identifier,
                sent = decision.Reference?.Sent.UtcDateTime,
                decision.Digest,
            },
            cancellationToken: cancellationToken));
        await StandbyWait.WaitAsync(connection, cancellationToken);
        return row.ToTriaged();
    }

    /// <inheritdoc/>
    public async Task<TriagedMessage?> FindAsync(CapReference reference, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var row = await connection.QueryFirstOrDefaultAsync<Row>(new CommandDefinition(
            Columns + " where d.sender = @Sender and d.identifier = @Identifier and d.sent = @sent order by d.decided_at limit 1",
            new { reference.Sender, reference.Identifier, sent = reference.Sent.UtcDateTime },
            cancellationToken: cancellationToken));
        return row?.ToTriaged();
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<SeenMessage>> SinceAsync(DateTimeOffset since, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<Row>(new CommandDefinition(
            Columns + " where d.sender is not null and d.decided_at >= @since order by d.decided_at",
            new { since = since.UtcDateTime },
            cancellationToken: cancellationToken));
        return [.. rows.Select(r => r.ToSeen())];
    }

    private sealed record Row
    {
        public Guid MessageId { get; init; }

        public string? Sender { get; init; }

        public string? Identifier { get; init; }

        public DateTime? Sent { get; init; }

        public string? Digest { get; init; }

        public string? Status { get; init; }

        public string? MsgType { get; init; }

        public required string Refs { get; init; }

        public required string Decision { get; init; }

        public required string Reason { get; init; }

        public string? Incident { get; init; }

        public string? HoldId { get; init; }

        public string[] HoldAreas { get; init; } = [];

        public bool WholeBrigade { get; init; }

        private CapReference? Reference => Sender is null ? null : new CapReference(Sender, Identifier!, new DateTimeOffset(Sent!.Value, TimeSpan.Zero));

        private IReadOnlyList<CapReference> References => JsonSerializer.Deserialize<IReadOnlyList<CapReference>>(Refs, StorageJson.Options) ?? [];

        public TriagedMessage ToTriaged() => new(
            MessageId,
            Reference,
            Digest,
            Status is null ? null : Enum.Parse<CapStatus>(Status),
            MsgType is null ? null : Enum.Parse<CapMsgType>(MsgType),
            References,
            Decision,
            Reason,
            Incident,
            HoldId,
            HoldAreas,
            WholeBrigade);

        public SeenMessage ToSeen() => new(
            Reference!,
            Digest!,
            Enum.Parse<CapStatus>(Status!),
            Enum.Parse<CapMsgType>(MsgType!),
            References);
    }
}
