namespace Coordination.Domain.Review;

/// <summary>Why somebody else reads a post before it goes out, and who may approve it.</summary>
/// <param name="Why">The rules that ask for it, at least one.</param>
/// <param name="CommsOnly">Whether Comms alone may approve it; otherwise the account's approvers may too.</param>
public sealed record PostReview(IReadOnlyList<ReviewCause> Why, bool CommsOnly);

/// <summary>One rule that asks for another person.</summary>
/// <param name="Rule">Its name: <c>corporate-incident</c>, <c>corporate-exercise</c>, <c>approval</c>, <c>second-person</c>, or a content rule's after <c>content/</c>.</param>
/// <param name="Words">Why, for people.</param>
public sealed record ReviewCause(string Rule, string Words);

/// <summary>A post that was sent back to its writer.</summary>
/// <param name="By">Staff id of who sent it back.</param>
/// <param name="ByName">Their name at the time.</param>
/// <param name="Comment">What is to be changed.</param>
/// <param name="At">When (UTC).</param>
public sealed record PostReturn(string By, string ByName, string Comment, DateTimeOffset At);
