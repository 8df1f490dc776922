using System.Globalization;
using Coordination.Dashboard.Desks;
using Coordination.Domain;
using Coordination.Domain.Accounts;
using Coordination.Domain.Incidents.Reports;
using Coordination.Domain.Posts;

namespace Coordination.Dashboard.Journal;

/// <summary>What somebody wants to see of the journal, as the address or the form has it; what is empty narrows nothing.</summary>
/// <param name="Person">Staff id, or a part of a name; where nobody is called so, of an API client's.</param>
/// <param name="Account">An account's key, such as <c>x/wmfs</c>.</param>
/// <param name="Hold">A hold's id, such as <c>H-000231</c>.</param>
/// <param name="Incident">An incident's number.</param>
/// <param name="Event">An event's name, such as <c>hold-placed</c>.</param>
/// <param name="From">From when on.</param>
/// <param name="To">Before when.</param>
public sealed record JournalWish(string? Person, string? Account, string? Hold, string? Incident, string? Event, DateTimeOffset? From, DateTimeOffset? To)
{
    /// <summary>The longest of the texts, in characters.</summary>
    public const int Longest = 120;

    /// <summary>Nothing in particular.</summary>
    public static JournalWish All { get; } = new(null, null, null, null, null, null, null);

    /// <summary>What was looked for and by which right, for the record of who looked.</summary>
    public IReadOnlyDictionary<string, string> Said => new[]
        {
            ("right", "readJournal"), ("person", Person), ("account", Account), ("hold", Hold), ("incident", Incident), ("event", Event),
            ("from", From?.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture)), ("to", To?.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture)),
        }
        .Where(p => !string.IsNullOrEmpty(p.Item2)).ToDictionary(p => p.Item1, p => p.Item2!, StringComparer.Ordinal);

    /// <summary>What cannot be looked for as it is written; null when all can.</summary>
    public Refusal? Check()
    {
        foreach (var (text, name) in new[] { (Person, "person"), (Account, "account"), (Hold, "hold"), (Incident, "incident"), (Event, "event") })
        {
            if (text is { Length: > Longest } || StorableText.Check(name, [text]) is not null)
            {
                return new Refusal("filter-unknown", $"'{name}' has characters that cannot be looked for, or more than {Longest}. Nothing was looked for.");
            }
        }

        return (Account, Incident, From, To) switch
        {
            ({ Length: > 0 } account, _, _, _) when !AccountKey.TryParse(account, out _) => Unknown.Account(account) with { Kind = RefusalKind.Invalid },
            (_, { Length: > 0 } incident, _, _) when !IncidentReportReader.IsNumber(incident) =>
                new Refusal("filter-unknown", $"'{StorableText.Clean(incident, 60)}' is no incident's number: letters, digits, dots, hyphens, underscores or slashes. Nothing was looked for."),
            (_, _, { } from, { } to) when to <= from => new Refusal("filter-unknown", "The time ends before it begins. Nothing was looked for."),
            _ => null,
        };
    }
}
