using System.Text.Json;
using Coordination.Domain.Notices;
using Coordination.Domain.Posts;
using Dapper;

namespace Coordination.Storage.Notices;

/// <inheritdoc cref="INoticeQueue"/>
public sealed class NoticeQueue(CoordinationDatabase database) : INoticeQueue
{
    private const int RoundsAtOnce = 10;
    private const int LongestWhy = 200;

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition("select start_notices()", cancellationToken: cancellationToken));
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<DueRound>> DueAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var rows = (await connection.QueryAsync<(string HoldId, string Kind)>(new CommandDefinition(
            "select hold_id, kind from due_notice_rounds(@most)", new { most = RoundsAtOnce }, cancellationToken: cancellationToken))).AsList();
        if (rows.Count > 0)
        {
            // Nobody is told of a hold that a failover would lose.
            await StandbyWait.WaitAsync(connection, cancellationToken);
        }

        return [.. rows.Select(r => new DueRound(r.HoldId, NoticeIds.ParseKind(r.Kind)))];
    }

    /// <inheritdoc/>
    public async Task<bool> QueueAsync(DueRound due, NoticeRound round, CancellationToken cancellationToken)
    {
        var rows = round.Notices
            .Select((n, i) => new { id = Guid.CreateVersion7(), place = i, address = (string?)n.Address, name = n.Name, subject = (string?)n.Subject, body = (string?)n.Body })
            .Concat(round.Unreachable.Select((name, i) => new
            {
                id = Guid.CreateVersion7(), place = round.Notices.Count + i, address = (string?)null, name, subject = (string?)null, body = (string?)null,
            }));
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<bool>(new CommandDefinition(
            "select queue_notices(@holdId, @kind, @beyond, @notices::jsonb)",
            new { holdId = due.HoldId, kind = due.Kind.Id(), beyond = round.Beyond, notices = JsonSerializer.Serialize(rows) },
            cancellationToken: cancellationToken));
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ClaimedNotice>> ClaimAsync(int most, TimeSpan lease, CancellationToken cancellationToken)
    {
        var id = Guid.NewGuid();
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<(Guid Id, string HoldId, string Address, string Name, string Subject, string Body, int Attempts)>(new CommandDefinition(
            "select id, hold_id, address, name, subject, body, attempts from claim_notices(@id, @lease, @most)",
            new { id, lease, most },
            cancellationToken: cancellationToken));
        return [.. rows.Select(r => new ClaimedNotice(r.Id, id, r.HoldId, new Notice(r.Address, r.Name, r.Subject, r.Body), r.Attempts))];
    }

    /// <inheritdoc/>
    public async Task<NoticeState?> SettleAsync(ClaimedNotice notice, NoticeOutcome outcome, string? why, TimeSpan? again, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var state = await connection.ExecuteScalarAsync<string?>(new CommandDefinition(
            "select settle_notice(@Id, @Lease, @outcome, @why, @again)",
            new
            {
                notice.Id,
                notice.Lease,
                outcome = outcome.ToString().ToLowerInvariant(),
                why = why is null ? null : StorableText.Clean(why, LongestWhy),
                again,
            },
            cancellationToken: cancellationToken));
        return state is null ? null : NoticeIds.ParseState(state);
    }

    /// <inheritdoc/>
    public async Task<int> TakeOverAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var taken = 0;
        while (await connection.ExecuteScalarAsync<bool>(new CommandDefinition("select take_over_notice()", cancellationToken: cancellationToken)))
        {
            taken++;
        }

        return taken;
    }
}
