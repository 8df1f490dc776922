using Coordination.Domain.Accounts;
using Coordination.Domain.Posts;
using static Coordination.Domain.Posts.PostState;

namespace Coordination.Storage.Verification;

/// <summary>Which entry may follow in which state of a post: a second opinion, written apart from the rules that decide.</summary>
internal static class PostSteps
{
    /// <summary>Whether the event may happen to a post in that state.</summary>
    public static bool MayFollow(PostState state, PostEvent change) => change switch
    {
        PostScheduled => false,
        PostRescheduled => state is Scheduled or Held or Missed,
        PostApproved => state is Scheduled,
        PostCancelled => state is Scheduled or Held or Missed or Unknown,
        PostHeld or PostMissed => state is Scheduled,
        PostNotSent or PostRejected or PostFailed or PostUnknown => state is Scheduled or Held or Missed,
        PostRemovalAsked or PostNotRemoved or PostRemoved => state is Published,

        // What the platform did is a fact, whatever the service believed.
        PostPublished => state is not (Published or Removed),
        _ => false,
    };
}
