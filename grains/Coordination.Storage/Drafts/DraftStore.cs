using System.Text.Json;
using Coordination.Domain.Accounts;
using Coordination.Domain.Drafts;
using Coordination.Domain.People;
using Coordination.Domain.Review;
using Dapper;

namespace Coordination.Storage.Drafts;

/// <summary>Keeps them in the database.</summary>
public sealed class DraftStore(CoordinationDatabase database) : IDraftStore
{
    private const string Select = """
        select id, revision, text, accounts, due_at as dueat, about::text as about, variants::text as variants, line, plan::text as plan, writer_id as writerid, writer_name as writername,
               saved_by as savedby, saved_by_name as savedbyname, saved_at as savedat
        from draft
        """;

    /// <inheritdoc/>
    public Task<IReadOnlyList<Draft>> OfWriterAsync(string writerId, int limit, CancellationToken cancellationToken) =>
        ListAsync(Select + " where writer_id = @writerId order by saved_at desc limit @limit", new { writerId, limit }, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Draft>> OfOthersAsync(string writerId, int limit, CancellationToken cancellationToken) =>
        ListAsync(Select + " where writer_id <> @writerId and cardinality(accounts) > 0 order by saved_at desc limit @limit", new { writerId, limit }, cancellationToken);

    /// <inheritdoc/>
    public async Task<Draft?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        if (await connection.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(Select + " where id = @id", new { id }, cancellationToken: cancellationToken)) is not { } row)
        {
            return null;
        }

        var former = await connection.QueryAsync<(string Text, string ByName, DateTime At)>(new CommandDefinition(
            "select text, saved_by_name, saved_at from draft_former where draft_id = @id order by revision desc", new { id }, cancellationToken: cancellationToken));
        return row.ToDraft() with { Former = [.. former.Select(f => new FormerWords(f.Text, f.ByName, f.At))] };
    }

    /// <inheritdoc/>
    public async Task<DraftAnswer> SaveAsync(Guid id, int revision, DraftContent content, Actor actor, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var answer = await connection.QuerySingleAsync<string>(new CommandDefinition(
            "select save_draft(@id, @revision, @text, @accounts, @dueAt::timestamptz, @about::jsonb, @variants::jsonb, @line, @plan::jsonb, @actorId, @actorName, @most)",
            new
            {
                id,
                revision,
                text = content.Text,
                accounts = content.Accounts.Select(a => a.Value).ToArray(),
                dueAt = content.DueAt?.UtcDateTime,
                about = JsonSerializer.Serialize(content.About, StorageJson.Options),
                variants = JsonSerializer.Serialize(content.Variants, StorageJson.Options),
                line = content.Line,
                plan = JsonSerializer.Serialize(content.Plan, StorageJson.Options),
                actorId = actor.Id,
                actorName = actor.Name,
                most = DraftRules.Most,
            },
            cancellationToken: cancellationToken));
        await StandbyWait.WaitAsync(connection, cancellationToken);
        return answer switch
        {
            "saved" => DraftAnswer.Saved,
            "changed" => DraftAnswer.Changed,
            "gone" => DraftAnswer.Gone,
            "too-many" => DraftAnswer.TooMany,
            _ => throw new InvalidOperationException($"The database answers '{answer}' about a draft."),
        };
    }

    /// <inheritdoc/>
    public async Task<bool> DiscardAsync(Guid id, int revision, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition("delete from draft where id = @id and revision = @revision", new { id, revision }, cancellationToken: cancellationToken));
        var gone = !await connection.ExecuteScalarAsync<bool>(new CommandDefinition("select exists (select from draft where id = @id)", new { id }, cancellationToken: cancellationToken));
        await StandbyWait.WaitAsync(connection, cancellationToken);
        return gone;
    }

    private async Task<IReadOnlyList<Draft>> ListAsync(string sql, object arguments, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        return [.. (await connection.QueryAsync<Row>(new CommandDefinition(sql, arguments, cancellationToken: cancellationToken))).Select(r => r.ToDraft())];
    }

    private sealed record Row
    {
        public Guid Id { get; init; }

        public int Revision { get; init; }

        public required string Text { get; init; }

        public string[] Accounts { get; init; } = [];

        public DateTime? DueAt { get; init; }

        public required string About { get; init; }

        public required string Variants { get; init; }

        public string? Line { get; init; }

        public required string Plan { get; init; }

        public required string WriterId { get; init; }

        public required string WriterName { get; init; }

        public required string SavedBy { get; init; }

        public required string SavedByName { get; init; }

        public DateTime SavedAt { get; init; }

        public Draft ToDraft() => new()
        {
            Id = Id,
            Revision = Revision,
            Content = new DraftContent(Text, [.. Accounts.Select(AccountKey.Parse)], DueAt, JsonSerializer.Deserialize<PostAbout>(About, StorageJson.Options) ?? PostAbout.Nothing)
            {
                Variants = JsonSerializer.Deserialize<Dictionary<string, string>>(Variants, StorageJson.Options) ?? [],
                Line = Line,
                Plan = JsonSerializer.Deserialize<DraftPlan>(Plan, StorageJson.Options) ?? DraftPlan.Usual,
            },
            WriterId = WriterId,
            WriterName = WriterName,
            SavedById = SavedBy,
            SavedByName = SavedByName,
            SavedAt = SavedAt,
        };
    }
}
