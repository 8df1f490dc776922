using System.Text.Json;
using Coordination.Domain.Posts;

namespace Coordination.Storage.Verification.Checks;

/// <summary>A post's row in the read model, and the holds that are known to have stopped it, say what the fold says.</summary>
internal sealed class PostRowCheck(Findings findings)
{
    public void Look(PostFile file, StoredPost? row, IReadOnlyCollection<string> stoppedBy)
    {
        if (file.Post is not { } post || file.Account.Gap is not null)
        {
            return;
        }

        findings.Looked();
        if (row is null || !string.Equals(row.Account, file.Account.Key.Value, StringComparison.Ordinal))
        {
            findings.Differs(file.Account.Stream, row is null ? $"The read model lacks the post {file.Id}." : $"The read model has the post {file.Id} on {row.Account}.");
            return;
        }

        Compare(file, "state", post.State.Id(), row.State);
        Compare(file, "text", post.Text, row.Text, hidden: true);
        CompareTime(file, "due time", post.DueAt, row.DueAt);
        Compare(file, "tolerance", post.Tolerance, row.Tolerance);
        Compare(file, "poster", post.PosterId, row.PosterId);
        Compare(file, "poster's name", post.PosterName, row.PosterName);
        Compare(file, "revision", post.Revision, row.Revision);
        Compare(file, "attempt", post.Attempt, row.Attempt);
        Compare(file, "confirmed sequence", file.Confirmations is [.., var last] ? last.Sequence : 0, row.ConfirmedSequence);
        Compare(file, "approved revision", post.Approval?.Revision, row.ApprovedRevision);
        Compare(file, "approval's sequence", file.ApprovedSequence, row.ApprovedSequence);
        Compare(file, "approver's name", post.Approval?.ByName, row.ApprovedBy);
        CompareTime(file, "approval time", post.Approval?.At, row.ApprovedAt);
        Compare(file, "approval's holds", string.Join(", ", post.Approval?.HoldIds ?? []), string.Join(", ", row.ApprovedFor));
        Compare(file, "message", post.MessageId, row.MessageId);
        CompareTime(file, "creation time", post.CreatedAt, row.CreatedAt);
        CompareTime(file, "publication time", post.PublishedAt, row.PublishedAt);
        Compare(file, "id at the platform", post.RemoteId, row.RemoteId);
        Compare(file, "address", post.Url, row.Url);
        Compare(file, "note", post.Note, row.Note, hidden: true);
        CompareJson(file, "details", post.About, row.About);
        CompareJson(file, "review", post.Review, row.Review);
        CompareJson(file, "return", post.Return, row.Returned);
        Compare(file, "holds", string.Join(", ", post.HeldBy), string.Join(", ", row.HeldBy));
        foreach (var hold in file.StoppedBy.Except(stoppedBy, StringComparer.Ordinal))
        {
            findings.Differs(file.Account.Stream, $"The post {file.Id} was stopped by {hold}, and the list of what that hold stopped lacks it.");
        }

        foreach (var hold in stoppedBy.Except(file.StoppedBy, StringComparer.Ordinal))
        {
            findings.Differs(file.Account.Stream, $"The post {file.Id} is listed as stopped by {hold}, and the journal does not say so.");
        }
    }

    private void CompareTime(PostFile file, string what, DateTimeOffset? expected, DateTimeOffset? found)
    {
        if (!Same.Time(expected, found))
        {
            findings.Differs(file.Account.Stream, Same.Words($"The {what} of the post {file.Id}", expected, found));
        }
    }

    // What is said of a post is its writer's: it is not repeated here.
    private void CompareJson<T>(PostFile file, string what, T? expected, string? found)
        where T : class
    {
        Compare(file, what, Render(expected), found is null ? null : Render(JsonSerializer.Deserialize<T>(found, StorageJson.Options)), hidden: true);

        static string? Render(T? value) => value is null ? null : JsonSerializer.Serialize(value, StorageJson.Options);
    }

    private void Compare<T>(PostFile file, string what, T expected, T found, bool hidden = false)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, found))
        {
            findings.Differs(file.Account.Stream, Same.Words($"The {what} of the post {file.Id}", expected, found, hidden));
        }
    }
}
