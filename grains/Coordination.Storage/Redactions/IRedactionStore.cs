using Coordination.Domain;
using Coordination.Domain.People;
using Coordination.Domain.Redactions;

namespace Coordination.Storage.Redactions;

/// <summary>Where a redaction stands.</summary>
public enum RedactionState
{
    /// <summary>It waits for a second person.</summary>
    Asked,

    /// <summary>The content is gone.</summary>
    Erased,

    /// <summary>It was declined, or taken back by who asked.</summary>
    Declined,
}

/// <summary>A redaction: who asked, on which ground, and what became of it.</summary>
/// <param name="Id">Its id, such as <c>R-000012</c>.</param>
/// <param name="Target">What is erased.</param>
/// <param name="Ground">The legal ground.</param>
/// <param name="Reason">Why, as the asker said it.</param>
/// <param name="AskedAt">When it was asked for (UTC).</param>
/// <param name="AskedBy">Staff id of who asked.</param>
/// <param name="AskedByName">Their name at the time.</param>
/// <param name="State">Where it stands.</param>
/// <param name="DecidedAt">When it was confirmed, declined or taken back (UTC); null while it waits.</param>
/// <param name="DecidedByName">By whom; null while it waits.</param>
/// <param name="Words">Why it was declined; null otherwise.</param>
/// <param name="Entries">Of how many entries the content went; null while none did.</param>
public sealed record Redaction(
    string Id, RedactionTarget Target, RedactionGround Ground, string Reason, DateTimeOffset AskedAt, string AskedBy, string AskedByName,
    RedactionState State, DateTimeOffset? DecidedAt, string? DecidedByName, string? Words, int? Entries);

/// <summary>What became of the wish to erase something.</summary>
/// <param name="Redaction">The redaction as it is now; null when there is none.</param>
/// <param name="Refusal">Why nothing changed; null when it did.</param>
public sealed record RedactionAnswer(Redaction? Redaction, Refusal? Refusal);

/// <summary>Keeps redactions. Posts are erased by their account's grain; this one erases single entries.</summary>
public interface IRedactionStore
{
    /// <summary>Writes that somebody asks. Nothing is erased by it.</summary>
    Task<RedactionAnswer> AskAsync(RedactionWish wish, Actor actor, CancellationToken cancellationToken);

    /// <summary>Declines it, or takes it back.</summary>
    Task<RedactionAnswer> DeclineAsync(string id, string words, Actor actor, CancellationToken cancellationToken);

    /// <summary>Erases the content of an entry that has no state beside it; of a message about an incident, all that was written of it.</summary>
    Task<RedactionAnswer> EraseEntryAsync(string id, Actor actor, CancellationToken cancellationToken);

    /// <summary>One redaction; null when there is none.</summary>
    Task<Redaction?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>Those that wait, and the last ones that came to an end; newest first.</summary>
    Task<IReadOnlyList<Redaction>> ListAsync(int limit, CancellationToken cancellationToken);

    /// <summary>Those of one post, newest first.</summary>
    Task<IReadOnlyList<Redaction>> OfPostAsync(Guid post, CancellationToken cancellationToken);

    /// <summary>Which redaction erased which of these entries.</summary>
    Task<IReadOnlyDictionary<(string Stream, long Number), Redaction>> OfEntriesAsync(IReadOnlyCollection<(string Stream, long Number)> entries, CancellationToken cancellationToken);
}
