using Coordination.Domain.Incidents.Feeds;

namespace Coordination.Storage.Incidents;

/// <summary>A feed that this host polls now.</summary>
/// <param name="Id">The feed.</param>
/// <param name="Lease">What it is polled under; every step names it.</param>
/// <param name="Settings">The digest of the settings that the rest belongs to.</param>
/// <param name="ETag">What its server called its last whole answer.</param>
/// <param name="LastModified">When that was changed, in its server's words.</param>
/// <param name="Failures">How often in a row it could not be read.</param>
public sealed record ClaimedFeed(string Id, Guid Lease, Guid Settings, string? ETag, string? LastModified, int Failures);

/// <summary>An entry that is known already.</summary>
/// <param name="Key">Its key.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="FirstAt">When it was first tried (UTC).</param>
public sealed record KnownEntry(Guid Key, FeedEntryState State, int Attempts, DateTimeOffset FirstAt);

/// <summary>What became of an entry.</summary>
/// <param name="Key">Its key: of its id and its time.</param>
/// <param name="EntryId">Its id, as the feed says it; at most 300 characters are kept.</param>
/// <param name="Updated">When it was updated, by its own word; null when it does not say.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Words">What came of it, for people.</param>
/// <param name="Decision">What was decided about its message; null when it was not taken.</param>
/// <param name="Message">The message's id; null when it was not taken.</param>
/// <param name="IsNew">Whether its message was not known before.</param>
public sealed record NotedEntry(
    Guid Key, string EntryId, DateTimeOffset? Updated, FeedEntryState State, string Words, string? Decision, Guid? Message, bool IsNew);

/// <summary>How a poll ended.</summary>
/// <param name="Read">Whether the feed was read, or had not changed.</param>
/// <param name="ETag">What to ask with the next time; null to be given the whole feed.</param>
/// <param name="LastModified">The same.</param>
/// <param name="Wait">In how long it is polled again.</param>
/// <param name="NotBefore">For how long its server wants to be left alone; null for not at all.</param>
/// <param name="Problem">What is wrong, for people; null when nothing is.</param>
/// <param name="Listed">The keys of all entries that it lists; null when it was not read or has not changed.</param>
public sealed record PollEnd(bool Read, string? ETag, string? LastModified, TimeSpan Wait, TimeSpan? NotBefore, string? Problem, IReadOnlyList<Guid>? Listed);

/// <summary>An entry whose message was not taken.</summary>
/// <param name="EntryId">Its id.</param>
/// <param name="State">Whether it is tried again.</param>
/// <param name="Words">Why not.</param>
/// <param name="FirstAt">When it was first tried (UTC).</param>
/// <param name="TriedAt">When it was tried last (UTC).</param>
public sealed record TroubledEntry(string EntryId, FeedEntryState State, string Words, DateTimeOffset FirstAt, DateTimeOffset TriedAt);

/// <summary>Where a feed stands.</summary>
/// <param name="Id">The feed.</param>
/// <param name="Facts">What its health is told by.</param>
/// <param name="MessageAt">When a message came that was not known yet (UTC).</param>
/// <param name="NextAt">When it is polled next (UTC).</param>
/// <param name="Polling">Whether a host polls it now.</param>
/// <param name="Problem">What is wrong, for people.</param>
/// <param name="Listed">How many entries it lists.</param>
/// <param name="Trouble">Entries whose message was not taken, listed now or within a day, the last ones first; at most ten.</param>
public sealed record FeedStanding(
    string Id, FeedFacts Facts, DateTimeOffset? MessageAt, DateTimeOffset NextAt, bool Polling, string? Problem, int Listed, IReadOnlyList<TroubledEntry> Trouble);

/// <summary>The feeds that alerts are pulled from: what is remembered of them, and who polls them. A feed is one host's at a time.</summary>
public interface IAlertFeeds
{
    /// <summary>Makes a configured feed known. With other settings than before it is read anew, and what could not be taken is tried again; what was taken stays taken.</summary>
    Task KnowAsync(string id, Guid settings, CancellationToken cancellationToken);

    /// <summary>Takes feeds whose time has come; nobody else gets them before the lease is over.</summary>
    Task<IReadOnlyList<ClaimedFeed>> ClaimAsync(IReadOnlyList<string> ids, TimeSpan lease, int most, CancellationToken cancellationToken);

    /// <summary>Which of these entries are known.</summary>
    Task<IReadOnlyList<KnownEntry>> KnownAsync(string feed, IReadOnlyList<Guid> keys, CancellationToken cancellationToken);

    /// <summary>Writes down what became of an entry, and lengthens the lease.</summary>
    /// <returns>False when the feed is another host's by now: nothing was changed, and the poll is over.</returns>
    Task<bool> NoteAsync(ClaimedFeed feed, NotedEntry entry, TimeSpan lease, CancellationToken cancellationToken);

    /// <summary>Ends a poll, and forgets what the feed has not listed for long.</summary>
    /// <returns>False when the feed is another host's by now: nothing was changed.</returns>
    Task<bool> SettleAsync(ClaimedFeed feed, PollEnd end, CancellationToken cancellationToken);

    /// <summary>Breaks a poll off: another host may go on.</summary>
    Task ReleaseAsync(ClaimedFeed feed, TimeSpan wait, CancellationToken cancellationToken);

    /// <summary>Has it polled as soon as its server allows, on whichever host comes first.</summary>
    /// <returns>False when it is not known.</returns>
    Task<bool> HastenAsync(string id, CancellationToken cancellationToken);

    /// <summary>Where these feeds stand, by id.</summary>
    Task<IReadOnlyList<FeedStanding>> StandingAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken);
}
