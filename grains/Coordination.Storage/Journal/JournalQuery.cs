namespace Coordination.Storage.Journal;

/// <summary>What is looked for in the journal; what is null or left out narrows nothing.</summary>
public sealed record JournalQuery
{
    /// <summary>The streams to look in; null for all.</summary>
    public IReadOnlyCollection<string>? Streams { get; init; }

    /// <summary>Staff ids of those who did it; null for anybody.</summary>
    public IReadOnlyCollection<string>? ActorIds { get; init; }

    /// <summary>Names of API clients through which they did it; null for whatever way.</summary>
    public IReadOnlyCollection<string>? Clients { get; init; }

    /// <summary>Names of events; null for any.</summary>
    public IReadOnlyCollection<string>? Events { get; init; }

    /// <summary>From when on (UTC); null for the beginning.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Before when (UTC); null for no end.</summary>
    public DateTimeOffset? To { get; init; }
}

/// <summary>Looks entries up.</summary>
public interface IJournalSearch
{
    /// <summary>The entries that fit, newest first, in pages.</summary>
    /// <param name="query">What is looked for.</param>
    /// <param name="limit">Most entries of a page.</param>
    /// <param name="cursor">Where the former page ended; null for the first.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    /// <exception cref="ReadModel.BadCursorException">The cursor is none of this list's.</exception>
    Task<ReadModel.Page<JournalEntry>> FindAsync(JournalQuery query, int limit, string? cursor, CancellationToken cancellationToken);

    /// <summary>The streams that tell of an incident: its file, its messages, its holds with who was told of them.</summary>
    Task<IReadOnlyList<string>> StreamsOfIncidentAsync(string number, CancellationToken cancellationToken);

    /// <summary>Staff ids of those with this id, or with these words in their name; also of those who have left.</summary>
    /// <param name="words">Id, or a part of the name.</param>
    /// <param name="most">Most of them.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    Task<IReadOnlyList<string>> PeopleAsync(string words, int most, CancellationToken cancellationToken);

    /// <summary>API clients with these words in their name, with the staff ids of who answers for them; also of those that were ended.</summary>
    /// <param name="words">A part of the name.</param>
    /// <param name="most">Most of them.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    Task<IReadOnlyList<(string Name, string OwnerId)>> ClientsAsync(string words, int most, CancellationToken cancellationToken);
}
