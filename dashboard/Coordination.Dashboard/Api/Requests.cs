using System.ComponentModel;
using Coordination.Domain.Holds;

namespace Coordination.Dashboard.Api;

/// <summary>A post to schedule.</summary>
public sealed record NewPostRequest(
    [property: Description("The text, within the platform's limits.")] string? Text,
    [property: Description("When it should go out, ISO 8601 with an offset. Left out: now.")] string? DueAt,
    [property: Description("How late it may still go out, 5 to 86400 seconds. Default 300.")] int? ToleranceSeconds,
    [property: Description("What it is about: general, incident, exercise or event. Left out: general.")] string? Topic = null,
    [property: Description("The incident's reference, for the topic 'incident'.")] string? Incident = null,
    [property: Description("Why it may go out all the same, by the name of each content rule that asks for a reason.")] IReadOnlyDictionary<string, string?>? Reasons = null,
    [property: Description("Its images, in order; each uploaded before to /api/media. Left out: none.")] IReadOnlyList<ImageRequest?>? Images = null,
    [property: Description("The id of the post that it corrects: one that is out or was removed, on the same account or of the same message. Left out: none.")] string? Corrects = null,
    [property: Description("True: the post that it corrects is changed at the platform itself, where the platform has that. Left out: it goes out as a post of its own.")] bool? InPlace = null,
    [property: Description("The further parts of a thread, in order: 'text' is the first, each answers the one before it. A platform without threads gets all of it as one text. Left out: none.")] IReadOnlyList<string?>? Thread = null,
    [property: Description("'next': into the account's next free queue slot instead of at 'dueAt'. Left out: at 'dueAt', or now.")] string? Slot = null) : IAboutRequest;

/// <summary>One text for many accounts.</summary>
public sealed record NewMessageRequest(
    [property: Description("The text, within the limits of every platform it goes to.")] string? Text,
    [property: Description("Account keys, 1 to 500.")] IReadOnlyList<string?>? Accounts,
    [property: Description("When it should go out, ISO 8601 with an offset. Left out: now.")] string? DueAt,
    [property: Description("How late it may still go out, 5 to 86400 seconds. Default 300.")] int? ToleranceSeconds,
    [property: Description("What it is about: general, incident, exercise or event. Left out: general.")] string? Topic = null,
    [property: Description("The incident's reference, for the topic 'incident'.")] string? Incident = null,
    [property: Description("Why it may go out all the same, by the name of each content rule that asks for a reason.")] IReadOnlyDictionary<string, string?>? Reasons = null,
    [property: Description("Its images, in order; each uploaded before to /api/media. Left out: none.")] IReadOnlyList<ImageRequest?>? Images = null,
    [property: Description("Other words for single platforms, by platform id. Left out: the text everywhere.")] IReadOnlyDictionary<string, string?>? Variants = null,
    [property: Description("The id of the post that it corrects: one that is out or was removed, on the same account or of the same message. Left out: none.")] string? Corrects = null,
    [property: Description("True: the post that it corrects is changed at the platform itself, where the platform has that. Left out: it goes out as a post of its own.")] bool? InPlace = null,
    [property: Description("The further parts of a thread, in order: 'text' is the first, each answers the one before it. A platform without threads gets all of it as one text. Left out: none.")] IReadOnlyList<string?>? Thread = null,
    [property: Description("'next': into each account's own next free queue slot instead of at 'dueAt'. Left out: at 'dueAt', or now.")] string? Slot = null,
    [property: Description("The id of the takeover whose agreed line this is. Left out: an ordinary message.")] string? Takeover = null,
    [property: Description("The id of the hold whose agreed line this is, instead of 'takeover'; one that was placed for an incident. Left out: an ordinary message.")] string? Hold = null) : IAboutRequest;

/// <summary>Why something is done.</summary>
public sealed record ReasonRequest([property: Description("Why, for those who read the record.")] string? Reason);

/// <summary>What a post may say of itself besides its text.</summary>
public interface IAboutRequest
{
    /// <summary>What it is about.</summary>
    string? Topic { get; }

    /// <summary>The incident's reference.</summary>
    string? Incident { get; }

    /// <summary>Why it may go out all the same, by content rule.</summary>
    IReadOnlyDictionary<string, string?>? Reasons { get; }

    /// <summary>Its images, in order.</summary>
    IReadOnlyList<ImageRequest?>? Images { get; }

    /// <summary>The further parts of a thread, in order.</summary>
    IReadOnlyList<string?>? Thread { get; }

    /// <summary>The id of the post that it corrects; what a post corrects is said when it is written, and stays.</summary>
    string? Corrects => null;

    /// <summary>Whether what it corrects is changed at the platform itself; that stays, too.</summary>
    bool? InPlace => null;
}

