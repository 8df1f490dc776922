using System.Runtime.CompilerServices;
using Coordination.Storage.Verification;
using Npgsql;

namespace Coordination.Storage.Exports;

/// <summary>How much an export would hold.</summary>
/// <param name="Entries">Entries.</param>
/// <param name="Streams">Streams that they are of.</param>
public sealed record ExportSize(long Entries, long Streams);

/// <summary>Opens the journal for exports.</summary>
public interface IExportSource
{
    /// <summary>The journal as it is at this moment, for one export; null when it has nothing of it. Holds a connection of its own.</summary>
    Task<ExportSource?> OpenAsync(ExportQuestion question, CancellationToken cancellationToken);

    /// <summary>How much an export would hold now.</summary>
    Task<ExportSize> MeasureAsync(ExportQuestion question, CancellationToken cancellationToken);
}

/// <summary>Opens it in a read-only transaction that sees one moment, whatever others write meanwhile.</summary>
public sealed class ExportSources(CoordinationDatabase database) : IExportSource
{
    /// <inheritdoc/>
    public async Task<ExportSource?> OpenAsync(ExportQuestion question, CancellationToken cancellationToken)
    {
        var source = await ExportSource.OpenAsync(database.ConnectionString, question, cancellationToken);
        if (await source.AnyAsync(cancellationToken))
        {
            return source;
        }

        await source.DisposeAsync();
        return null;
    }

    /// <inheritdoc/>
    public async Task<ExportSize> MeasureAsync(ExportQuestion question, CancellationToken cancellationToken)
    {
        await using var source = await ExportSource.OpenAsync(database.ConnectionString, question, cancellationToken);
        return await source.MeasureAsync(cancellationToken);
    }
}

/// <summary>The entries of one export, as of one moment. They can be gone through more than once, and are the same each time.</summary>
public sealed class ExportSource : IAsyncDisposable
{
    // The hash before an entry comes from its stream, whether or not that entry is in the export.
    private const string Columns = """
        select j.stream, j.number, j.at, j.event, j.actor_id, j.actor_name, j.actor_role, j.operation_id, j.fence_seq, j.reason, j.payload, j.salt, j.payload_hash, j.hash,
               (select f.hash from journal f where (f.stream, f.number) = (j.stream, j.number - 1)),
               case when j.salt is null then (select e.redaction from redacted_entry e where (e.stream, e.number) = (j.stream, j.number)) end
        from journal j where
        """;

    private readonly Snapshot _snapshot;
    private readonly string _where;
    private readonly object[] _arguments;

    private ExportSource(Snapshot snapshot, ExportQuestion question, string where, params object[] arguments) =>
        (_snapshot, Question, _where, _arguments) = (snapshot, question, where, arguments);

    /// <summary>What was asked for.</summary>
    public ExportQuestion Question { get; }

    /// <summary>The moment, by the database's clock (UTC).</summary>
    public DateTimeOffset AsOf => _snapshot.AsOf;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _snapshot.DisposeAsync();

    internal static async Task<ExportSource> OpenAsync(string connectionString, ExportQuestion question, CancellationToken cancellationToken)
    {
        var snapshot = await Snapshot.OpenAsync(connectionString, cancellationToken, "coordination-export");
        try
        {
            var (from, to) = (question.From?.UtcDateTime ?? DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Utc), question.To?.UtcDateTime ?? DateTime.SpecifyKind(DateTime.MaxValue, DateTimeKind.Utc));
            return question.Kind switch
            {
                ExportKind.Period => new ExportSource(snapshot, question, "j.at >= $1 and j.at < $2", from, to),
                ExportKind.Person => new ExportSource(snapshot, question, "j.at >= $1 and j.at < $2 and j.actor_id = $3" + Person(question.Key!), from, to, question.Key!),
                _ => new ExportSource(
                    snapshot, question, "j.at >= $1 and j.at < $2 and j.stream = any ($3)", from, to, (await ExportStreams.OfAsync(snapshot, question, cancellationToken)).ToArray()),
            };
        }
        catch
        {
            await snapshot.DisposeAsync();
            throw;
        }
    }

    internal async Task<bool> AnyAsync(CancellationToken cancellationToken) =>
        (await _snapshot.ListAsync($"select exists (select from journal j where {_where})", r => r.GetBoolean(0), cancellationToken, _arguments))[0];

    internal async Task<ExportSize> MeasureAsync(CancellationToken cancellationToken) => (await _snapshot.ListAsync(
        $"select count(*), count(distinct j.stream) from journal j where {_where}", r => new ExportSize(r.GetInt64(0), r.GetInt64(1)), cancellationToken, _arguments))[0];

    /// <summary>Every entry, stream by stream.</summary>
    /// <param name="name">A name for this going through, of letters.</param>
    /// <param name="cancellationToken">Ends it.</param>
    internal async IAsyncEnumerable<ExportLine> EntriesAsync(string name, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var rows = _snapshot.CursorAsync($"export_{name}", $"{Columns} {_where} order by j.stream, j.number", Read, cancellationToken, _arguments);
        await foreach (var line in rows.WithCancellation(cancellationToken))
        {
            yield return line;
        }
    }

    // No person has the service's role. With these words the index by person serves (0046_journal_search.sql).
    private static string Person(string id) => string.Equals(id, Domain.People.Actor.System.Id, StringComparison.Ordinal) ? "" : " and j.actor_role <> 'system'";

    private static ExportLine Read(NpgsqlDataReader r) => ExportLine.Of(JournalCursor.Read(r), r.IsDBNull(14) ? null : r.GetFieldValue<byte[]>(14), r.IsDBNull(15) ? null : r.GetString(15));
}
