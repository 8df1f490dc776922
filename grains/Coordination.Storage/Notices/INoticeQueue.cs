using Coordination.Domain.Notices;

namespace Coordination.Storage.Notices;

/// <summary>A hold of which people are to be told, and of what.</summary>
/// <param name="HoldId">The hold.</param>
/// <param name="Kind">That it was placed, or lifted.</param>
public sealed record DueRound(string HoldId, NoticeKind Kind);

/// <summary>A message that is this host's to send until its lease is over.</summary>
/// <param name="Id">Its id: the same at every attempt.</param>
/// <param name="Lease">The lease's id: what comes of it is told with it.</param>
/// <param name="HoldId">The hold that it is about.</param>
/// <param name="Notice">What goes to whom.</param>
/// <param name="Attempts">How often it was tried before.</param>
public sealed record ClaimedNotice(Guid Id, Guid Lease, string HoldId, Notice Notice, int Attempts);

/// <summary>What came of trying to send a message.</summary>
public enum NoticeOutcome
{
    /// <summary>It was taken.</summary>
    Sent,

    /// <summary>It was refused for good.</summary>
    Failed,

    /// <summary>Nothing went out; another time it may.</summary>
    Later,

    /// <summary>It is not known whether it was taken.</summary>
    Doubt,
}

/// <summary>Messages to people, shared out among all hosts: each round is queued once, each message is one host's at a time.</summary>
public interface INoticeQueue
{
    /// <summary>Notes that there is a mail server. What was before the first time is told to nobody.</summary>
    Task StartAsync(CancellationToken cancellationToken);

    /// <summary>Rounds that are not queued, oldest first, at most some.</summary>
    Task<IReadOnlyList<DueRound>> DueAsync(CancellationToken cancellationToken);

    /// <summary>Queues a round.</summary>
    /// <returns>False when it was queued before: then nothing was added.</returns>
    Task<bool> QueueAsync(DueRound due, NoticeRound round, CancellationToken cancellationToken);

    /// <summary>Takes messages whose time has come, longest due first.</summary>
    /// <param name="most">At most this many.</param>
    /// <param name="lease">For how long nobody else gets them.</param>
    /// <param name="cancellationToken">Stops it.</param>
    Task<IReadOnlyList<ClaimedNotice>> ClaimAsync(int most, TimeSpan lease, CancellationToken cancellationToken);

    /// <summary>Keeps what came of an attempt, with its journal entry where it is the last.</summary>
    /// <param name="notice">The message.</param>
    /// <param name="outcome">What came of it.</param>
    /// <param name="why">Why it did not go, in a few words; null when it did.</param>
    /// <param name="again">In how long it is tried again; null for never.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>Where the message stands; null when its lease was lost and this does not count any more.</returns>
    Task<NoticeState?> SettleAsync(ClaimedNotice notice, NoticeOutcome outcome, string? why, TimeSpan? again, CancellationToken cancellationToken);

    /// <summary>Takes up messages whose host stopped while it sent them: not known whether they went out.</summary>
    /// <returns>How many there were.</returns>
    Task<int> TakeOverAsync(CancellationToken cancellationToken);
}
