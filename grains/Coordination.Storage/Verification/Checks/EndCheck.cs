using Coordination.Domain.Accounts;
using Coordination.Domain.Posts;

namespace Coordination.Storage.Verification.Checks;

/// <summary>Each post has exactly one end, or waits in a state that somebody sees (G2). Steps that cannot follow each other are found while folding.</summary>
internal sealed class EndCheck(Findings findings, DateTimeOffset asOf)
{
    // The due scan looks every few seconds, and a post that cannot go waits for its tolerance.
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(2);

    public void Look(PostFile file)
    {
        if (file.Post is not { } post)
        {
            return;
        }

        findings.Looked();
        if (post.State is PostState.Draft or PostState.Publishing)
        {
            findings.Differs(file.Account.Stream, $"The post {file.Id} stands as {post.State.Id()}, which is neither an end nor a wait.");
        }

        if (file.Account.State.Lifecycle == AccountLifecycle.Retired && post.State.IsWaiting())
        {
            findings.Differs(file.Account.Stream, $"The post {file.Id} is {post.State.Id()} on a retired account, where nothing goes out and nobody looks.");
        }
        else if (post.State is PostState.Scheduled or PostState.Submitted && post.DueAt + post.Tolerance + Grace < asOf)
        {
            findings.Note($"The post {file.Id} on {file.Account.Key.Value} was due at {Same.Show(post.DueAt)} and is still {post.State.Id()}: no silo has looked at it since.");
        }
    }
}
