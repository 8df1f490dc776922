using Coordination.Domain.Notices;

namespace Coordination.Storage.Notices;

/// <summary>Something that happened to a hold, of which some webhooks were not told.</summary>
/// <param name="HoldId">The hold.</param>
/// <param name="Kind">That it was placed, or lifted.</param>
/// <param name="Webhooks">The webhooks' ids.</param>
public sealed record DueWebhooks(string HoldId, NoticeKind Kind, IReadOnlyList<string> Webhooks);

/// <summary>A message to a webhook that is this host's to send until its lease is over.</summary>
/// <param name="Id">Its id: the same at every attempt.</param>
/// <param name="Lease">The lease's id: what comes of it is told with it.</param>
/// <param name="Webhook">The webhook's id.</param>
/// <param name="HoldId">The hold that it is about.</param>
/// <param name="Body">What is sent: the same at every attempt.</param>
/// <param name="Attempts">How often it was tried, this time included.</param>
public sealed record ClaimedWebhook(Guid Id, Guid Lease, string Webhook, string HoldId, string Body, int Attempts);

/// <summary>What came of trying to send a message to a webhook.</summary>
public enum WebhookOutcome
{
    /// <summary>The receiver took it.</summary>
    Sent,

    /// <summary>It did not, or it is not known whether it did: it knows a repeat by its id.</summary>
    Later,

    /// <summary>The receiver is gone for good.</summary>
    Gone,
}

/// <summary>Messages to webhooks, shared out among all hosts: each is queued once, and is one host's at a time.</summary>
public interface IWebhookQueue
{
    /// <summary>Notes which webhooks there are. A webhook is told nothing of what was before it was first noted.</summary>
    Task StartAsync(IReadOnlyCollection<string> webhooks, CancellationToken cancellationToken);

    /// <summary>What webhooks were not told, oldest first, at most some.</summary>
    Task<IReadOnlyList<DueWebhooks>> DueAsync(IReadOnlyCollection<string> webhooks, CancellationToken cancellationToken);

    /// <summary>Queues a message for each of the webhooks that has none yet.</summary>
    /// <returns>How many were added.</returns>
    Task<int> QueueAsync(DueWebhooks due, string body, CancellationToken cancellationToken);

    /// <summary>Takes the webhook's next message whose time has come; ends those that are not to be sent any more.</summary>
    /// <param name="webhook">The webhook's id.</param>
    /// <param name="target">The digest of its address: one that said that it is gone gets nothing more.</param>
    /// <param name="lease">For how long nobody else gets the message.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Null when there is nothing to send now.</returns>
    Task<ClaimedWebhook?> ClaimAsync(string webhook, string target, TimeSpan lease, CancellationToken cancellationToken);

    /// <summary>Keeps what came of an attempt, with its journal entry where it is the last.</summary>
    /// <param name="message">The message.</param>
    /// <param name="target">The digest of the address that it was sent to.</param>
    /// <param name="outcome">What came of it.</param>
    /// <param name="why">Why it was not taken, in a few words; null when it was.</param>
    /// <param name="again">In how long it is tried again; null for never.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>Where the message stands; null when its lease was lost and this does not count any more.</returns>
    Task<WebhookState?> SettleAsync(ClaimedWebhook message, string target, WebhookOutcome outcome, string? why, TimeSpan? again, CancellationToken cancellationToken);
}
