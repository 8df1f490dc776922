using Coordination.Connectors;
using Coordination.Domain.Accounts;
using Coordination.Domain.Holds;
using Coordination.Domain.Posts;
using Coordination.Silo.Publishing;
using Coordination.Storage.OffSystem;

namespace Coordination.Silo.OffSystem;

/// <summary>Looks one account through: what does its platform show that did not come through here?</summary>
internal sealed partial class OffSystemCheck(
    OffSystemTurns turns, ConnectorRegistry connectors, Credentials credentials, ILogger<OffSystemCheck> logger)
{
    // No platform's id is nearly as long; the database's index takes no more than a few.
    private const int LongestId = 500;
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    /// <summary>Carries one turn out and ends it. Never throws for what the world does.</summary>
    public async Task RunAsync(OffSystemTurn turn, CancellationToken cancellationToken)
    {
        try
        {
            var outcome = await LookAsync(turn, cancellationToken);
            var found = await turns.RecordAsync(turn, outcome, cancellationToken);
            if (found > 0)
            {
                Found(logger, turn.Account.Value, found);
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // The turn comes back when its lease is over; until then the page says how old the last answer is.
            NotKept(logger, turn.Account.Value, exception.Message);
        }
    }

    private async Task<TurnOutcome> LookAsync(OffSystemTurn turn, CancellationToken cancellationToken)
    {
        if (!connectors.TryFind(turn.Account.Platform, out var connector))
        {
            return TurnOutcome.NotRead($"The service has no connection to {turn.Account.Platform.Name} here.");
        }

        if (!connector.Capabilities.CanReadRecent)
        {
            return TurnOutcome.NotRead($"{turn.Account.Platform.Name} does not let the service read an account's posts.");
        }

        var signIn = await credentials.FindAsync(turn.Account, cancellationToken);
        if (signIn.Account is not { } account)
        {
            return TurnOutcome.NotRead(signIn.Why);
        }

        var since = turn.Holds.Min(h => OffSystemRule.ReadFrom(h.PlacedAt, h.CleanUntil));
        return await connector.ReadRecentPostsAsync(account, since, cancellationToken) switch
        {
            ReadResult<RecentPosts>.Ok { Value: var recent } => await JudgeAsync(turn, recent, cancellationToken),
            ReadResult<RecentPosts>.Unavailable no => TurnOutcome.NotRead(Words(turn.Account, no.Reason), Capped(no.RetryAfter)),
            var other => throw new InvalidOperationException($"No rule for the answer {other.GetType().Name}."),
        };
    }

    private async Task<TurnOutcome> JudgeAsync(OffSystemTurn turn, RecentPosts recent, CancellationToken cancellationToken)
    {
        // Only now: whatever the platform showed is known by now, as sent or as open.
        var facts = await turns.FactsAsync(turn.Account, [.. recent.Posts.Select(p => p.RemoteId)], cancellationToken);
        var (found, undecided) = (new List<FoundPost>(), 0);
        foreach (var post in recent.Posts)
        {
            string[] holds = [.. turn.Holds.Where(h => OffSystemRule.IsUnder(post.At, h.PlacedAt)).Select(h => h.Id)];
            var verdict = holds.Length == 0 ? OffSystemVerdict.Ours : OffSystemRule.Judge(post.RemoteId, post.At, facts);
            undecided += verdict == OffSystemVerdict.NotYetKnown ? 1 : 0;
            if (verdict == OffSystemVerdict.OffSystem)
            {
                var id = post.RemoteId.Length <= LongestId ? post.RemoteId : post.RemoteId[..LongestId];
                found.Add(new FoundPost(id, PublicLink.Of(post.Url), post.At, holds));
            }
        }

        var why = recent.Complete ? null : "The account shows more new posts than can be looked through.";
        return new TurnOutcome(Read: true, why, undecided, found);
    }

    // The account is named beside it already.
    private static string Words(AccountKey account, string reason) =>
        reason.StartsWith($"{account}: ", StringComparison.Ordinal) ? reason[(account.Value.Length + 2)..] : reason;

    private static TimeSpan? Capped(TimeSpan? wait) => wait > LongestWait ? LongestWait : wait;

    [LoggerMessage(LogLevel.Warning, "{Account} shows {Found} posts that did not come through this service, under a hold.")]
    private static partial void Found(ILogger logger, string account, int found);

    [LoggerMessage(LogLevel.Warning, "What {Account} shows could not be judged or kept; it is looked through again in some minutes. {Why}")]
    private static partial void NotKept(ILogger logger, string account, string why);
}
