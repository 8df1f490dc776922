using System.Text.Json.Serialization;
using Coordination.Domain.Posts;
using Coordination.Storage.ReadModel;

namespace Coordination.Dashboard.Api;

/// <summary>The last try of a post by which surely nothing was sent.</summary>
/// <param name="Class"><c>will-retry</c>: it is tried again by itself; <c>needs-you</c>: somebody does something first; <c>never</c>: this text never goes out.</param>
/// <param name="Cause">Why: <c>unreachable rate-limit closed sign-in settings text</c>.</param>
/// <param name="ToDo">What to do, for people.</param>
/// <param name="Says">The platform's own words, one short line; left out when it gave none.</param>
/// <param name="At">When it was found out.</param>
/// <param name="RetryAt">When it is tried again by itself; left out when it is not.</param>
public sealed record FailureDto(
    string Class,
    string Cause,
    string ToDo,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Says,
    DateTimeOffset At,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? RetryAt)
{
    /// <summary>Makes it; null when the post has no failure to show.</summary>
    public static FailureDto? Of(PostRow row) => row.Failure is { } failure
        ? new FailureDto(failure.Class.Id(), failure.Cause.Id(), failure.ToDo(PostStates.Parse(row.State)), failure.Says, failure.At, failure.RetryAt)
        : null;
}
