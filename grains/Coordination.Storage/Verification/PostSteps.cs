using Coordination.Domain.Accounts;
using Coordination.Domain.Posts;
using static Coordination.Domain.Posts.PostState;

namespace Coordination.Storage.Verification;

/// <summary>Which entry may follow in which state of a post: a second opinion, written apart from the rules that decide.</summary>
internal static class PostSteps
{
    /// <summary>Whether the event may happen to a post as it is.</summary>
    public static bool MayFollow(Post post, PostEvent change) => change switch
    {
        PostPartPublished part => post.Parts > 1 && part.Part == post.NextPart && post.State != Published,
        PostPublished when post.Parts > 1 => post.NextPart == post.Parts && MayFollow(post.State, change),

        // Of a thread, what is out can be taken off although the rest never went; and a part that comes to light leaves the rest to a person.
        PostRemovalAsked or PostNotRemoved or PostRemoved when post.NextPart > 0 => post.State is Published or Cancelled or Rejected or Failed,
        PostMissed when post.NextPart > 0 => post.State is Scheduled or Unknown,
        _ => MayFollow(post.State, change),
    };

    private static bool MayFollow(PostState state, PostEvent change) => change switch
    {
        PostScheduled => false,
        PostRescheduled => state is Scheduled or Submitted or Returned or Held or Missed,
        PostSubmitted => state is Scheduled or Submitted or Returned,
        PostReturned => state is Submitted,
        PostApproved => state is Scheduled or Submitted,
        PostRetried => state is Failed,
        PostCancelled => state is Scheduled or Submitted or Returned or Held or Missed or Unknown,
        PostHeld => state is Scheduled,
        PostMissed => state is Scheduled or Submitted,
        PostNotSent or PostRejected or PostFailed or PostUnknown => state is Scheduled or Held or Missed,
        PostRemovalAsked or PostNotRemoved or PostRemoved => state is Published,
        PostRedacted => state is Cancelled or Rejected or Failed or Removed,

        // What the platform did is a fact, whatever the service believed.
        PostPublished => state is not (Published or Removed),
        _ => false,
    };
}
