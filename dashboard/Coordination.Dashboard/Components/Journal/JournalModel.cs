using Coordination.Dashboard.Components.Kit;
using Coordination.Dashboard.Journal;
using Coordination.Domain.People;
using Coordination.Storage.Journal;

namespace Coordination.Dashboard.Components.Journal;

/// <summary>What is looked for in the journal, as fields hold it, and what was found.</summary>
public sealed class JournalModel(IJournalDesk desk)
{
    private const int PerPage = 50;
    private JournalWish _wish = JournalWish.All;
    private string? _next;

    /// <summary>Staff id or a part of a name.</summary>
    public string Person { get; set; } = "";

    /// <summary>An account's key.</summary>
    public string Account { get; set; } = "";

    /// <summary>A hold's id.</summary>
    public string Hold { get; set; } = "";

    /// <summary>An incident's number.</summary>
    public string Incident { get; set; } = "";

    /// <summary>An event's name; empty for any.</summary>
    public string Event { get; set; } = "";

    /// <summary>From when on, as the field holds it.</summary>
    public string From { get; set; } = "";

    /// <summary>Before when, as the field holds it.</summary>
    public string To { get; set; } = "";

    /// <summary>What was found, newest first; null before anything was.</summary>
    public List<JournalEntry>? Entries { get; private set; }

    /// <summary>Whether there is more.</summary>
    public bool More => _next is not null;

    /// <summary>Why nothing was looked for; null when it was.</summary>
    public string? Refused { get; private set; }

    /// <summary>Whether the database did not answer.</summary>
    public bool Problem { get; private set; }

    /// <summary>Whether it is being looked for.</summary>
    public bool Busy { get; private set; }

    /// <summary>The events to choose from, in words.</summary>
    public static IReadOnlyList<Option> Events { get; } =
        [new("", "Anything"), .. JournalSentence.Known.Select(e => new Option(e, JournalWords.Of(e))).OrderBy(o => o.Name, StringComparer.OrdinalIgnoreCase)];

    /// <summary>The page's address for what the fields say.</summary>
    public string Address
    {
        get
        {
            var parts = new[] { ("person", Person), ("account", Account), ("hold", Hold), ("incident", Incident), ("event", Event), ("from", From), ("to", To) }
                .Where(p => !string.IsNullOrWhiteSpace(p.Item2)).Select(p => $"{p.Item1}={Uri.EscapeDataString(p.Item2.Trim())}");
            return string.Join('&', parts) is { Length: > 0 } query ? "/journal?" + query : "/journal";
        }
    }

    /// <summary>Looks for what the fields say.</summary>
    public Task FindAsync(Actor actor, CancellationToken cancellationToken)
    {
        (Entries, _next, Refused) = (null, null, null);
        if ((From.Length > 0 && !UkTime.TryParse(From, out _)) || (To.Length > 0 && !UkTime.TryParse(To, out _)))
        {
            Refused = "A time cannot be read. Nothing was looked for.";
            return Task.CompletedTask;
        }

        _wish = new JournalWish(
            Person.Trim(), Account.Trim(), Hold.Trim(), Incident.Trim(), Event, UkTime.TryParse(From, out var from) ? from : null, UkTime.TryParse(To, out var to) ? to : null);
        return ReadAsync(actor, cancellationToken);
    }

    /// <summary>Looks for what comes after that.</summary>
    public Task MoreAsync(Actor actor, CancellationToken cancellationToken) => ReadAsync(actor, cancellationToken);

    private async Task ReadAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (Busy)
        {
            return;
        }

        Busy = true;
        try
        {
            var answer = await desk.FindAsync(_wish, PerPage, _next, actor, cancellationToken);
            (Refused, Problem) = (answer.Refusal?.Reason, false);
            if (answer.Found is { } page)
            {
                (Entries, _next) = ([.. Entries ?? [], .. page.Items], page.Next);
            }
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            Problem = true;
        }
        finally
        {
            Busy = false;
        }
    }
}
