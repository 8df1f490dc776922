using System.Text.Json;
using Coordination.Domain.People;
using Dapper;

namespace Coordination.Storage.Journal;

/// <summary>Records who looked at the record, or at evidence. A look that cannot be recorded is not given.</summary>
public interface IReadingRecord
{
    /// <summary>Records it; the same look of the same person within ten minutes once.</summary>
    /// <param name="name">The event: <see cref="ReadingRecord.JournalRead"/>, <see cref="ReadingRecord.EvidenceRead"/> or <see cref="ReadingRecord.SignInsRead"/>.</param>
    /// <param name="what">What was looked at and by which right, as it is to stand in the entry; texts alone.</param>
    /// <param name="actor">Who.</param>
    /// <param name="cancellationToken">Stops it.</param>
    Task RecordAsync(string name, IReadOnlyDictionary<string, string> what, Actor actor, CancellationToken cancellationToken);
}

/// <summary>Keeps it in the journal itself, in a stream for each person.</summary>
public sealed class ReadingRecord(CoordinationDatabase database) : IReadingRecord
{
    /// <summary>The journal was looked up.</summary>
    public const string JournalRead = "journal-read";

    /// <summary>The evidence about a post was looked at.</summary>
    public const string EvidenceRead = "evidence-read";

    /// <summary>The record of sign-ins was looked up.</summary>
    public const string SignInsRead = "sign-ins-read";

    /// <inheritdoc/>
    public async Task RecordAsync(string name, IReadOnlyDictionary<string, string> what, Actor actor, CancellationToken cancellationToken)
    {
        // In one order, so that the same look has the same text.
        var text = JsonSerializer.Serialize(new SortedDictionary<string, string>(what.ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal), StorageJson.Options);
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            "select record_reading(@name, @text, @id, @actorName, @role)",
            new { name, text, id = actor.Id, actorName = actor.Name, role = actor.Role.Id() },
            cancellationToken: cancellationToken));
        await StandbyWait.WaitAsync(connection, cancellationToken);
    }
}
