using System.Text.Json;
using Coordination.Domain.People;
using Dapper;
using Npgsql;

namespace Coordination.Storage.Proofs;

/// <summary>What identifies a proof.</summary>
/// <param name="Sha256">Of its content, as JSON; 64 small hexadecimal digits.</param>
/// <param name="FileSha256">Of the file that was handed out: the same for JSON, another for a print of it.</param>
/// <param name="Format"><c>json</c> or <c>pdf</c>.</param>
public sealed record ProofMark(string Sha256, string FileSha256, string Format);

/// <summary>A proof that somebody took, as the journal has it.</summary>
/// <param name="HoldId">Of which hold.</param>
/// <param name="Number">The entry's number in the hold's stream.</param>
/// <param name="At">When, by the database's clock (UTC).</param>
/// <param name="ById">Staff id of who took it.</param>
/// <param name="ByName">Their name at the time.</param>
/// <param name="ByRole">Their role at the time.</param>
/// <param name="Mark">What identifies it.</param>
public sealed record TakenProof(string HoldId, long Number, DateTimeOffset At, string ById, string ByName, string ByRole, ProofMark Mark);

/// <summary>Keeps, in the journal, which proofs were taken.</summary>
public interface IProofStore
{
    /// <summary>Writes that a proof was taken; null when there is no such hold.</summary>
    Task<TakenProof?> RecordAsync(string holdId, ProofMark mark, Actor actor, CancellationToken cancellationToken);

    /// <summary>The proofs of which a file with this hash is one, newest first; at most <see cref="ProofStore.Most"/>.</summary>
    Task<IReadOnlyList<TakenProof>> FindAsync(string sha256, CancellationToken cancellationToken);
}

/// <summary>Keeps proofs in the stream of their hold.</summary>
public sealed class ProofStore(CoordinationDatabase database) : IProofStore
{
    /// <summary>The entry's name.</summary>
    public const string Event = "proof-taken";

    /// <summary>Most takings told of one file.</summary>
    public const int Most = 50;

    /// <inheritdoc/>
    public async Task<TakenProof?> RecordAsync(string holdId, ProofMark mark, Actor actor, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        await using var command = new NpgsqlCommand("select number, at from record_proof($1, $2, $3, $4, $5)", connection);
        foreach (var text in new[] { holdId, actor.Id, actor.Name, actor.Role.Id(), JsonSerializer.Serialize(mark, StorageJson.Options) })
        {
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = text });
        }

        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) && !reader.IsDBNull(0)
            ? new TakenProof(holdId, reader.GetInt64(0), reader.GetDateTime(1), actor.Id, actor.Name, actor.Role.Id(), mark)
            : null;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<TakenProof>> FindAsync(string sha256, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<Row>(new CommandDefinition(
            """
            select stream, number, at, actor_id as actorid, actor_name as actorname, actor_role as actorrole, payload from journal
            where event = 'proof-taken' and (payload::jsonb ->> 'sha256' = @sha256 or payload::jsonb ->> 'fileSha256' = @sha256)
            order by at desc limit @most
            """,
            new { sha256, most = Most },
            cancellationToken: cancellationToken));
        return [.. rows.Select(r => r.ToProof())];
    }

    private sealed record Row(string Stream, long Number, DateTime At, string ActorId, string ActorName, string ActorRole, string Payload)
    {
        public TakenProof ToProof() => new(
            Stream["hold/".Length..], Number, At, ActorId, ActorName, ActorRole,
            JsonSerializer.Deserialize<ProofMark>(Payload, StorageJson.Options) ?? throw new JsonException("An entry of a proof without a mark."));
    }
}
