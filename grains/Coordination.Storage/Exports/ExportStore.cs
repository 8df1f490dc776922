using System.Text.Json;
using Coordination.Domain.People;
using Dapper;
using Npgsql;

namespace Coordination.Storage.Exports;

/// <summary>What an export came to.</summary>
/// <param name="Entries">Entries in it.</param>
/// <param name="Bytes">Length of its files, unpacked.</param>
/// <param name="ManifestSha256">SHA-256 of its manifest, in hexadecimal.</param>
public sealed record ExportEnd(long Entries, long Bytes, string ManifestSha256);

/// <summary>An export that somebody made, as the journal has it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="At">When it was begun (UTC).</param>
/// <param name="By">Who made it.</param>
/// <param name="Reason">What for; null once that was erased.</param>
/// <param name="Asked">What was asked for; null once that was erased.</param>
/// <param name="FinishedAt">When all of it had been sent (UTC); null when it was cut short, or goes on.</param>
/// <param name="End">What it came to; null when it was cut short, or goes on.</param>
public sealed record MadeExport(
    Guid Id, DateTimeOffset At, ExportActor By, string? Reason, ExportAsked? Asked, DateTimeOffset? FinishedAt, ExportEnd? End);

/// <summary>Keeps, in the journal, which exports were made.</summary>
public interface IExportStore
{
    /// <summary>Writes that an export begins.</summary>
    Task BeginAsync(Guid id, ExportQuestion question, string format, string reason, Actor actor, CancellationToken cancellationToken);

    /// <summary>Writes that all of it was sent.</summary>
    Task FinishAsync(Guid id, ExportEnd end, Actor actor, CancellationToken cancellationToken);

    /// <summary>The last exports, newest first.</summary>
    Task<IReadOnlyList<MadeExport>> ListAsync(int limit, CancellationToken cancellationToken);
}

/// <summary>Keeps them in streams of their own.</summary>
public sealed class ExportStore(CoordinationDatabase database) : IExportStore
{
    private const string Prefix = "export/";

    /// <inheritdoc/>
    public async Task BeginAsync(Guid id, ExportQuestion question, string format, string reason, Actor actor, CancellationToken cancellationToken)
    {
        var what = JsonSerializer.Serialize(new Begun(ExportAsked.Of(question), format), StorageJson.Options);
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        await using var command = new NpgsqlCommand("select begin_export($1, $2, $3, $4, $5, $6)", connection);
        Add(command, id, reason, what, actor);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async Task FinishAsync(Guid id, ExportEnd end, Actor actor, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        await using var command = new NpgsqlCommand("select finish_export($1, $2, $3, $4, $5)", connection);
        Add(command, id, null, JsonSerializer.Serialize(end, StorageJson.Options), actor);
        if (await command.ExecuteScalarAsync(cancellationToken) is not true)
        {
            throw new InvalidOperationException("An export cannot end that was not begun, or that has ended.");
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<MadeExport>> ListAsync(int limit, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<Row>(new CommandDefinition(
            """
            select j.stream, j.at, j.actor_id as actorid, j.actor_name as actorname, j.actor_role as actorrole, j.reason, j.payload,
                   f.at as finishedat, f.payload as finished
            from journal j left join journal f on (f.stream, f.number, f.event) = (j.stream, 2, 'export-finished')
            where j.event = 'export-made' order by j.at desc limit @limit
            """,
            new { limit },
            cancellationToken: cancellationToken));
        return [.. rows.Select(r => r.ToExport())];
    }

    private static void Add(NpgsqlCommand command, Guid id, string? reason, string what, Actor actor)
    {
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
        foreach (var text in new[] { reason, what, actor.Id, actor.Name, actor.Role.Id() }.OfType<string>())
        {
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = text });
        }
    }

    private sealed record Begun(ExportAsked Asked, string Format);

    private sealed record Row
    {
        public required string Stream { get; init; }

        public DateTime At { get; init; }

        public required string ActorId { get; init; }

        public required string ActorName { get; init; }

        public required string ActorRole { get; init; }

        public string? Reason { get; init; }

        public string? Payload { get; init; }

        public DateTime? FinishedAt { get; init; }

        public string? Finished { get; init; }

        public MadeExport ToExport() => new(
            Guid.Parse(Stream[Prefix.Length..]), At, new ExportActor(ActorId, ActorName, ActorRole), Reason,
            Payload is null ? null : JsonSerializer.Deserialize<Begun>(Payload, StorageJson.Options)?.Asked,
            FinishedAt,
            Finished is null ? null : JsonSerializer.Deserialize<ExportEnd>(Finished, StorageJson.Options));
    }
}
