using Coordination.Domain.Incidents.Lines;
using Coordination.Domain.People;
using Dapper;

namespace Coordination.Storage.Incidents;

/// <inheritdoc cref="IAgreedLineStore"/>
public sealed class AgreedLineStore(CoordinationDatabase database) : IAgreedLineStore
{
    private const string Select = """
        select l.message_id as messageid, l.hold_id as holdid, l.takeover_id as takeoverid, l.number, l.line, l.accounts, l.said_by as saidby, l.said_name as saidname, l.said_at as saidat,
               coalesce((select array_agg(s.state || ' ' || s.n) from (select p.state, count(*) as n from post p where p.message_id = l.message_id group by p.state) s), '{}') as states
        from agreed_line l
        """;

    /// <inheritdoc/>
    public async Task<LineOutcome> SayAsync(Guid message, string hold, IReadOnlyCollection<string> accounts, Actor actor, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var answer = await connection.ExecuteScalarAsync<string>(new CommandDefinition(
            "select say_line(@message, @hold, @accounts, @actorId, @actorName, @actorRole)",
            new
            {
                message,
                hold,
                accounts = accounts.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray(),
                actorId = actor.Id,
                actorName = actor.Name,
                actorRole = actor.Role.Id(),
            },
            cancellationToken: cancellationToken));
        await StandbyWait.WaitAsync(connection, cancellationToken);
        return answer switch
        {
            "said" => LineOutcome.Said,
            "same" => LineOutcome.Same,
            "other" => LineOutcome.Other,
            "lifted" => LineOutcome.Lifted,
            "gone" => LineOutcome.Gone,
            _ => throw new InvalidOperationException($"The database answers '{answer}' about an agreed line."),
        };
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<LineMessage>> OfHoldAsync(string hold, CancellationToken cancellationToken) =>
        ListAsync(Select + " where l.hold_id = @hold order by l.line, l.said_at", new { hold }, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<LineMessage>> OfIncidentsAsync(IReadOnlyList<string> numbers, CancellationToken cancellationToken) =>
        ListAsync(Select + " where l.number = any (@numbers) order by l.hold_id, l.line, l.said_at", new { numbers = numbers.ToArray() }, cancellationToken);

    private async Task<IReadOnlyList<LineMessage>> ListAsync(string sql, object arguments, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        return [.. (await connection.QueryAsync<Row>(new CommandDefinition(sql, arguments, cancellationToken: cancellationToken))).Select(r => r.ToMessage())];
    }

    private sealed record Row
    {
        public Guid MessageId { get; init; }

        public required string HoldId { get; init; }

        public Guid? TakeoverId { get; init; }

        public required string Number { get; init; }

        public int Line { get; init; }

        public string[] Accounts { get; init; } = [];

        public required string SaidBy { get; init; }

        public required string SaidName { get; init; }

        public DateTime SaidAt { get; init; }

        public string[] States { get; init; } = [];

        public LineMessage ToMessage() => new()
        {
            MessageId = MessageId,
            HoldId = HoldId,
            TakeoverId = TakeoverId,
            Incident = Number,
            Line = Line,
            Accounts = Accounts,
            SaidBy = SaidBy,
            SaidByName = SaidName,
            SaidAt = SaidAt,
            States = States.Select(s => s.Split(' ')).ToDictionary(s => s[0], s => int.Parse(s[1], System.Globalization.CultureInfo.InvariantCulture), StringComparer.Ordinal),
        };
    }
}
