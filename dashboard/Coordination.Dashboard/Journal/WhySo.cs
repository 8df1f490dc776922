using Coordination.Domain.Accounts;
using Coordination.Storage.Journal;

namespace Coordination.Dashboard.Journal;

/// <summary>One answer to why an account is as it is.</summary>
/// <param name="What">What is answered: <c>Held by H-000231</c>.</param>
/// <param name="Entry">The entry that made it so; null when the journal has none.</param>
public sealed record WhyAnswer(string What, JournalEntry? Entry);

/// <summary>Why an account is in the state that it is in, from the journal: each time the entry that made it so.</summary>
public sealed class WhySo(IJournalSearch search)
{
    private static readonly string[] Lifecycle = ["account-requested", "account-approved", "account-connected", "account-needs-attention", "account-retired"];
    private static readonly string[] Contact = ["contact-changed", "account-requested"];
    private static readonly string[] Acknowledged = ["hold-acknowledged"];
    private static readonly string[] Placed = ["hold-placed"];
    private static readonly string[] Ended = ["hold-lifted", "hold-ended"];

    /// <summary>Finds the answers.</summary>
    /// <param name="account">The account.</param>
    /// <param name="holds">The holds that stand over it now.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<IReadOnlyList<WhyAnswer>> AskAsync(AccountKey account, IReadOnlyCollection<string> holds, CancellationToken cancellationToken)
    {
        var stream = "account/" + account.Value;
        var answers = new List<WhyAnswer>();
        foreach (var hold in holds)
        {
            answers.Add(new WhyAnswer($"Held by {hold}", await NewestAsync("hold/" + hold, Placed, _ => true, cancellationToken)));
            answers.Add(new WhyAnswer($"It acknowledged {hold}", await NewestAsync(stream, Acknowledged, e => Of(e) == hold, cancellationToken)));
        }

        if (holds.Count == 0)
        {
            var last = await NewestAsync(stream, Acknowledged, _ => true, cancellationToken);
            answers.Add(last is null || Of(last) is not { } former
                ? new WhyAnswer("No hold stands over it, and none did", null)
                : new WhyAnswer($"No hold stands over it: {former} ended", await NewestAsync("hold/" + former, Ended, _ => true, cancellationToken)));
        }

        answers.Add(new WhyAnswer("Where it is in its life", await NewestAsync(stream, Lifecycle, _ => true, cancellationToken)));
        answers.Add(new WhyAnswer("Who answers for it", await NewestAsync(stream, Contact, _ => true, cancellationToken)));
        return answers;
    }

    private static string? Of(JournalEntry acknowledged) => EntryContent.Read(acknowledged.Payload).Text("holdId");

    // Several holds may have come since: the last few hundred acknowledgements are looked through.
    private async Task<JournalEntry?> NewestAsync(string stream, string[] events, Func<JournalEntry, bool> fits, CancellationToken cancellationToken) =>
        (await search.FindAsync(new JournalQuery { Streams = [stream], Events = events }, 200, null, cancellationToken)).Items.FirstOrDefault(fits);
}
