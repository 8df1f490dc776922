using Coordination.Domain.Posts;
using Coordination.Domain.Review;
using Dapper;

namespace Coordination.Storage.ReadModel;

/// <summary>Reads which posts correct which.</summary>
public interface ICorrectionReader
{
    /// <summary>A post and those of the same message; empty when there is none of that id.</summary>
    Task<IReadOnlyList<CorrectedPost>> FamilyAsync(PostId post, CancellationToken cancellationToken);

    /// <summary>The ids of the posts that correct a post, the first written first; at most 100.</summary>
    Task<IReadOnlyList<Guid>> OfAsync(PostId post, CancellationToken cancellationToken);
}

/// <inheritdoc cref="ICorrectionReader"/>
public sealed class CorrectionReader(CoordinationDatabase database) : ICorrectionReader
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<CorrectedPost>> FamilyAsync(PostId post, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<(Guid Id, string Account, string State)>(new CommandDefinition(
            """
            select id, account, state from post where id = @id
            union
            select id, account, state from post where message_id = (select message_id from post where id = @id)
            """,
            new { id = post.Value },
            cancellationToken: cancellationToken));
        return [.. rows.Select(r => new CorrectedPost(new PostId(r.Id), r.Account, r.State))];
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Guid>> OfAsync(PostId post, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        return [.. await connection.QueryAsync<Guid>(new CommandDefinition(
            "select id from post where about ->> 'corrects' = @id order by created_at, id limit 100", new { id = post.ToString() }, cancellationToken: cancellationToken))];
    }
}
