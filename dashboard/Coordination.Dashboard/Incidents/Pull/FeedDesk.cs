using Coordination.Domain;
using Coordination.Domain.Incidents.Feeds;
using Coordination.Domain.People;
using Coordination.Storage.Incidents;

namespace Coordination.Dashboard.Incidents.Pull;

/// <summary>A feed as people see it.</summary>
/// <param name="Source">Its settings.</param>
/// <param name="Standing">Where it stands; null when no host has started with it yet.</param>
/// <param name="State">How it does.</param>
public sealed record FeedView(FeedSource Source, FeedStanding? Standing, FeedState State);

/// <summary>The feed as it is now, or why not.</summary>
public sealed record FeedAnswer(FeedView? Feed, Refusal? Refusal);

/// <summary>Where people see how the pulled feeds do, and have one looked at now.</summary>
public sealed partial class FeedDesk(FeedSources sources, IAlertFeeds feeds, IFeedWatch watch, TimeProvider time, ILogger<FeedDesk> logger)
{
    /// <summary>Whether any is configured.</summary>
    public bool Any => sources.All.Count > 0;

    /// <summary>All configured feeds, by id.</summary>
    public async Task<IReadOnlyList<FeedView>> ListAsync(CancellationToken cancellationToken)
    {
        if (!Any)
        {
            return [];
        }

        var standing = (await feeds.StandingAsync(sources.Ids, cancellationToken)).ToDictionary(s => s.Id, StringComparer.Ordinal);
        return [.. sources.All.Select(f => View(f, standing.GetValueOrDefault(f.Id)))];
    }

    /// <summary>Has a feed polled as soon as its server allows. Repeating it is safe.</summary>
    /// <param name="id">The feed.</param>
    /// <param name="actor">Who wants it.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task<FeedAnswer> PollAsync(string id, Actor actor, CancellationToken cancellationToken)
    {
        if (!actor.May(Permission.ReportIncident))
        {
            return new FeedAnswer(null, new Refusal(
                "forbidden",
                $"{actor.Name} ({actor.Role.Name()}) may not have a feed looked at. It is read by itself when its time comes. Who may: {PermissionMatrix.WhoMayInWords(Permission.ReportIncident)}.",
                RefusalKind.Forbidden));
        }

        if (sources.Find(id) is not { } source || !await feeds.HastenAsync(id, cancellationToken))
        {
            return new FeedAnswer(null, Unknown(id));
        }

        LogWanted(id, actor.Id);
        watch.Knock();
        return new FeedAnswer(View(source, (await feeds.StandingAsync([id], cancellationToken)).SingleOrDefault()), null);
    }

    private FeedView View(FeedSource source, FeedStanding? standing) =>
        new(source, standing, standing is null ? FeedState.Never : FeedHealth.Of(standing.Facts, source.Every, time.GetUtcNow()));

    private static Refusal Unknown(string id) => new(
        "alert-feed-unknown", $"There is no feed {Domain.Posts.StorableText.Clean(id, 40)} that is pulled. Nothing was done. GET /api/incidents/feeds lists them.", RefusalKind.NotFound);

    [LoggerMessage(LogLevel.Information, "Feed {Feed} is to be looked at now, by the wish of {Staff}.")]
    private partial void LogWanted(string feed, string staff);
}
