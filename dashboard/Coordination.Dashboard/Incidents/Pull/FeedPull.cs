using Coordination.Domain.Incidents.Feeds;
using Coordination.Storage.Incidents;

namespace Coordination.Dashboard.Incidents.Pull;

/// <summary>One poll of one feed: asks whether it has changed, reads it, takes the messages that are new, and writes down how it went.</summary>
/// <remarks>Every step may be repeated: a message counts once, whoever brings it and however often. So a host that stops in between loses nothing.</remarks>
internal sealed partial class FeedPull(IAlertFeeds feeds, FeedHttp http, FeedMessages messages, TimeProvider time, ILogger<FeedPull> logger)
{
    /// <summary>For how long a feed is this host's without a sign of life. Each entry lengthens it; nothing between two entries takes as long.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);

    /// <summary>How long one poll may take; what is left then is the next one's.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private const int MostMessages = 100;
    private const int NoAnswersThatEnd = 3;
    private static readonly FetchLimit FeedLimit = new(8 * 1024 * 1024, TimeSpan.FromSeconds(20));

    /// <summary>Polls a feed that this host has claimed.</summary>
    public async Task RunAsync(FeedSource feed, ClaimedFeed claimed, CancellationToken cancellationToken)
    {
        try
        {
            if (await ReadAsync(feed, claimed, cancellationToken) is { } end && await feeds.SettleAsync(claimed, end, CancellationToken.None))
            {
                LogPolled(feed.Id, end.Read, end.Wait.TotalSeconds);
            }
            else
            {
                LogLost(feed.Id);
            }
        }
        catch (Exception e)
        {
            LogBrokenOff(feed.Id, e.GetType().Name);
            await ReleaseAsync(claimed, cancellationToken.IsCancellationRequested ? TimeSpan.Zero : FeedPace.FirstAgain);
        }
    }

    // Null: the feed is another host's by now.
    private async Task<PollEnd?> ReadAsync(FeedSource feed, ClaimedFeed claimed, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        var known = claimed.Settings == feed.Digest && (claimed.ETag ?? claimed.LastModified) is not null ? new Validators(claimed.ETag, claimed.LastModified) : null;
        switch (await http.GetAsync(feed, feed.Address, known, FeedLimit, cancellationToken))
        {
            case Fetched.Unchanged:
                return new PollEnd(Read: true, claimed.ETag, claimed.LastModified, feed.Every, null, null, null);
            case Fetched.Failed failed:
                var wait = failed is { Why: Trouble.Gone, RetryAfter: null } && claimed.Failures >= FeedHealth.FailuresThatCount - 1
                    ? FeedPace.WhenGone
                    : FeedPace.AfterFailure(claimed.Failures + 1, feed.Every, failed.RetryAfter);
                return new PollEnd(Read: false, known?.ETag, known?.LastModified, wait, failed.RetryAfter, failed.Words, null);
            case Fetched.Whole whole:
                return AtomFeed.Read(whole.Body, whole.From) switch
                {
                    AtomReading.Read read => await TakeAsync(feed, claimed, whole, read, began, cancellationToken),
                    AtomReading.Refused refused => new PollEnd(Read: false, null, null, FeedPace.AfterFailure(claimed.Failures + 1, feed.Every, null), null, refused.Words, null),
                    var other => throw new InvalidOperationException($"No rule for {other.GetType().Name}."),
                };
            case var other:
                throw new InvalidOperationException($"No rule for {other.GetType().Name}.");
        }
    }

