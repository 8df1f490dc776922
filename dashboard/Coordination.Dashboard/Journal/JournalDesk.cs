using Coordination.Domain;
using Coordination.Domain.People;
using Coordination.Storage.Journal;
using Coordination.Storage.ReadModel;

namespace Coordination.Dashboard.Journal;

/// <summary>A page of the journal, or why there is none.</summary>
/// <param name="Found">The entries, newest first; null when it was refused.</param>
/// <param name="Refusal">Why it was refused; null when it was not.</param>
public sealed record JournalAnswer(Page<JournalEntry>? Found, Refusal? Refusal);

/// <summary>Where the journal is looked up, by the page and the API alike.</summary>
public interface IJournalDesk
{
    /// <summary>Looks entries up, newest first.</summary>
    /// <param name="wish">What is wanted.</param>
    /// <param name="limit">Most entries of a page.</param>
    /// <param name="cursor">Where the former page ended; null for the first.</param>
    /// <param name="actor">Who wants to see it.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <exception cref="BadCursorException">The cursor is none of this list's.</exception>
    Task<JournalAnswer> FindAsync(JournalWish wish, int limit, string? cursor, Actor actor, CancellationToken cancellationToken);
}

/// <inheritdoc/>
public sealed class JournalDesk(IJournalSearch search, IReadingRecord reading) : IJournalDesk
{
    private const int MostPeople = 50;

    /// <inheritdoc/>
    public async Task<JournalAnswer> FindAsync(JournalWish wish, int limit, string? cursor, Actor actor, CancellationToken cancellationToken)
    {
        if (!actor.May(Permission.ReadJournal))
        {
            return new JournalAnswer(null, new Refusal(
                "forbidden", $"{actor.Name} ({actor.Role.Name()}) may not read the journal. Who may: {PermissionMatrix.WhoMayInWords(Permission.ReadJournal)}.", RefusalKind.Forbidden));
        }

        if (wish.Check() is { } unfit)
        {
            return new JournalAnswer(null, unfit);
        }

        var (people, clients) = wish.Person is { Length: > 0 } person ? await PeopleAsync(person.Trim(), cancellationToken) : (null, null);
        if (people is { Count: > MostPeople })
        {
            return new JournalAnswer(null, new Refusal("filter-unknown", $"More than {MostPeople} people are called something with '{wish.Person!.Trim()}'. Nothing was looked for. Write more of the name, or the staff id."));
        }

        // Before anything is shown: the next pages belong to the same look.
        if (cursor is null)
        {
            await reading.RecordAsync(ReadingRecord.JournalRead, wish.Said, actor, cancellationToken);
        }

        return new JournalAnswer(
            await search.FindAsync(
                new JournalQuery
                {
                    Streams = await StreamsAsync(wish, cancellationToken),
                    ActorIds = people,
                    Clients = clients,
                    Events = wish.Event is { Length: > 0 } name ? [name] : null,
                    From = wish.From,
                    To = wish.To,
                },
                limit,
                cursor,
                cancellationToken),
            null);
    }

    // Whoever is called so; else the programs that are, each with who answers for it. Who is on no list any more is found by the id.
    private async Task<(IReadOnlyCollection<string> People, IReadOnlyCollection<string>? Clients)> PeopleAsync(string person, CancellationToken cancellationToken)
    {
        if (string.Equals(person, Actor.System.Id, StringComparison.OrdinalIgnoreCase) || string.Equals(person, Actor.System.Name, StringComparison.OrdinalIgnoreCase))
        {
            return ([Actor.System.Id], null);
        }

        if (await search.PeopleAsync(person, MostPeople + 1, cancellationToken) is { Count: > 0 } found)
        {
            return (found, null);
        }

        var clients = await search.ClientsAsync(person, MostPeople + 1, cancellationToken);
        return clients.Count == 0
            ? ([person], null)
            : ([.. clients.Select(c => c.OwnerId).Distinct(StringComparer.Ordinal)], [.. clients.Select(c => c.Name).Distinct(StringComparer.Ordinal)]);
    }

    // Where several are named, what all of them tell of.
    private async Task<IReadOnlyCollection<string>?> StreamsAsync(JournalWish wish, CancellationToken cancellationToken)
    {
        IEnumerable<string>? streams = null;
        if (wish.Account is { Length: > 0 } account)
        {
            streams = ["account/" + account, "off-system/" + account, "slots/" + account, "sign-in/" + account, "keep/account/" + account];
        }

        if (wish.Hold is { Length: > 0 } hold)
        {
            streams = Both(streams, ["hold/" + hold.Trim(), "notice/" + hold.Trim(), "line/" + hold.Trim()]);
        }

        if (wish.Incident is { Length: > 0 } incident)
        {
            streams = Both(streams, await search.StreamsOfIncidentAsync(incident, cancellationToken));
        }

        return streams?.ToArray();
    }

    private static IEnumerable<string> Both(IEnumerable<string>? one, IReadOnlyList<string> other) => one is null ? other : one.Intersect(other, StringComparer.Ordinal);
}
