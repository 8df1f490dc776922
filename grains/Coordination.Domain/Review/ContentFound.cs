namespace Coordination.Domain.Review;

/// <summary>A rule that found something in a text, or in its time.</summary>
/// <param name="Rule">Its name, such as <c>phone</c>.</param>
/// <param name="Title">What it finds, as on screen: "A phone number".</param>
/// <param name="Asks">What whoever writes is asked, where a reason is asked for.</param>
/// <param name="Usual">What its findings do unless Comms has chosen otherwise.</param>
public sealed record ContentFound(string Rule, string Title, string Asks, ContentAct Usual)
{
    /// <summary>Where it is asked for.</summary>
    public string Paragraph { get; init; } = "order 01/25, 3.3";

    /// <summary>Whether what was done settles it by itself: publishing now, in the quiet hours, is a deliberate act.</summary>
    public bool Deliberate { get; init; }

    /// <summary>Its name as a cause of a review.</summary>
    public string Cause => string.Equals(Rule, QuietHours.Rule, StringComparison.Ordinal) ? Rule : "content/" + Rule;
}

/// <summary>What a post was looked through by: the rules in force, and what they found in its text.</summary>
/// <param name="Rules">The rules as Comms has set them.</param>
/// <param name="Found">Each rule that found something, once.</param>
public sealed record ContentLook(PublishingRules Rules, IReadOnlyList<ContentFound> Found)
{
    /// <summary>The rules as they are without anybody's choice, and nothing found.</summary>
    public static ContentLook Nothing { get; } = new(PublishingRules.Default, []);

    /// <summary>The same, with what the post's time is found to be: in the quiet hours, unless it is about an incident.</summary>
    /// <param name="dueAt">When it would go out.</param>
    /// <param name="about">What is said of it.</param>
    /// <param name="now">When that is asked for; what is due by then is published at once.</param>
    public ContentLook At(DateTimeOffset dueAt, PostAbout? about, DateTimeOffset now) =>
        Rules.Quiet.Contain(dueAt) && about?.Topic != PostTopic.Incident ? this with { Found = [.. Found, Rules.Quiet.Found(dueAt <= now)] } : this;
}
