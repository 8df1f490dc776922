using System.Collections.Immutable;
using Coordination.Domain.Posts;
using Coordination.Domain.Redactions;
using Coordination.Domain.Review;

namespace Coordination.Domain.Accounts;

/// <summary>Makes an account's state of its events. The journal folded through it gives the stored state (G4).</summary>
public static class AccountFold
{
    /// <summary>Applies one event.</summary>
    public static AccountState Evolve(AccountState state, AccountEvent change) => change switch
    {
        AccountRequested e => state with
        {
            Key = e.Key,
            Labels = e.Labels,
            DisplayName = e.DisplayName,
            Contact = e.Contact,
            Lifecycle = AccountLifecycle.Requested,
        },
        AccountApproved => state with { Lifecycle = AccountLifecycle.Approved },
        AccountConnected => state with { Lifecycle = AccountLifecycle.Connected, Attention = null },
        AccountNeedsAttention e => state with { Attention = e.Why },
        AccountRetired => state with { Lifecycle = AccountLifecycle.Retired, Attention = null },
        AccountRelabelled e => state with { Labels = e.Labels },
        AccountRenamed e => state with { DisplayName = e.DisplayName },
        ContactChanged e => state with { Contact = e.Contact },
        CountersRead e => state with
        {
            Counters = state.Counters with { Followers = e.Followers, RemotePosts = e.RemotePosts, ReadAt = e.At },
        },
        HoldAcknowledged => state,
        PostScheduled e => state with { Posts = Trim(state.Posts).Add(New(e)) },
        PostSubmitted e when state.Find(e.PostId) is null => state with { Posts = Trim(state.Posts).Add(New(e)) },
        PostPublished e => Published(state, e),
        PostPartPublished e => Change(state, e) with { LastPostAt = Later(state.LastPostAt, e.At) },
        PostEvent e => Change(state, e),
        _ => throw new ArgumentOutOfRangeException(nameof(change), change.GetType().Name, "No rule for this event."),
    };

    /// <summary>Applies events in order.</summary>
    public static AccountState Fold(AccountState state, IEnumerable<AccountEvent> changes) => changes.Aggregate(state, Evolve);

    private static Post New(PostScheduled e) => new()
    {
        Id = e.PostId,
        Text = e.Text,
        DueAt = e.DueAt,
        Tolerance = e.Tolerance,
        PosterId = e.PosterId,
        PosterName = e.PosterName,
        MessageId = e.MessageId,
        CreatedAt = e.At,
        State = PostState.Scheduled,
        About = e.About,
    };

    private static Post New(PostSubmitted e) => new()
    {
        Id = e.PostId,
        Text = e.Text,
        DueAt = e.DueAt,
        Tolerance = e.Tolerance,
        PosterId = e.PosterId,
        PosterName = e.PosterName,
        MessageId = e.MessageId,
        CreatedAt = e.At,
        State = PostState.Submitted,
        About = e.About,
        Review = e.Review,
    };

    private static AccountState Published(AccountState state, PostPublished e)
    {
        var changed = Change(state, e);

        // What goes out over another post is no post more.
        return state.Find(e.PostId) is { About.InPlace: true } ? changed : changed with
        {
            LastPostAt = Later(state.LastPostAt, e.At),
            Counters = state.Counters with { Published = state.Counters.Published + 1 },
        };
    }

    private static DateTimeOffset Later(DateTimeOffset? known, DateTimeOffset at) => known > at ? known.Value : at;

    private static AccountState Change(AccountState state, PostEvent change)
    {
        var index = state.Posts.FindIndex(p => p.Id == change.PostId);
        return index < 0 ? state : state with { Posts = state.Posts.SetItem(index, WithFailure(state.Posts[index], Apply(state.Posts[index], change), change)) };
    }

    // The last failure is kept while it is the last thing that happened.
    private static Post WithFailure(Post before, Post after, PostEvent change)
    {
        var failure = change switch
        {
            PostNotSent e => e.Failure,
            PostRejected e => e.Failure,
            PostFailed e => e.Failure,
            PostMissed => before.About?.Failure?.GivenUp(),
            PostApproved => before.About?.Failure,
            PostRedacted => after.About?.Failure,
            _ => null,
        };
        return after with { About = PostAbout.WithFailure(after.About, failure) };
    }

