using Coordination.Domain.Accounts;
using Coordination.Domain.Platforms;
using Coordination.Domain.Review;

namespace Coordination.Domain.Posts;

/// <summary>A part of a thread that is out.</summary>
/// <param name="RemoteId">The platform's own id of it.</param>
/// <param name="Url">Where it can be seen; null when that is not known.</param>
/// <param name="At">When the platform took it (UTC).</param>
public sealed record PartOut(string RemoteId, string? Url, DateTimeOffset At);

/// <summary>A post of several parts, each an answer to the one before it. Every part has a permit of its own (FENCE.md rule 3), so a hold stops what has not gone out.</summary>
public static class PostThread
{
    /// <summary>Most parts, the first included.</summary>
    public const int Most = 25;

    /// <summary>Longest part, in characters: more than any platform with threads takes.</summary>
    public const int LongestPart = 5000;

    /// <summary>Whether a platform has threads. One that has none gets the parts as one text.</summary>
    public static bool On(Platform platform) => platform == Platform.X || platform == Platform.Mastodon || platform == Platform.Bluesky || platform == Platform.Threads;

    /// <summary>What a platform gets: the text and the further parts as they are, or as one text with an empty line between.</summary>
    /// <param name="platform">The platform.</param>
    /// <param name="text">The first part.</param>
    /// <param name="about">What belongs to it, with the further parts.</param>
    public static (string Text, PostAbout? About) For(Platform platform, string text, PostAbout? about) => about is { Thread.Count: > 0 } && !On(platform)
        ? (string.Join("\n\n", [text, .. about.Thread]), about with { Thread = [] } is { SaysNothing: false } rest ? rest : null)
        : (text, about);

    /// <summary>Checks the further parts of a post.</summary>
    /// <returns>Null when they can go out.</returns>
    public static Refusal? Check(AccountKey account, string text, IReadOnlyList<string> further)
    {
        if (further.Count == 0)
        {
            return null;
        }

        if (!On(account.Platform))
        {
            return new Refusal("thread-unknown", $"{account.Platform.Name} has no threads, and the post for {account} has {further.Count + 1} parts. Nothing was scheduled. Send it as one text.");
        }

        // Two parts of the same words could not be told apart on the platform, and X takes no text twice.
        return CheckUnfinished(further)
            ?? (further.Append(text).Distinct(StringComparer.Ordinal).Count() <= further.Count
                ? new Refusal("thread-repeats", $"Two parts of the thread for {account} say the same. Nothing was scheduled. Take one out.")
                : further.Select((part, index) => Numbered(index + 2, PostText.Check(account, part))).FirstOrDefault(r => r is not null));
    }

    /// <summary>Checks parts that somebody still writes at: sizes alone.</summary>
    /// <returns>Null when they can be kept.</returns>
    public static Refusal? CheckUnfinished(IReadOnlyList<string> further) => further.Count >= Most
        ? new Refusal("thread-too-long", $"The thread has {further.Count + 1} parts; {Most} fit. Nothing was scheduled. Shorten it.")
        : further.Any(part => part.Length > LongestPart)
            ? new Refusal("thread-too-long", $"A part of the thread has more than {LongestPart:#,0} characters. Nothing was scheduled. Shorten it.")
            : null;

    private static Refusal? Numbered(int number, Refusal? refusal) =>
        refusal is null ? null : refusal with { Reason = $"Part {number} of the thread: {refusal.Reason}" };
}
