using System.Text.Json;
using System.Transactions;
using Coordination.Domain.Accounts;
using Coordination.Domain.People;
using Coordination.Domain.Posts;
using Coordination.Storage.Redactions;
using Npgsql;
using NpgsqlTypes;

namespace Coordination.Storage.Accounts;

/// <summary>Commits an account's change: its state row, and all that goes with it, in one transaction.</summary>
public sealed class AccountCommitter(CoordinationDatabase database)
{
    private static readonly TransactionOptions Options = new() { IsolationLevel = IsolationLevel.ReadCommitted, Timeout = TimeSpan.FromSeconds(10) };

    /// <summary>Commits, or throws: then it may or may not have taken, unless the database itself refused.</summary>
    /// <param name="write">Writes the state row in the ambient transaction, and says what goes with it.</param>
    /// <param name="beforeCommit">For tests: what happens between the last statement and the commit.</param>
    /// <exception cref="PostgresException">The database refused; the whole transaction is lost.</exception>
    /// <exception cref="CommitUnconfirmedException">It is there locally, and a failover may lose it.</exception>
    public async Task CommitAsync(Func<Task<AccountCommit>> write, Func<Task>? beforeCommit = null)
    {
        NpgsqlConnection? connection = null;
        WarningEar? ear = null;
        try
        {
            using (var scope = new TransactionScope(TransactionScopeOption.RequiresNew, Options, TransactionScopeAsyncFlowOption.Enabled))
            {
                var commit = await write();

                // It stays open until the transaction has ended, to hear what the server says about the commit itself.
                connection = await database.Main.OpenConnectionAsync();
                ear = new WarningEar(connection);
                var erased = commit.Redaction is null ? null : await ErasedPost.BeginAsync(connection, commit);
                await SendAsync(connection, commit, erased?.Left);
                await (erased?.FinishAsync(connection, commit) ?? Task.CompletedTask);
                await (beforeCommit?.Invoke() ?? Task.CompletedTask);
                scope.Complete();
            }

            ear.Check();
        }
        finally
        {
            ear?.Dispose();
            await (connection?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
    }

    /// <summary>The fingerprint of an operation that took, for certain; null when there is none of that id.</summary>
    /// <exception cref="CommitUnconfirmedException">It is there locally, and a failover may lose it.</exception>
    public async Task<byte[]?> FindOperationAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        await using var command = new NpgsqlCommand("select fingerprint from operation where id = $1", connection);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
        if (await command.ExecuteScalarAsync(cancellationToken) is not byte[] fingerprint)
        {
            return null;
        }

        await StandbyWait.WaitAsync(connection, cancellationToken);
        return fingerprint;
    }

    /// <summary>Returns when what was read of the database so far is certain: no failover loses it.</summary>
    /// <exception cref="NpgsqlException">It is not certain.</exception>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        await StandbyWait.WaitAsync(connection, cancellationToken);
    }

    private static async Task SendAsync(NpgsqlConnection connection, AccountCommit commit, Post? gone)
    {
        await using var command = new NpgsqlCommand("select commit_account($1, $2, $3)", connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = commit.Key.Value });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = commit.Version });
        command.Parameters.Add(new NpgsqlParameter { Value = Render(commit, gone), NpgsqlDbType = NpgsqlDbType.Jsonb });
        await command.ExecuteNonQueryAsync();
    }

    // A post that the state keeps no more has its row all the same.
    private static string Render(AccountCommit commit, Post? gone)
    {
        var state = commit.State;
        var changed = commit.Events.OfType<PostEvent>().Select(e => e.PostId).Distinct().Select(id => state.Find(id) ?? (gone?.Id == id ? gone : null)).OfType<Post>();
        var summary = AccountSummary.Of(state, commit.Version);
        return JsonSerializer.Serialize(
            new
            {
                account = new
                {
                    platform = state.Labels.Platform,
                    kind = state.Labels.Kind.Id(),
                    area = state.Labels.Area,
                    station = state.Labels.Station,
                    department = state.Labels.Department,
                    state.DisplayName,
                    state.Lifecycle,
                    state.Attention,
                    state.Contact,
                    summary.NextPostAt,
                    state.LastPostAt,
                    summary.Scheduled,
                    awaiting = summary.AwaitingPerson,
                    state.Counters.Followers,
                    state.Counters.RemotePosts,
                    state.Counters.Published,
                    countersAt = state.Counters.ReadAt,
                },
                actor = new { commit.Actor.Id, commit.Actor.Name, role = Roles.Id(commit.Actor.Role) },
                operation = commit.Operation is null ? null : new { commit.Operation.Id, fingerprint = Convert.ToHexString(commit.Operation.Fingerprint) },
                guard = commit.Guard ?? [],
                permits = (commit.Permits ?? []).Select(p => new { id = p.PermitId, p.Token, p.Outcome }),
                events = commit.Events.Select(e => new
                {
                    @event = AccountEventNames.NameOf(e),
                    confirms = AccountEventNames.Confirms(e),
                    approves = e is PostApproved,
                    postId = (e as PostEvent)?.PostId,
                    reason = AccountEventNames.ReasonOf(e),
                    payload = JsonSerializer.Serialize(e, StorageJson.Options),
                }),
                receipts = commit.Events.OfType<HoldAcknowledged>().Select(e => e.HoldId),
                held = commit.Events.OfType<PostHeld>().Select(e => new { e.PostId, e.HoldIds }),
                posts = changed.Select(ToRow),
            },
            StorageJson.Options);
    }

    private static Dictionary<string, object?> ToRow(Post post) => new(StringComparer.Ordinal)
    {
        ["id"] = post.Id,
        ["state"] = post.State.Id(),
        ["text"] = post.Text,
        ["due_at"] = post.DueAt,
        ["tolerance_seconds"] = post.Tolerance.TotalSeconds,
        ["poster_id"] = post.PosterId,
        ["poster_name"] = post.PosterName,
        ["revision"] = post.Revision,
        ["attempt"] = post.Attempt,
        ["approved_revision"] = post.Approval?.Revision,
        ["approved_by"] = post.Approval?.ByName,
        ["approved_at"] = post.Approval?.At,
        ["approved_for"] = post.Approval?.HoldIds ?? [],
        ["message_id"] = post.MessageId,
        ["created_at"] = post.CreatedAt,
        ["published_at"] = post.PublishedAt,
        ["remote_id"] = post.RemoteId,
        ["url"] = post.Url,
        ["held_by"] = post.HeldBy,
        ["note"] = post.Note,
        ["removal_asked_at"] = post.Removal?.AskedAt,
        ["removal_asked_by"] = post.Removal?.ByName,
        ["removed_at"] = post.RemovedAt,
        ["about"] = post.About,
        ["review"] = post.Review,
        ["returned"] = post.Return,
    };
}
