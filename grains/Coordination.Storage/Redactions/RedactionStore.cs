using Coordination.Domain;
using Coordination.Domain.Accounts;
using Coordination.Domain.People;
using Coordination.Domain.Posts;
using Coordination.Domain.Redactions;
using Coordination.Storage.Fence;
using Coordination.Storage.Journal;
using Coordination.Storage.Verification;
using Dapper;
using Npgsql;

namespace Coordination.Storage.Redactions;

/// <summary>Keeps them in PostgreSQL.</summary>
public sealed class RedactionStore(CoordinationDatabase database) : IRedactionStore
{
    private const string Columns = """
        select r.id, r.account, r.post_id as postid, r.stream, r.number, r.ground, r.reason, r.asked_at as askedat, r.asked_by as askedby, r.asked_by_name as askedbyname,
               r.state, r.decided_at as decidedat, r.decided_by_name as decidedbyname, r.words, r.entries
        from redaction r
        """;

    /// <inheritdoc/>
    public async Task<RedactionAnswer> AskAsync(RedactionWish wish, Actor actor, CancellationToken cancellationToken)
    {
        if (RedactionRules.Ask(wish, actor) is { } refusal)
        {
            return new RedactionAnswer(null, refusal);
        }

        var (post, entry) = (wish.Target as RedactionTarget.Post, wish.Target as RedactionTarget.Entry);
        var answer = await CallAsync(
            "select ask_redaction(@account, @post::uuid, @stream, @number::bigint, @ground, @reason, @actor, @name, @role)",
            new
            {
                account = post?.Account.Value, post = post?.Id.Value, stream = entry?.Stream, number = entry?.Number, ground = wish.Ground.Id(), reason = wish.Reason!.Trim(),
                actor = actor.Id, name = actor.Name, role = actor.Role.Id(),
            },
            cancellationToken);
        return answer.StartsWith("R-", StringComparison.Ordinal)
            ? new RedactionAnswer(await FindAsync(answer, cancellationToken), null)
            : new RedactionAnswer(null, RedactionRefusals.Of(answer));
    }

    /// <inheritdoc/>
    public async Task<RedactionAnswer> DeclineAsync(string id, string words, Actor actor, CancellationToken cancellationToken)
    {
        if (await CheckAsync(id, confirms: false, actor, cancellationToken) is { } refusal)
        {
            return new RedactionAnswer(null, refusal);
        }

        var answer = await CallAsync("select decline_redaction(@id, @words, @actor, @name, @role)", new { id, words, actor = actor.Id, name = actor.Name, role = actor.Role.Id() }, cancellationToken);
        return answer is "declined" ? new RedactionAnswer(await FindAsync(id, cancellationToken), null) : new RedactionAnswer(null, RedactionRefusals.Of(answer));
    }

    /// <inheritdoc/>
    public async Task<RedactionAnswer> EraseEntryAsync(string id, Actor actor, CancellationToken cancellationToken)
    {
        if (await CheckAsync(id, confirms: true, actor, cancellationToken) is { } refusal)
        {
            return new RedactionAnswer(null, refusal);
        }

        try
        {
            await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
            await using (var transaction = await connection.BeginTransactionAsync(cancellationToken))
            {
                await connection.ExecuteAsync(new CommandDefinition("select begin_redaction(@id, null, null, @actor)", new { id, actor = actor.Id }, transaction, cancellationToken: cancellationToken));
                var rows = await RowsAsync(connection, id, cancellationToken);
                var payload = new ErasedPayload(id, [.. rows.Select(r => ErasedEntry.Of(r))]).ToJson();
                await connection.ExecuteAsync(new CommandDefinition(
                    "select finish_redaction(@id, @payload, '{}', '{}', @actor, @name, @role)",
                    new { id, payload, actor = actor.Id, name = actor.Name, role = actor.Role.Id() },
                    transaction,
                    cancellationToken: cancellationToken));
                await transaction.CommitAsync(cancellationToken);
            }

            await StandbyWait.WaitAsync(connection, cancellationToken);
        }
        catch (PostgresException refused) when (FenceRefusals.Find(refused) is { } why)
        {
            return new RedactionAnswer(null, why);
        }

        return new RedactionAnswer(await FindAsync(id, cancellationToken), null);
    }

