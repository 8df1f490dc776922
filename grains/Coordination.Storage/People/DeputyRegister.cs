using System.Text.Json;
using Coordination.Domain.People;
using Dapper;

namespace Coordination.Storage.People;

/// <summary>Deputies in PostgreSQL.</summary>
public sealed class DeputyRegister(CoordinationDatabase database) : IDeputyRegister
{
    private const string Select = """
        select d.id, d.holder_id as holderid, h.name as holdername, d.deputy_id as deputyid, s.name as deputyname, d.starts_at as startsat, d.ends_at as endsat,
               deputy_state(d) as state, d.reason, d.made_by_name as madeby, d.ended_at as endedat, d.ended_by_name as endedby
        from staff_deputy d join staff h on h.id = d.holder_id join staff s on s.id = d.deputy_id
        """;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Deputising>> ListAsync(string staffId, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<Row>(new CommandDefinition(
            Select + " where d.holder_id = @staffId or d.deputy_id = @staffId order by d.made_at desc, d.id limit 100", new { staffId }, cancellationToken: cancellationToken));
        return [.. rows.Select(r => r.ToDeputising())];
    }

    /// <inheritdoc/>
    public async Task<Deputising?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        return (await connection.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(Select + " where d.id = @id", new { id }, cancellationToken: cancellationToken)))?.ToDeputising();
    }

    /// <inheritdoc/>
    public Task<DeputyAnswer> NameAsync(Guid id, DeputyWish wish, Actor actor, CancellationToken cancellationToken) => AskAsync(
        "select name_deputy(@id, @holder, @deputy, @starts::timestamptz, @ends::timestamptz, @actorId, @actorName, @actorRole, @reason)",
        new
        {
            id,
            holder = wish.HolderId,
            deputy = wish.DeputyId,
            starts = StaffTerm.Start(wish.FirstDay)?.UtcDateTime,
            ends = StaffTerm.End(wish.LastDay)?.UtcDateTime,
            actorId = actor.Id,
            actorName = actor.Name,
            actorRole = actor.Role.Id(),
            reason = wish.Reason?.Trim(),
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<DeputyAnswer> EndAsync(Guid id, string reason, Actor actor, CancellationToken cancellationToken) => AskAsync(
        "select end_deputy(@id, @actorId, @actorName, @actorRole, @reason)",
        new { id, actorId = actor.Id, actorName = actor.Name, actorRole = actor.Role.Id(), reason = reason.Trim() },
        cancellationToken);

    private async Task<DeputyAnswer> AskAsync(string sql, object arguments, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var answer = await connection.QuerySingleAsync<string>(new CommandDefinition(sql, arguments, cancellationToken: cancellationToken));
        return answer switch
        {
            "saved" or "ended" => DeputyAnswer.Saved,
            "same" => DeputyAnswer.Same,
            "another" => DeputyAnswer.Another,
            "unknown" => DeputyAnswer.Unknown,
            "own" => DeputyAnswer.Own,
            "actor-gone" => DeputyAnswer.ActorGone,
            "gone" => DeputyAnswer.Gone,
            "over" => DeputyAnswer.Over,
            "twice" => DeputyAnswer.Twice,
            "too-many" => DeputyAnswer.TooMany,
            _ => throw new InvalidOperationException($"The database answered '{answer}'."),
        };
    }

    private sealed record Row(
        Guid Id, string HolderId, string HolderName, string DeputyId, string DeputyName, DateTime StartsAt, DateTime EndsAt,
        string State, string Reason, string MadeBy, DateTime? EndedAt, string? EndedBy)
    {
        public Deputising ToDeputising() => new(
            Id, HolderId, HolderName, DeputyId, DeputyName, StartsAt, EndsAt,
            Enum.TryParse<DeputyState>(State, ignoreCase: true, out var state) ? state : throw new JsonException($"Unknown state '{State}'."),
            Reason, MadeBy, EndedAt, EndedBy);
    }
}
