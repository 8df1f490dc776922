using Coordination.Connectors;
using Coordination.Contracts;
using Coordination.Domain.Posts;
using Coordination.Storage.Fence;

namespace Coordination.Silo.Publishing;

/// <summary>What a platform's answer means for a post.</summary>
internal static class Outcomes
{
    /// <summary>The outcome to record.</summary>
    public static PostOutcome Of(Post post, PermitAnswer.Issued permit, PublishResult result)
    {
        var outcome = new PostOutcome(
            post.Id, PostOutcomeKind.Unknown, permit.PermitId, permit.Token, Revision: post.Revision, Attempt: post.Attempt, Part: post.NextPart);
        return result switch
        {
            PublishResult.Published p => outcome with { Kind = PostOutcomeKind.Published, RemoteId = p.RemoteId, Url = p.Url.AbsoluteUri, At = p.At },
            PublishResult.NotSent { NeedsAttention: true } n => outcome with { Kind = PostOutcomeKind.Failed, Why = n.Reason, Attention = n.Reason, Try = new FailedTry(n.Cause, n.Says) },
            PublishResult.NotSent n => outcome with { Kind = PostOutcomeKind.NotSent, Why = n.Reason, Try = new FailedTry(n.Cause, n.Says, n.RetryAfter) },
            PublishResult.Rejected r => outcome with { Kind = PostOutcomeKind.Rejected, Why = r.Reason, Try = new FailedTry(FailureCause.Text, r.Says) },
            PublishResult.Unauthorised u => outcome with { Kind = PostOutcomeKind.Failed, Why = u.Reason, Attention = u.Reason, Try = new FailedTry(FailureCause.SignIn, u.Says) },
            PublishResult.Unknown u => outcome with { Why = u.Reason },
            _ => throw new ArgumentOutOfRangeException(nameof(result), result.GetType().Name, "No such result."),
        };
    }
}
