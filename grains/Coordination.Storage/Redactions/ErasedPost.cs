using System.Text.Json;
using Coordination.Domain.Accounts;
using Coordination.Domain.Media;
using Coordination.Domain.People;
using Coordination.Domain.Posts;
using Coordination.Domain.Redactions;
using Coordination.Domain.Review;
using Coordination.Storage.Accounts;
using Coordination.Storage.Journal;
using Coordination.Storage.Verification;
using Npgsql;

namespace Coordination.Storage.Redactions;

/// <summary>Erases what a post said, within the commit of its account: the state row is locked by then, so nobody else writes the stream.</summary>
internal sealed class ErasedPost
{
    private readonly List<ErasedEntry> _entries = [];
    private readonly HashSet<string> _words = new(StringComparer.Ordinal);
    private readonly HashSet<string> _images = new(StringComparer.Ordinal);

    private ErasedPost()
    {
    }

    /// <summary>What is left of the post, folded from what is left of its entries.</summary>
    public Post? Left { get; private set; }

    /// <summary>Takes the redaction, which must wait for somebody else than who asked, and works out what is left.</summary>
    /// <exception cref="PostgresException">It does not wait, or something stands in the way (WM054).</exception>
    public static async Task<ErasedPost> BeginAsync(NpgsqlConnection connection, AccountCommit commit)
    {
        var wish = commit.Events.OfType<PostRedacted>().Single();
        await using (var begin = new NpgsqlCommand("select begin_redaction($1, $2, $3, $4)", connection))
        {
            begin.Parameters.Add(new NpgsqlParameter<string> { TypedValue = wish.Redaction });
            begin.Parameters.Add(new NpgsqlParameter<string> { TypedValue = commit.Key.Value });
            begin.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = wish.PostId.Value });
            begin.Parameters.Add(new NpgsqlParameter<string> { TypedValue = commit.Actor.Id });
            await begin.ExecuteNonQueryAsync();
        }

        var erased = new ErasedPost();
        var state = AccountState.None;
        foreach (var (row, change) in await ReadAsync(connection, commit.Key, wish.PostId))
        {
            state = AccountFold.Evolve(state, erased.Take(row, change, wish.Redaction));
        }

        erased.Left = AccountFold.Evolve(state, wish).Find(wish.PostId);
        return erased;
    }

    /// <summary>Erases, after the account's own rows are written.</summary>
    public async Task FinishAsync(NpgsqlConnection connection, AccountCommit commit)
    {
        await using var finish = new NpgsqlCommand("select finish_redaction($1, $2, $3, $4, $5, $6, $7)", connection);
        finish.Parameters.Add(new NpgsqlParameter<string> { TypedValue = commit.Redaction! });
        finish.Parameters.Add(new NpgsqlParameter<string> { TypedValue = new ErasedPayload(commit.Redaction!, _entries).ToJson() });
        finish.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. _words] });
        finish.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. _images] });
        foreach (var text in new[] { commit.Actor.Id, commit.Actor.Name, commit.Actor.Role.Id() })
        {
            finish.Parameters.Add(new NpgsqlParameter<string> { TypedValue = text });
        }

        await finish.ExecuteNonQueryAsync();
    }

    // What says nothing in words stays as it is: ids, times, addresses.
    private AccountEvent Take(JournalRow row, AccountEvent change, string redaction)
    {
        if (row.Salt is null)
        {
            return change;
        }

        var left = PostErasure.Of(change, redaction);
        var said = change switch
        {
            PostScheduled e => (e.Text, e.About),
            PostSubmitted e => (e.Text, e.About),
            PostRescheduled e => (e.Text, e.About),
            PostApproved e => (null, e.About),
            PostRetried e => (null, e.About),
            _ => ((string?)null, (PostAbout?)null),
        };
        _words.UnionWith(said.Item1 is null ? [] : [said.Item1]);
        _images.UnionWith((said.Item2?.Images ?? []).Select((PostImage i) => i.Hash));
        if (!string.Equals(Render(left), Render(change), StringComparison.Ordinal))
        {
            _entries.Add(ErasedEntry.Of(row, left));
        }

        return left;
    }

    private static string Render(AccountEvent change) => JsonSerializer.Serialize(change, StorageJson.Options);

    // What an earlier redaction has left of an entry counts as the entry.
    private static async Task<List<(JournalRow Row, AccountEvent Change)>> ReadAsync(NpgsqlConnection connection, AccountKey account, PostId post)
    {
        var left = new Dictionary<long, AccountEvent>();
        await using (var former = new NpgsqlCommand(
            """
            select j.payload from redaction r join journal j on (j.stream, j.event) = ('redaction/' || r.id, 'content-erased')
            where r.post_id = $1 and r.state = 'erased'
            """,
            connection))
        {
            former.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = post.Value });
            await using var reader = await former.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                foreach (var entry in ErasedPayload.Read(reader.GetString(0))?.Entries ?? [])
                {
                    left[entry.Number] = entry.Left!;
                }
            }
        }

        await using var entries = new NpgsqlCommand(
            JournalCursor.Columns + """
                 where stream = $1 and event <> 'permit-issued'
                   and (number = any ($3) or case when payload like '%' || $2 || '%' then payload::jsonb ->> 'postId' = $2 else false end)
                 order by number
                """,
            connection);
        entries.Parameters.Add(new NpgsqlParameter<string> { TypedValue = "account/" + account.Value });
        entries.Parameters.Add(new NpgsqlParameter<string> { TypedValue = post.ToString() });
        entries.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. left.Keys] });
        await using var rows = await entries.ExecuteReaderAsync();
        var found = new List<(JournalRow, AccountEvent)>();
        while (await rows.ReadAsync())
        {
            var row = JournalCursor.Read(rows);
            found.Add((row, row.Payload is null ? left[row.Number] : JsonSerializer.Deserialize<AccountEvent>(row.Payload, StorageJson.Options)!));
        }

        return found;
    }
}
