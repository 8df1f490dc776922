using Coordination.Dashboard.Api;
using Coordination.Domain.Incidents.Feeds;
using Coordination.Storage.Incidents;

namespace Coordination.Dashboard.Incidents.Pull;

/// <summary>What came of an entry.</summary>
/// <param name="Entry">What is written down of it.</param>
/// <param name="RetryAfter">For how long a server wants to be left alone; null when none says so.</param>
/// <param name="NoAnswer">Whether its server did not answer at all.</param>
internal sealed record EntryTaking(NotedEntry Entry, TimeSpan? RetryAfter = null, bool NoAnswer = false);

/// <summary>Takes the message of one entry: finds it, and hands it to the desk where all CAP messages arrive.</summary>
internal sealed class FeedMessages(FeedHttp http, IIncidentDesk desk, TimeProvider time)
{
    private const string CapType = "application/cap+xml";
    private static readonly FetchLimit Limit = new(ApiLimits.BodyBytes, TimeSpan.FromSeconds(10));

    /// <summary>Takes it.</summary>
    /// <param name="feed">The feed.</param>
    /// <param name="entry">The entry.</param>
    /// <param name="from">Where the feed came from.</param>
    /// <param name="before">What is known of former attempts; null for none.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<EntryTaking> TakeAsync(FeedSource feed, AtomEntry entry, Uri from, KnownEntry? before, CancellationToken cancellationToken)
    {
        switch (entry.Message)
        {
            case AtomMessage.Missing missing:
                return new EntryTaking(Not(entry, FeedEntryState.Failed, missing.Words));
            case AtomMessage.Embedded { Body: var body } when body.Length > Limit.Bytes:
                return new EntryTaking(Not(entry, FeedEntryState.Failed, $"Its message is larger than {Limit.Bytes / 1024} KB. Nothing of it was used. Look at the feed, and tell its owner."));
            case AtomMessage.Embedded { Body: var body }:
                return await HandOverAsync(feed, entry, body, CapType, cancellationToken);
            case AtomMessage.Linked { Address: var address }:
                return feed.Refuses(address, from) is { } why
                    ? new EntryTaking(Not(entry, FeedEntryState.Failed, why + " Nothing was fetched."))
                    : await FetchAsync(feed, entry, address, before, cancellationToken);
            case var other:
                throw new InvalidOperationException($"No rule for {other.GetType().Name}.");
        }
    }

    private async Task<EntryTaking> FetchAsync(FeedSource feed, AtomEntry entry, Uri address, KnownEntry? before, CancellationToken cancellationToken)
    {
        switch (await http.GetAsync(feed, address, null, Limit, cancellationToken))
        {
            case Fetched.Whole whole:
                return await HandOverAsync(feed, entry, whole.Body, whole.MediaType ?? CapType, cancellationToken);
            case Fetched.Failed failed:
                var lasting = failed.Why is Trouble.Lasting or Trouble.Gone;
                var over = lasting || (before is not null && time.GetUtcNow() - before.FirstAt > FeedPace.MessagePatience);
                var words = over && !lasting ? $"{failed.Words} It was tried for an hour, and is given up. Look at the feed." : failed.Words;
                return new EntryTaking(Not(entry, over ? FeedEntryState.Failed : FeedEntryState.Waiting, words), failed.RetryAfter, failed.Why == Trouble.NoAnswer);
            case var other:
                throw new InvalidOperationException($"No rule for {other.GetType().Name}.");
        }
    }

    private async Task<EntryTaking> HandOverAsync(FeedSource feed, AtomEntry entry, byte[] body, string type, CancellationToken cancellationToken)
    {
        var id = feed.MessageId(body);
        return await desk.ReceiveAsync(body, type, feed, cancellationToken) switch
        {
            IncidentAnswer.Decided decided => Taken(entry, id, decided.Decision, decided.Reason, !decided.Repeated),
            IncidentAnswer.Invalid invalid => Taken(entry, id, IncidentDecisions.Refused, $"No valid CAP 1.2: {invalid.Faults[0]}", true),
            IncidentAnswer.SenderRefused refused => Taken(entry, id, IncidentDecisions.Refused, refused.Reason, true),

            // Nothing is ever given up that asks for a hold.
            IncidentAnswer.NotKnownYet => new EntryTaking(Not(entry, FeedEntryState.Waiting, "It asks for a hold, and it is not known yet whether that took. It is tried again, and holds once.")),
            var other => throw new InvalidOperationException($"No rule for the answer {other.GetType().Name}."),
        };
    }

    private static EntryTaking Taken(AtomEntry entry, Guid message, string decision, string words, bool isNew) =>
        new(new NotedEntry(entry.Key, entry.Id, entry.Updated, FeedEntryState.Taken, words, decision, message, isNew));

    private static NotedEntry Not(AtomEntry entry, FeedEntryState state, string words) => new(entry.Key, entry.Id, entry.Updated, state, words, null, null, false);
}
