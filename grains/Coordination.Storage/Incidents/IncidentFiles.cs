using Coordination.Domain.Incidents;
using Coordination.Domain.Incidents.Reports;
using Coordination.Domain.People;
using Coordination.Domain.Posts;
using Coordination.Storage.ReadModel;
using Dapper;

namespace Coordination.Storage.Incidents;

/// <inheritdoc cref="IIncidentFiles"/>
public sealed class IncidentFiles(CoordinationDatabase database) : IIncidentFiles
{
    private const string Name = "incidents";
    private const int LeftAtOnce = 20;

    /// <inheritdoc/>
    public async Task<bool> FileAsync(string source, IncidentReport report, string digest, Guid messageId, Actor actor, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var filed = await connection.ExecuteScalarAsync<bool>(new CommandDefinition(
            "select file_incident_report(@Number, @Exercise, @source, @Revision, @digest, @text, @links, @messageId, @actorId, @actorName, @actorRole)",
            new
            {
                report.Number,
                report.Exercise,
                source,
                report.Revision,
                digest,
                text = IncidentReportJson.Write(report),
                links = report.Links.ToArray(),
                messageId,
                actorId = actor.Id,
                actorName = actor.Name,
                actorRole = actor.Role.Id(),
            },
            cancellationToken: cancellationToken));
        if (!filed)
        {
            await StandbyWait.WaitAsync(connection, cancellationToken);
        }

        return filed;
    }

    /// <inheritdoc/>
    public async Task<Incident?> FindAsync(string number, bool exercise, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<Row>(new CommandDefinition(
            "select number, source, digest, filed_at as filedat, report from incident_report where (number, exercise) = (@number, @exercise)",
            new { number, exercise },
            cancellationToken: cancellationToken));
        var reports = rows.Select(r => r.ToReport()).ToArray();
        return reports.Length == 0 ? null : Incident.Of(reports);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> GroupAsync(string number, bool exercise, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var numbers = await connection.ExecuteScalarAsync<string[]>(new CommandDefinition(
            "select incident_group(@number, @exercise)", new { number, exercise }, cancellationToken: cancellationToken));
        return [number, .. (numbers ?? []).Where(n => !string.Equals(n, number, StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
    }

    /// <inheritdoc/>
    public async Task<Page<IncidentRow>> ListAsync(bool exercise, int limit, string? cursor, CancellationToken cancellationToken)
    {
        var place = Cursor.ReadTimeAndKey(Name, cursor);
        if (place is { Key: var key } && !StorableText.Fits(key))
        {
            throw new BadCursorException();
        }

        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var rows = (await connection.QueryAsync<Row>(new CommandDefinition(
            """
            select i.changed_at as changedat, r.number, r.source, r.digest, r.filed_at as filedat, r.report
            from (select number, exercise, changed_at from incident
                  where exercise = @exercise and (@at::timestamptz is null or (changed_at, number) < (@at::timestamptz, @text))
                  order by changed_at desc, number desc limit @most) i
            join incident_report r on (r.number, r.exercise) = (i.number, i.exercise)
            """,
            new { exercise, at = place?.At.UtcDateTime, text = place?.Key ?? "", most = limit + 1 },
            cancellationToken: cancellationToken))).ToArray();
        var incidents = rows.GroupBy(r => r.Number, StringComparer.Ordinal)
            .Select(g => new IncidentRow(Incident.Of(g.Select(r => r.ToReport())), g.First().ChangedAt))
            .OrderByDescending(i => i.ChangedAt).ThenByDescending(i => i.Incident.Number, StringComparer.Ordinal).ToArray();
        return incidents.Length <= limit
            ? new Page<IncidentRow>(incidents, null)
            : new Page<IncidentRow>(incidents[..limit], Cursor.Of(Name, incidents[limit - 1].ChangedAt, incidents[limit - 1].Incident.Number));
    }

    /// <inheritdoc/>
    public async Task<DeliveryKind> NoteDeliveryAsync(string source, string deliveryId, Guid messageId, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var answer = await connection.ExecuteScalarAsync<string>(new CommandDefinition(
            "select note_webhook_delivery(@source, @deliveryId, @messageId)", new { source, deliveryId, messageId }, cancellationToken: cancellationToken));
        return answer switch
        {
            "new" => DeliveryKind.New,
            "same" => DeliveryKind.Same,
            "other" => DeliveryKind.Other,
            _ => throw new InvalidOperationException($"The database answers '{answer}' about a delivery."),
        };
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<LeftReport>> LeftAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);

        // A host that lives decides within seconds; what a message wanted was made right after it came.
        var rows = await connection.QueryAsync<(Guid MessageId, string Source, string Report, string Digest, Guid[] Takeovers)>(new CommandDefinition(
            """
            select m.id, r.source, r.report, r.digest, array_agg(t.id order by t.made_at, t.id)
            from incident_message m
            join incident_report r on r.message_id = m.id
            join takeover t on (t.number, t.exercise) = (r.number, r.exercise) and t.made_at >= m.received_at and t.made_at < m.received_at + interval '1 minute'
            where m.received_at > clock_timestamp() - interval '24 hours' and m.received_at < clock_timestamp() - interval '10 seconds'
              and not exists (select from incident_decision d where d.message_id = m.id)
            group by m.id, r.source, r.report, r.digest
            having bool_and(t.state <> 'running')
            order by m.received_at, m.id
            limit @most
            """,
            new { most = LeftAtOnce },
            cancellationToken: cancellationToken));
        return [.. rows.Select(r => new LeftReport(r.MessageId, r.Source, IncidentReportJson.Parse(r.Report), r.Digest, r.Takeovers))];
    }

    private sealed record Row
    {
        public DateTime ChangedAt { get; init; }

        public required string Number { get; init; }

        public required string Source { get; init; }

        public required string Digest { get; init; }

        public required DateTime FiledAt { get; init; }

        public required string Report { get; init; }

        public FiledReport ToReport() => new(Source, IncidentReportJson.Parse(Report), Digest, FiledAt);
    }
}