    private static Post Apply(Post post, PostEvent change) => change switch
    {
        PostRescheduled e => post with
        {
            State = PostState.Scheduled,
            Text = e.Text ?? post.Text,
            DueAt = e.DueAt,
            PosterId = e.PosterId,
            PosterName = e.PosterName,
            Revision = post.Revision + 1,
            HeldBy = [],
            Approval = null,
            Note = null,
            About = e.About ?? post.About,
            Review = null,
            Return = null,
        },
        PostSubmitted e => New(e) with
        {
            MessageId = post.MessageId,
            CreatedAt = post.CreatedAt,
            Revision = post.Revision + 1,
            Attempt = post.Attempt,
        },
        PostReturned e => post with { State = PostState.Returned, Return = new PostReturn(e.By, e.ByName, e.Comment, e.At) },
        PostApproved e => post with
        {
            State = PostState.Scheduled,
            DueAt = e.DueAt ?? post.DueAt,
            Approval = new PostApproval(e.Revision, e.By, e.ByName, e.At, e.HoldIds),
            About = e.About ?? post.About,
        },
        PostRetried e => post with
        {
            State = PostState.Scheduled,
            DueAt = e.DueAt,
            PosterId = e.PosterId,
            PosterName = e.PosterName,
            About = e.About ?? post.About,
            Note = null,
        },
        PostCancelled e => post with { State = PostState.Cancelled, Note = e.Reason },
        PostHeld e => post with { State = PostState.Held, HeldBy = e.HoldIds },
        PostMissed e => post with { State = PostState.Missed, Note = e.Why },
        PostPublished e => post with { State = PostState.Published, RemoteId = e.RemoteId, Url = e.Url, PublishedAt = e.At, Note = null },
        PostPartPublished e => post with
        {
            // The next part's permits are counted from 1 again. What was all removed is not any more, and is taken off again.
            State = post.State == PostState.Removed ? PostState.Cancelled : post.State,
            Attempt = 1,
            About = (post.About ?? PostAbout.Nothing) with { PartsOut = [.. post.About?.PartsOut ?? [], new PartOut(e.RemoteId, e.Url, e.At)] },
        },
        PostNotSent e => post with { Attempt = post.Attempt + 1, Note = e.Why },
        PostRejected e => post with { State = PostState.Rejected, Note = e.Why },
        PostFailed e => post with { State = PostState.Failed, Note = e.Why, Attempt = e.Attempt is null ? post.Attempt : post.Attempt + 1 },
        PostUnknown e => post with { State = PostState.Unknown, Note = e.Why },
        PostRemovalAsked e => post with { Removal = new PostRemoval(e.By, e.ByName, e.Reason, e.At), Note = null },
        PostNotRemoved e => post with { Removal = null, Note = e.Why },
        PostRemoved e => post with { State = PostState.Removed, Note = e.Reason, RemovedAt = e.At },
        PostRedacted e => PostErasure.Of(post, e.Redaction),
        _ => throw new ArgumentOutOfRangeException(nameof(change), change.GetType().Name, "No rule for this event."),
    };

    // Only when a new post comes, never when one changes: a post that left the state in the commit that finished it would
    // never be written to the read model as finished.
    private static ImmutableList<Post> Trim(ImmutableList<Post> posts)
    {
        var surplus = posts.Count(IsFinished) - AccountState.FinishedPostsKept;
        if (surplus <= 0)
        {
            return posts;
        }

        var oldest = posts.Where(IsFinished).OrderBy(p => p.PublishedAt ?? p.CreatedAt).Take(surplus).Select(p => p.Id).ToHashSet();
        return posts.RemoveAll(p => oldest.Contains(p.Id));
    }

    // What somebody wants off the platform is not done with before the platform has answered.
    private static bool IsFinished(Post post) =>
        post.State == PostState.Removed || (post.Removal is null && (post.State is PostState.Published or PostState.Failed || post.State.IsTerminal()));
}
