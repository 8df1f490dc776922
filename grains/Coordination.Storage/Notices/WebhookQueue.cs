using System.Text.Json;
using Coordination.Domain.Notices;
using Coordination.Domain.Posts;
using Dapper;

namespace Coordination.Storage.Notices;

/// <inheritdoc cref="IWebhookQueue"/>
public sealed class WebhookQueue(CoordinationDatabase database) : IWebhookQueue
{
    private const int EventsAtOnce = 10;
    private const int LongestWhy = 200;

    /// <inheritdoc/>
    public async Task StartAsync(IReadOnlyCollection<string> webhooks, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition("select start_webhooks(@ids)", new { ids = webhooks.ToArray() }, cancellationToken: cancellationToken));
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<DueWebhooks>> DueAsync(IReadOnlyCollection<string> webhooks, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var rows = (await connection.QueryAsync<(string HoldId, string Kind, string[] Webhooks)>(new CommandDefinition(
            "select hold_id, kind, webhooks from due_webhook_events(@ids, @most)",
            new { ids = webhooks.ToArray(), most = EventsAtOnce },
            cancellationToken: cancellationToken))).AsList();
        if (rows.Count > 0)
        {
            // Nobody is told of a hold that a failover would lose.
            await StandbyWait.WaitAsync(connection, cancellationToken);
        }

        return [.. rows.Select(r => new DueWebhooks(r.HoldId, NoticeIds.ParseKind(r.Kind), r.Webhooks))];
    }

    /// <inheritdoc/>
    public async Task<int> QueueAsync(DueWebhooks due, string body, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<int>(new CommandDefinition(
            "select queue_webhooks(@holdId, @kind, @body, @messages::jsonb)",
            new
            {
                holdId = due.HoldId,
                kind = due.Kind.Id(),
                body,
                messages = JsonSerializer.Serialize(due.Webhooks.Select(webhook => new { id = Guid.CreateVersion7(), webhook })),
            },
            cancellationToken: cancellationToken));
    }

    /// <inheritdoc/>
    public async Task<ClaimedWebhook?> ClaimAsync(string webhook, string target, TimeSpan lease, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        while (true)
        {
            var id = Guid.NewGuid();
            var row = await connection.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(
                "select id, hold_id as holdid, state, attempts, body from claim_webhook_message(@webhook, @target, @id, @lease)",
                new { webhook, target, id, lease },
                cancellationToken: cancellationToken));
            if (row is null)
            {
                return null;
            }

            if (WebhookStates.Parse(row.State) == WebhookState.Queued)
            {
                return new ClaimedWebhook(row.Id, id, webhook, row.HoldId, row.Body, row.Attempts);
            }
        }
    }

    /// <inheritdoc/>
    public async Task<WebhookState?> SettleAsync(
        ClaimedWebhook message, string target, WebhookOutcome outcome, string? why, TimeSpan? again, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var state = await connection.ExecuteScalarAsync<string?>(new CommandDefinition(
            "select settle_webhook_message(@Id, @Lease, @outcome, @why, @again, @target)",
            new
            {
                message.Id,
                message.Lease,
                outcome = outcome.ToString().ToLowerInvariant(),
                why = why is null ? null : StorableText.Clean(why, LongestWhy),
                again,
                target,
            },
            cancellationToken: cancellationToken));
        return state is null ? null : WebhookStates.Parse(state);
    }

    private sealed record Row(Guid Id, string HoldId, string State, int Attempts, string Body);
}