    /// <inheritdoc/>
    public async Task<Redaction?> FindAsync(string id, CancellationToken cancellationToken) =>
        (await QueryAsync(" where r.id = @id", new { id }, cancellationToken)).SingleOrDefault();

    /// <inheritdoc/>
    public Task<IReadOnlyList<Redaction>> ListAsync(int limit, CancellationToken cancellationToken) =>
        QueryAsync(" order by r.state = 'asked' desc, r.asked_at desc, r.id desc limit @limit", new { limit }, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Redaction>> OfPostAsync(Guid post, CancellationToken cancellationToken) =>
        QueryAsync(" where r.post_id = @post order by r.asked_at desc, r.id desc", new { post }, cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<(string Stream, long Number), Redaction>> OfEntriesAsync(IReadOnlyCollection<(string Stream, long Number)> entries, CancellationToken cancellationToken)
    {
        if (entries.Count == 0)
        {
            return new Dictionary<(string, long), Redaction>();
        }

        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var found = (await connection.QueryAsync<(string Stream, long Number, string Redaction)>(new CommandDefinition(
            "select e.stream, e.number, e.redaction from redacted_entry e join unnest(@streams, @numbers) as w(stream, number) on (w.stream, w.number) = (e.stream, e.number)",
            new { streams = entries.Select(e => e.Stream).ToArray(), numbers = entries.Select(e => e.Number).ToArray() },
            cancellationToken: cancellationToken))).ToList();
        var redactions = (await QueryAsync(" where r.id = any (@ids)", new { ids = found.Select(f => f.Redaction).Distinct(StringComparer.Ordinal).ToArray() }, cancellationToken)).ToDictionary(r => r.Id, StringComparer.Ordinal);
        return found.ToDictionary(f => (f.Stream, f.Number), f => redactions[f.Redaction]);
    }

    private async Task<Refusal?> CheckAsync(string id, bool confirms, Actor actor, CancellationToken cancellationToken) =>
        await FindAsync(id, cancellationToken) is { } known ? RedactionRules.Answer(known.AskedBy, confirms, actor) : RedactionRefusals.Of("redaction-unknown");

    private static async Task<List<JournalRow>> RowsAsync(NpgsqlConnection connection, string id, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            JournalCursor.Columns + """
                 where salt is not null
                   and (stream, number) in (select j.stream, j.number from redaction r join journal j on j.stream = r.stream and (j.number = r.number or r.stream like 'incident/%') where r.id = $1)
                 order by number
                """,
            connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = id });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<JournalRow>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(JournalCursor.Read(reader));
        }

        return rows;
    }

    private async Task<string> CallAsync(string sql, object arguments, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var answer = await connection.ExecuteScalarAsync<string>(new CommandDefinition(sql, arguments, cancellationToken: cancellationToken));
        await StandbyWait.WaitAsync(connection, cancellationToken);
        return answer!;
    }

    private async Task<IReadOnlyList<Redaction>> QueryAsync(string condition, object arguments, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        return [.. (await connection.QueryAsync<Row>(new CommandDefinition(Columns + condition, arguments, cancellationToken: cancellationToken))).Select(r => r.ToRedaction())];
    }

    private sealed record Row
    {
        public required string Id { get; init; }

        public string? Account { get; init; }

        public Guid? PostId { get; init; }

        public string? Stream { get; init; }

        public long? Number { get; init; }

        public required string Ground { get; init; }

        public required string Reason { get; init; }

        public DateTime AskedAt { get; init; }

        public required string AskedBy { get; init; }

        public required string AskedByName { get; init; }

        public required string State { get; init; }

        public DateTime? DecidedAt { get; init; }

        public string? DecidedByName { get; init; }

        public string? Words { get; init; }

        public int? Entries { get; init; }

        public Redaction ToRedaction() => new(
            Id,
            PostId is { } post ? new RedactionTarget.Post(AccountKey.Parse(Account!), new PostId(post)) : new RedactionTarget.Entry(Stream!, Number!.Value),
            RedactionGrounds.TryParse(Ground, out var ground) ? ground : throw new InvalidOperationException($"No such ground: {Ground}."),
            Reason,
            AskedAt,
            AskedBy,
            AskedByName,
            Enum.Parse<RedactionState>(State, ignoreCase: true),
            DecidedAt,
            DecidedByName,
            Words,
            Entries);
    }
}