/// <summary>A draft to keep.</summary>
public sealed record DraftRequest(
    [property: Description("The 'revision' that was read. Left out for a new one.")] int? Revision,
    [property: Description("The text, as far as it is.")] string? Text,
    [property: Description("Account keys, at most 500.")] IReadOnlyList<string?>? Accounts,
    [property: Description("When it should go out, ISO 8601 with an offset. Left out: now, or not known yet.")] string? DueAt,
    [property: Description("What it is about: general, incident, exercise or event. Left out: general.")] string? Topic = null,
    [property: Description("The incident's reference, for the topic 'incident'.")] string? Incident = null,
    [property: Description("Why it may go out all the same, by the name of each content rule that asks for a reason.")] IReadOnlyDictionary<string, string?>? Reasons = null,
    [property: Description("Its images, in order; each uploaded before to /api/media. Left out: none.")] IReadOnlyList<ImageRequest?>? Images = null,
    [property: Description("Other words for single platforms, by platform id. Left out: the text everywhere.")] IReadOnlyDictionary<string, string?>? Variants = null,
    [property: Description("The id of the post that it corrects: one that is out or was removed, on the same account or of the same message. Left out: none.")] string? Corrects = null,
    [property: Description("True: the post that it corrects is changed at the platform itself, where the platform has that. Left out: it goes out as a post of its own.")] bool? InPlace = null,
    [property: Description("The further parts of a thread, in order: 'text' is the first, each answers the one before it. A platform without threads gets all of it as one text. Left out: none.")] IReadOnlyList<string?>? Thread = null,
    [property: Description("The id of the hold whose agreed line it is to become. Left out: an ordinary message.")] string? Line = null,
    [property: Description("How late it may still go out, in seconds. Left out: the usual.")] int? ToleranceSeconds = null,
    [property: Description("'next': it is to go into each account's next free queue slot. Left out: at 'dueAt', or now.")] string? Slot = null,
    [property: Description("How it is to come back. Left out: it goes out once.")] DraftRepeatRequest? Repeat = null) : IAboutRequest;

/// <summary>How a draft is to come back; looked at when it is sent.</summary>
public sealed record DraftRepeatRequest(
    [property: Description("The rule (RRULE), as far as it is.")] string? Rule,
    [property: Description("Whether bank holidays are left out. Left out: they are not.")] bool? SkipHolidays = null);

/// <summary>A post that has not gone out, as it should be from now on.</summary>
public sealed record EditRequest(
    [property: Description("The revision that was read ('revision' of the post): another one is not changed.")] int? Revision,
    [property: Description("The text from now on.")] string? Text,
    [property: Description("The time from now on, ISO 8601 with an offset.")] string? DueAt,
    [property: Description("What it is about: general, incident, exercise or event. Left out: general.")] string? Topic = null,
    [property: Description("The incident's reference, for the topic 'incident'.")] string? Incident = null,
    [property: Description("Why it may go out all the same, by the name of each content rule that asks for a reason.")] IReadOnlyDictionary<string, string?>? Reasons = null,
    [property: Description("Its images, in order; each uploaded before to /api/media. Left out: none.")] IReadOnlyList<ImageRequest?>? Images = null,
    [property: Description("The further parts of a thread, in order: 'text' is the first, each answers the one before it. A platform without threads gets all of it as one text. Left out: none.")] IReadOnlyList<string?>? Thread = null) : IAboutRequest;

/// <summary>A post to approve.</summary>
public sealed record ApproveRequest(
    [property: Description("The revision that was read ('revision' of the post): another one is not approved.")] int? Revision,
    [property: Description("Another time for a submitted post, ISO 8601 with an offset. Left out: the time it has.")] string? DueAt = null);

/// <summary>A submitted post to send back.</summary>
public sealed record ReturnRequest(
    [property: Description("The revision that was read: another one is not sent back.")] int? Revision,
    [property: Description("What its writer should change.")] string? Comment);

/// <summary>Where and when something would go out.</summary>
public sealed record ClashRequest(
    [property: Description("Account keys, 1 to 500.")] IReadOnlyList<string?>? Accounts,
    [property: Description("When, ISO 8601 with an offset.")] string? At,
    [property: Description("A post that does not clash with itself. Left out: none.")] string? Except = null);

/// <summary>The publishing rules to set.</summary>
public sealed record RulesRequest(
    [property: Description("What findings do, by content rule: warn, reason or comms. A rule that is left out does what is usual for it.")] IReadOnlyDictionary<string, string?>? Content,
    [property: Description("Who approves what.")] IReadOnlyList<ApprovalRuleDto?>? Approvals,
    [property: Description("Posts due within so many minutes of each other clash, 0 to 1440.")] int? ClashMinutes,
    [property: Description("The 'version' that was read.")] long? Version,
    [property: Description("The quiet hours, and what is done about a post that is planned for them. Left out: 22:00 to 07:00, warn.")] QuietHoursDto? Quiet = null);

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

/// <summary>A template to save.</summary>
public sealed record TemplateRequest(
    [property: Description("What people call it; at most 60 characters, and no two the same.")] string? Name,
    [property: Description("The words, at most 5000 characters, with at most 20 different fields in braces: '{place}'. '{{' and '}}' are braces in the post.")] string? Text,
    [property: Description("What it is for, at most 200 characters. Left out: nothing.")] string? Hint,
    [property: Description("The 'version' that was read, to change what is saved. Left out for a new one.")] long? Version);
