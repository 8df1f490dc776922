using System.ComponentModel;
using Coordination.Domain.Holds;

namespace Coordination.Dashboard.Api;

/// <summary>A post to schedule.</summary>
public sealed record NewPostRequest(
    [property: Description("The text, within the platform's limits.")] string? Text,
    [property: Description("When it should go out, ISO 8601 with an offset. Left out: now.")] string? DueAt,
    [property: Description("How late it may still go out, 5 to 86400 seconds. Default 300.")] int? ToleranceSeconds);

/// <summary>One text for many accounts.</summary>
public sealed record NewMessageRequest(
    [property: Description("The text, within the limits of every platform it goes to.")] string? Text,
    [property: Description("Account keys, 1 to 500.")] IReadOnlyList<string?>? Accounts,
    [property: Description("When it should go out, ISO 8601 with an offset. Left out: now.")] string? DueAt,
    [property: Description("How late it may still go out, 5 to 86400 seconds. Default 300.")] int? ToleranceSeconds);

/// <summary>Why something is done.</summary>
public sealed record ReasonRequest([property: Description("Why, for those who read the record.")] string? Reason);

/// <summary>A post to approve.</summary>
public sealed record ApproveRequest([property: Description("The revision that was read ('revision' of the post): another one is not approved.")] int? Revision);

/// <summary>Another time.</summary>
public sealed record TimeRequest([property: Description("The new time, ISO 8601 with an offset.")] string? DueAt);

/// <summary>A post to release from the hand-back list.</summary>
public sealed record ReleaseRequest(
    [property: Description("The new time, ISO 8601 with an offset. Left out: now.")] string? DueAt,
    [property: Description("Why it may still go out; it stands in the post's record.")] string? Reason,
    [property: Description("The text when it is changed. Left out: as it was written.")] string? Text);

/// <summary>A decision about many posts of the hand-back list.</summary>
public sealed record HandBackRequest(
    [property: Description("release or discard.")] string? Act,
    [property: Description("Ids of the posts, 1 to 200, each once.")] IReadOnlyList<string?>? Posts,
    [property: Description("Why; it stands in each post's record.")] string? Reason,
    [property: Description("release: the new time, ISO 8601 with an offset. Left out: now.")] string? DueAt,
    [property: Description("release, with 'dueAt': seconds from each post to the next in the list's order, 0 to 86400. Left out: 0.")] int? SpacingSeconds);

/// <summary>A hold to place.</summary>
public sealed record HoldRequest(
    [property: Description("freeze (nobody publishes), centralCoordination (only Comms and whom they name) or approvalRequired.")] string? Kind,
    [property: Description("The accounts: OR within a list, AND across lists, minus 'except'.")] Scope? Scope,
    [property: Description("Why; those whose accounts it stops will read it.")] string? Reason,
    [property: Description("Staff ids that it lets through besides Comms.")] IReadOnlyList<string>? NamedPosters,
    [property: Description("The incident's reference. Who is not of Comms has to give one.")] string? Incident,
    [property: Description("When somebody should look again, ISO 8601 with an offset. Nothing happens by itself then.")] string? ReviewAt,
    [property: Description("When it ends by itself, ISO 8601 with an offset. For approvalRequired alone, and not for a hold from an incident.")] string? EndsAt);

/// <summary>A hold to lift, or a lift to ask for or to confirm.</summary>
public sealed record LiftRequest(
    [property: Description("Why it is safe. May be left out when 'confirms' is given: then the asker's counts.")] string? Reason,
    [property: Description("The sequence of the request to lift ('liftAsk.sequence') that is confirmed; then nothing else is done. Left out: whatever is to be done.")] long? Confirms);

/// <summary>Another time to look at a hold again.</summary>
public sealed record ReviewRequest(
    [property: Description("When somebody should look again, ISO 8601 with an offset.")] string? ReviewAt,
    [property: Description("Why, for those who read the record.")] string? Reason);

/// <summary>A scope to try.</summary>
public sealed record PreviewRequest([property: Description("The accounts, as in a hold.")] Scope? Scope);

/// <summary>A scope to keep under a name.</summary>
public sealed record SavedScopeRequest(
    [property: Description("What people call it; at most 60 characters, and no two the same.")] string? Name,
    [property: Description("The accounts, as in a hold.")] Scope? Scope,
    [property: Description("The 'version' that was read, to change what is saved. Left out for a new one.")] long? Version);
