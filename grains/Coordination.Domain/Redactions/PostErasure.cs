using Coordination.Domain.Accounts;
using Coordination.Domain.Posts;
using Coordination.Domain.Review;

namespace Coordination.Domain.Redactions;

/// <summary>What is left of a post, and of what happened to it, once its words are erased: who, when, what became of it, where it was. Pure.</summary>
/// <remarks>
/// Whatever people or platforms wrote is replaced by a mark that names the redaction. Ids, times, names of staff, the platform's id and address stay: they are the
/// evidence that something was published, by whom. Folding what is left of the events gives what is left of the post, so a redacted account is still recomputed whole.
/// </remarks>
public static class PostErasure
{
    /// <summary>Under this name a post says that its images went.</summary>
    public const string Images = "images";

    /// <summary>What stands where words stood.</summary>
    /// <param name="redaction">The redaction's id, such as <c>R-000012</c>.</param>
    public static string Mark(string redaction) => $"[erased: {redaction}]";

    /// <summary>Whether a text is such a mark, and nothing else.</summary>
    public static bool IsMark(string text) => text.StartsWith("[erased: R-", StringComparison.Ordinal) && text[^1] == ']' && text[11..^1].All(char.IsAsciiDigit);

    /// <summary>What is left of an event.</summary>
    public static AccountEvent Of(AccountEvent change, string redaction)
    {
        var mark = Mark(redaction);
        return change switch
        {
            PostScheduled e => e with { Text = mark, About = Of(e.About, redaction) },
            PostSubmitted e => e with { Text = mark, About = Of(e.About, redaction), Review = Of(e.Review, mark)! },
            PostRescheduled e => e with { Text = Word(e.Text, mark), Reason = Word(e.Reason, mark), About = Of(e.About, redaction) },
            PostReturned e => e with { Comment = mark },
            PostApproved e => e with { About = Of(e.About, redaction) },
            PostRetried e => e with { About = Of(e.About, redaction) },
            PostCancelled e => e with { Reason = mark },
            PostMissed e => e with { Why = mark },
            PostNotSent e => e with { Why = mark, Failure = Of(e.Failure, mark) },
            PostRejected e => e with { Why = mark, Failure = Of(e.Failure, mark) },
            PostFailed e => e with { Why = mark, Failure = Of(e.Failure, mark) },
            PostUnknown e => e with { Why = mark },
            PostRemovalAsked e => e with { Reason = mark },
            PostNotRemoved e => e with { Why = mark },
            PostRemoved e => e with { Reason = mark },
            PostHeld or PostPublished or PostPartPublished or PostRedacted => change,
            PostEvent => throw new ArgumentOutOfRangeException(nameof(change), change.GetType().Name, "No rule for what is left of it."),
            _ => change,
        };
    }

    /// <summary>What is left of the post itself.</summary>
    public static Post Of(Post post, string redaction)
    {
        var mark = Mark(redaction);
        return post with
        {
            Text = mark,
            Note = Word(post.Note, mark),
            About = Of(post.About, redaction),
            Review = Of(post.Review, mark),
            Return = post.Return is { } back ? back with { Comment = mark } : null,
            Removal = post.Removal is { } removal ? removal with { Reason = mark } : null,
        };
    }

    private static PostAbout? Of(PostAbout? about, string redaction)
    {
        if (about is null)
        {
            return null;
        }

        var mark = Mark(redaction);
        var answers = about.Answers.Keys.ToDictionary(rule => rule, _ => mark, StringComparer.Ordinal);
        if (about.Images.Count > 0)
        {
            // It never says nothing then: where an event leaves it out, the former one would count.
            answers[Images] = mark;
        }

        return about with
        {
            // A number of an incident says which file it belongs to; free words may say more.
            Incident = about.Incident?.Any(char.IsWhiteSpace) == true ? mark : about.Incident,
            Answers = answers,
            Images = [],
            Thread = [.. about.Thread.Select(_ => mark)],
            Failure = Of(about.Failure, mark),
        };
    }

    private static PostReview? Of(PostReview? review, string mark) =>
        review is null ? null : review with { Why = [.. review.Why.Select(w => w with { Words = mark })] };

    private static PostFailure? Of(PostFailure? failure, string mark) => failure is null ? null : failure with { Says = Word(failure.Says, mark) };

    private static string? Word(string? text, string mark) => text is null ? null : mark;
}
