using System.Globalization;
using Coordination.Domain;
using Coordination.Domain.People;
using Coordination.Domain.Posts;
using Coordination.Storage.Journal;
using Coordination.Storage.People.Sessions;
using Coordination.Storage.ReadModel;

namespace Coordination.Dashboard.SignIn.Sessions;

/// <summary>What somebody wants to see of the record of sign-ins; what is empty narrows nothing.</summary>
/// <param name="Person">Staff id, or a part of a name.</param>
/// <param name="From">From when on.</param>
/// <param name="To">Before when.</param>
public sealed record SignInWish(string? Person, DateTimeOffset? From, DateTimeOffset? To)
{
    /// <summary>The longest text, in characters.</summary>
    public const int Longest = 120;
}

/// <summary>A page of the record, or why there is none.</summary>
public sealed record SignInRecordAnswer(Page<SignInEntry>? Found, Refusal? Refusal);

/// <summary>Where it is looked up who signed in, was refused and signed out.</summary>
/// <remarks>
/// For who reads the journal (<see cref="Permission.ReadJournal"/>): when a person came and went says more of them than what the directory has, and looking
/// there is monitoring in the sense of order 01/25, section 4. So each look is in the journal, as a look at the journal itself is.
/// </remarks>
public sealed class SignInRecordDesk(ISessionStore store, IJournalSearch people, IReadingRecord reading)
{
    private const int MostPeople = 50;

    /// <summary>Looks it up, newest first.</summary>
    /// <param name="wish">What is wanted.</param>
    /// <param name="limit">Most entries of a page.</param>
    /// <param name="cursor">Where the former page ended; null for the first.</param>
    /// <param name="actor">Who wants to see it.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <exception cref="BadCursorException">The cursor is none of this list's.</exception>
    public async Task<SignInRecordAnswer> FindAsync(SignInWish wish, int limit, string? cursor, Actor actor, CancellationToken cancellationToken)
    {
        if (!actor.May(Permission.ReadJournal))
        {
            return No("forbidden", $"{actor.Name} ({actor.Role.Name()}) may not read the record of sign-ins. Who may: {PermissionMatrix.WhoMayInWords(Permission.ReadJournal)}.", RefusalKind.Forbidden);
        }

        var person = wish.Person?.Trim() ?? "";
        if (person.Length > SignInWish.Longest || StorableText.Check("person", person) is not null)
        {
            return No("filter-unknown", $"The name has characters that cannot be looked for, or more than {SignInWish.Longest}. Nothing was looked for.");
        }

        if (wish is { From: { } from, To: { } to } && to <= from)
        {
            return No("filter-unknown", "The time ends before it begins. Nothing was looked for.");
        }

        IReadOnlyList<string>? ids = person.Length == 0 ? null : await people.PeopleAsync(person, MostPeople + 1, cancellationToken);
        if (ids is { Count: > MostPeople })
        {
            return No("filter-unknown", $"More than {MostPeople} people are called something with '{person}'. Nothing was looked for. Write more of the name, or the staff id.");
        }

        // Before anything is shown: the next pages belong to the same look.
        if (cursor is null)
        {
            await reading.RecordAsync(ReadingRecord.SignInsRead, Said(wish, person), actor, cancellationToken);
        }

        // Who is on no list any more is found by the id.
        var query = new SignInQuery(ids is { Count: 0 } ? [person] : ids, wish.From, wish.To);
        return new SignInRecordAnswer(await store.RecordAsync(query, limit, cursor, cancellationToken), null);
    }

    private static Dictionary<string, string> Said(SignInWish wish, string person)
    {
        var said = new Dictionary<string, string>(StringComparer.Ordinal) { ["right"] = "readJournal" };
        foreach (var (name, text) in new[] { ("person", person), ("from", Text(wish.From)), ("to", Text(wish.To)) })
        {
            if (text.Length > 0)
            {
                said[name] = text;
            }
        }

        return said;
    }

    private static string Text(DateTimeOffset? time) => time?.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture) ?? "";

    private static SignInRecordAnswer No(string code, string reason, RefusalKind kind = RefusalKind.Invalid) => new(null, new Refusal(code, reason, kind));
}
