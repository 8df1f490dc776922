using Coordination.Domain.People;
using Coordination.Storage.ReadModel;

namespace Coordination.Storage.Incidents;

/// <summary>A message that another system sent, as people look through them.</summary>
public sealed record InboxMessage
{
    /// <summary>Its id: it follows from the bytes.</summary>
    public required Guid Id { get; init; }

    /// <summary>When it first came (UTC).</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>Staff id of who delivered it.</summary>
    public required string ReceivedBy { get; init; }

    /// <summary>What the sender called the bytes.</summary>
    public required string ContentType { get; init; }

    /// <summary>How many bytes it has.</summary>
    public required int Bytes { get; init; }

    /// <summary>Who sent it, by its own word; null when it was not understood.</summary>
    public string? Sender { get; init; }

    /// <summary>Its own identifier.</summary>
    public string? Identifier { get; init; }

    /// <summary>When it was sent, by its own word (UTC).</summary>
    public DateTimeOffset? Sent { get; init; }

    /// <summary>How it is meant to be handled: <c>Actual</c>, <c>Exercise</c>, ...</summary>
    public string? Status { get; init; }

    /// <summary>What it does: <c>Alert</c>, <c>Update</c>, ...</summary>
    public string? MsgType { get; init; }

    /// <summary><c>hold</c>, <c>ask</c>, <c>ignored</c> or <c>refused</c>; null when nothing was decided yet.</summary>
    public string? Decision { get; init; }

    /// <summary>What was decided and why, for people.</summary>
    public string? Reason { get; init; }

    /// <summary>The incident's reference.</summary>
    public string? Incident { get; init; }

    /// <summary>The hold that it placed.</summary>
    public string? HoldId { get; init; }

    /// <summary>Whether that was lifted since.</summary>
    public bool HoldLifted { get; init; }

    /// <summary>Whether it waits for a person.</summary>
    public required bool Open { get; init; }

    /// <summary>What a person said was done about it; null while nobody has.</summary>
    public Settlement? Settled { get; init; }
}

/// <summary>What a person said was done about a message.</summary>
/// <param name="By">Staff id.</param>
/// <param name="ByName">Their name.</param>
/// <param name="At">When (UTC).</param>
/// <param name="Note">What they said.</param>
public sealed record Settlement(string By, string ByName, DateTimeOffset At, string Note);

/// <summary>Who sends messages, and how that goes.</summary>
/// <param name="Id">Staff id of the system's or person's token.</param>
/// <param name="Name">Its name.</param>
/// <param name="LastAt">When the last message came (UTC).</param>
/// <param name="LastDecision">What was decided about that one; null when nothing was yet.</param>
/// <param name="Day">Messages of the last 24 hours.</param>
/// <param name="DayRefused">Those of them that could not be understood, or whose sender is not on the list.</param>
public sealed record IncidentSource(string Id, string Name, DateTimeOffset LastAt, string? LastDecision, int Day, int DayRefused);

/// <summary>The bytes of a message as they came.</summary>
/// <param name="ContentType">What the sender called them.</param>
/// <param name="Body">The bytes.</param>
public sealed record MessageBody(string ContentType, byte[] Body);

/// <summary>What came of a wish to settle a message.</summary>
public enum SettleOutcome
{
    /// <summary>It is settled.</summary>
    Settled,

    /// <summary>It was settled before; that stands.</summary>
    Already,

    /// <summary>There is no such message.</summary>
    Gone,

    /// <summary>Nothing of it was left to a person.</summary>
    NotOpen,
}

/// <summary>The messages that other systems sent, as people look through them.</summary>
public interface IIncidentInbox
{
    /// <summary>Messages, the newest first.</summary>
    /// <param name="open">Only those that wait for a person.</param>
    /// <param name="limit">At most this many.</param>
    /// <param name="cursor">Where the former page ended; null for the first.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    /// <exception cref="BadCursorException">The cursor is none of this list's.</exception>
    Task<Page<InboxMessage>> ListAsync(bool open, int limit, string? cursor, CancellationToken cancellationToken);

    /// <summary>One; null when there is none of that id.</summary>
    Task<InboxMessage?> FindAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Its bytes as they came; null when there is none of that id.</summary>
    Task<MessageBody?> BodyAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>How many wait for a person.</summary>
    Task<int> CountOpenAsync(CancellationToken cancellationToken);

    /// <summary>Who has sent messages in the last 92 days, by name.</summary>
    Task<IReadOnlyList<IncidentSource>> SourcesAsync(CancellationToken cancellationToken);

    /// <summary>Records what a person did about a message. The first to say so is believed.</summary>
    Task<SettleOutcome> SettleAsync(Guid id, string note, Actor actor, CancellationToken cancellationToken);
}