    private async Task<PollEnd?> TakeAsync(FeedSource feed, ClaimedFeed claimed, Fetched.Whole whole, AtomReading.Read read, long began, CancellationToken cancellationToken)
    {
        var known = (await feeds.KnownAsync(feed.Id, [.. read.Entries.Select(e => e.Key)], cancellationToken)).ToDictionary(e => e.Key);
        var waiting = known.Values.Where(e => e.State == FeedEntryState.Waiting).ToDictionary(e => e.Key, e => e.Attempts);

        // New ones first, the oldest of them first: an alert before its update. What did not come before may not come now, and keeps no new one waiting.
        var open = read.Entries.Where(e => !known.TryGetValue(e.Key, out var was) || was.State == FeedEntryState.Waiting)
            .OrderBy(e => waiting.GetValueOrDefault(e.Key)).ThenBy(e => e.Updated).ToArray();
        var (tried, noAnswers, asked, why) = (0, 0, (TimeSpan?)null, (string?)null);
        foreach (var entry in open.Take(MostMessages))
        {
            if (noAnswers == NoAnswersThatEnd || asked is not null || time.GetElapsedTime(began) > Patience)
            {
                break;
            }

            var taking = await messages.TakeAsync(feed, entry, whole.From, known.GetValueOrDefault(entry.Key), cancellationToken);
            if (!await feeds.NoteAsync(claimed, taking.Entry, Lease, CancellationToken.None))
            {
                return null;
            }

            LogEntry(feed.Id, entry.Key, taking.Entry.State, taking.Entry.Decision ?? "none");
            tried++;
            noAnswers = taking.NoAnswer ? noAnswers + 1 : 0;
            asked = taking.RetryAfter;
            waiting.Remove(entry.Key, out var attempts);
            if (taking.Entry.State == FeedEntryState.Waiting)
            {
                (waiting[entry.Key], why) = (attempts + 1, taking.Entry.Words);
            }
        }

        return End(feed, whole, read, waiting.Values, open.Length - tried, asked, why) switch
        {
            // Under other settings, as a host that starts with new ones finds them, what this server calls its answer means nothing.
            var end when claimed.Settings != feed.Digest => end with { ETag = null, LastModified = null },
            var end => end,
        };
    }

    // While a message is still to be taken the whole feed is asked for again: an answer "not changed" would leave it out for good.
    private static PollEnd End(
        FeedSource feed, Fetched.Whole whole, AtomReading.Read read, Dictionary<Guid, int>.ValueCollection waiting, int left, TimeSpan? asked, string? why)
    {
        var all = waiting.Count == 0 && left == 0;
        var wait = waiting.Count > 0 ? FeedPace.WhileWaiting(waiting.Min(), feed.Every, asked) : left > 0 ? TimeSpan.Zero : feed.Every;
        var problem = string.Join(' ', ((string?[])
        [
            waiting.Count > 0 ? $"{waiting.Count} of its messages {(waiting.Count == 1 ? "is" : "are")} still to be taken. {why}" : null,
            read.Beyond > 0 ? $"It lists {read.Beyond} entries more than the {AtomFeed.MostEntries} that are looked at." : null,
            whole.MovedTo is { } host ? $"It has moved for good, to {host}: change its address in the settings." : null,
        ]).OfType<string>());
        return new PollEnd(
            Read: true,
            all ? whole.Validators.ETag : null,
            all ? whole.Validators.LastModified : null,
            wait,
            asked,
            problem.Length == 0 ? null : problem,
            [.. read.Entries.Select(e => e.Key)]);
    }

    private async Task ReleaseAsync(ClaimedFeed claimed, TimeSpan wait)
    {
        try
        {
            await feeds.ReleaseAsync(claimed, wait, CancellationToken.None);
        }
        catch (Exception e)
        {
            // The lease ends by itself.
            LogBrokenOff(claimed.Id, e.GetType().Name);
        }
    }

    [LoggerMessage(1, LogLevel.Debug, "Feed {Feed} was polled (read: {Read}); again in {Seconds} s.")]
    private partial void LogPolled(string feed, bool read, double seconds);

    [LoggerMessage(2, LogLevel.Information, "Feed {Feed}, entry {Entry}: {State}, decided: {Decision}.")]
    private partial void LogEntry(string feed, Guid entry, FeedEntryState state, string decision);

    [LoggerMessage(3, LogLevel.Warning, "Feed {Feed} was taken over by another host in the middle of a poll; that one goes on.")]
    private partial void LogLost(string feed);

    [LoggerMessage(4, LogLevel.Warning, "The poll of feed {Feed} was broken off ({Why}); it is polled again.")]
    private partial void LogBrokenOff(string feed, string why);
}
