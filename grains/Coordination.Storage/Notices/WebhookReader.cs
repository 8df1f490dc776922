using Coordination.Domain.Notices;
using Dapper;

namespace Coordination.Storage.Notices;

/// <summary>Where the message to one webhook about one thing that happened to a hold is.</summary>
/// <param name="Kind">That the hold was placed, or lifted.</param>
/// <param name="Webhook">The webhook's id.</param>
/// <param name="State">Where it is.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="NextAt">When it is tried next (UTC); null when it is not.</param>
/// <param name="SentAt">When the receiver took it (UTC); null when it did not.</param>
/// <param name="Why">Why the last attempt did not go, in a few words.</param>
public sealed record WebhookRow(NoticeKind Kind, string Webhook, WebhookState State, int Attempts, DateTimeOffset? NextAt, DateTimeOffset? SentAt, string? Why);

/// <summary>Reads what became of the messages to webhooks. Their words are not among it.</summary>
public interface IWebhookReader
{
    /// <summary>The messages about a hold, in the order it happened, then by the webhook's id.</summary>
    Task<IReadOnlyList<WebhookRow>> OfHoldAsync(string holdId, CancellationToken cancellationToken);
}

/// <inheritdoc cref="IWebhookReader"/>
public sealed class WebhookReader(CoordinationDatabase database) : IWebhookReader
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<WebhookRow>> OfHoldAsync(string holdId, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<(string Kind, string Webhook, string State, int Attempts, DateTime? NextAt, DateTime? SentAt, string? Why)>(new CommandDefinition(
            """
            select kind, webhook, state, attempts, case when state = 'queued' then next_at end, sent_at, last_error
            from webhook_message
            where hold_id = @holdId
            order by kind desc, webhook collate "C"
            """,
            new { holdId },
            cancellationToken: cancellationToken));
        return [.. rows.Select(r => new WebhookRow(NoticeIds.ParseKind(r.Kind), r.Webhook, WebhookStates.Parse(r.State), r.Attempts, r.NextAt, r.SentAt, r.Why))];
    }
}
