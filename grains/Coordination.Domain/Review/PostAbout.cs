using System.Text.Json.Serialization;
using Coordination.Domain.Media;
using Coordination.Domain.Posts;

namespace Coordination.Domain.Review;

/// <summary>What belongs to a post besides its text: what is said of it, and its images.</summary>
public sealed record PostAbout
{
    /// <summary>Longest incident reference, in characters.</summary>
    public const int LongestIncident = 200;

    /// <summary>Most answers: more than there are rules.</summary>
    public const int MostAnswers = 50;

    /// <summary>Nothing is said.</summary>
    public static PostAbout Nothing { get; } = new();

    /// <summary>What it is about.</summary>
    public PostTopic Topic { get; init; }

    /// <summary>The incident's reference; null when it is about none.</summary>
    public string? Incident { get; init; }

    /// <summary>The post that it corrects; null when it corrects none.</summary>
    public PostId? Corrects { get; init; }

    /// <summary>Whether it changes that post at the platform itself, instead of going out as a post of its own.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool InPlace { get; init; }

    /// <summary>The platform's own id of what it changes in place; null for a post of its own. No writer says it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Target { get; init; }

    /// <summary>Why it may go out all the same, by the name of the content rule that asks.</summary>
    public IReadOnlyDictionary<string, string> Answers { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>How far each finding was settled when the text was last confirmed: answered by its writer, or by Comms. A rule that asks for more since then finds it again.</summary>
    public IReadOnlyDictionary<string, ContentAct> Settled { get; init; } = new Dictionary<string, ContentAct>(StringComparer.Ordinal);

    /// <summary>Its images, in order.</summary>
    [JsonIgnore]
    public IReadOnlyList<PostImage> Images { get; init; } = [];

    // What is stored without images is stored as it was before there were any: a state that was written then still equals its journal.
    [JsonInclude, JsonPropertyName("images"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    internal IReadOnlyList<PostImage>? Shown
    {
        get => Images.Count == 0 ? null : Images;
        init => Images = value ?? [];
    }

    /// <summary>The further parts of a thread, in order; the post's text is the first. None for a post of one part.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Thread { get; init; } = [];

    // As with images: what has one part is stored as it always was.
    [JsonInclude, JsonPropertyName("thread"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    internal IReadOnlyList<string>? Further
    {
        get => Thread.Count == 0 ? null : Thread;
        init => Thread = value ?? [];
    }

    /// <summary>The parts of a thread that are out, in order. No writer says it.</summary>
    [JsonIgnore]
    public IReadOnlyList<PartOut> PartsOut { get; init; } = [];

    [JsonInclude, JsonPropertyName("partsOut"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    internal IReadOnlyList<PartOut>? Out
    {
        get => PartsOut.Count == 0 ? null : PartsOut;
        init => PartsOut = value ?? [];
    }

    /// <summary>The last try by which nothing was sent, since a person last confirmed the post; null when there was none. No writer says it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PostFailure? Failure { get; init; }

    /// <summary>Who wrote the words, where it is not the person that the post goes out for: others may move it or confirm it, and it stays its writer's. No writer says it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PostWriter? Writer { get; init; }

    /// <summary>Whether there is nothing but the text.</summary>
    [JsonIgnore]
    public bool SaysNothing => this is { Topic: PostTopic.General, Incident: null, Corrects: null, InPlace: false, Answers.Count: 0, Settled.Count: 0, Images.Count: 0, Thread.Count: 0, PartsOut.Count: 0, Failure: null, Writer: null };

    /// <summary>What is said of a post, with another last failure; null when nothing is said then.</summary>
    public static PostAbout? WithFailure(PostAbout? about, PostFailure? failure) => (about ?? Nothing) switch
    {
        _ when Equals(about?.Failure, failure) => about,
        { } said when failure is null && (said with { Failure = null }).SaysNothing => null,
        var said => said with { Failure = failure },
    };

    /// <summary>What a writer says, without what the service said.</summary>
    public PostAbout AsWritten() => this with { Settled = Nothing.Settled, Failure = null, PartsOut = [], Target = null, Writer = null };

    /// <summary>All that the public will read of a post: its text, the further parts of a thread, what is said of its images.</summary>
    /// <param name="text">The post's text.</param>
    /// <param name="about">What belongs to it; null when nothing does.</param>
    public static string Words(string text, PostAbout? about) => about is null ? text : ImageRules.Words(string.Join('\n', [text, .. about.Thread]), about.Images);

    /// <summary>Checks what a person gave.</summary>
    /// <returns>Null when it may stand.</returns>
    public Refusal? Check()
    {
        if (Topic == PostTopic.Incident && string.IsNullOrWhiteSpace(Incident))
        {
            return new Refusal("incident-missing", "A post about an incident needs the incident's reference. Nothing was scheduled. Give it, or choose another topic.");
        }

        if (Incident?.Length > LongestIncident)
        {
            return new Refusal("incident-too-long", $"The incident's reference has {Incident.Length} characters; {LongestIncident} fit. Nothing was scheduled.");
        }

        if (Answers.Count > MostAnswers || Answers.Keys.Any(k => k.Length > 100))
        {
            return new Refusal("reasons-too-many", $"There are more than {MostAnswers} reasons, or one for a rule that cannot exist. Nothing was scheduled. Give one for each rule that asks.");
        }

        return Answers.Values.FirstOrDefault(a => a.Length > PostRules.LongestReason) is { } longest
            ? new Refusal("reason-too-long", $"A reason has {longest.Length} characters; {PostRules.LongestReason} fit. Nothing was scheduled.")
            : StorableText.Check("post's details", [Incident, .. Answers.Keys, .. Answers.Values, .. Thread]) ?? PostThread.CheckUnfinished(Thread) ?? ImageRules.Check(Images);
    }

    /// <summary>Whether the writer answered a rule that asks.</summary>
    public bool Answered(string rule) => Answers.TryGetValue(rule, out var answer) && !string.IsNullOrWhiteSpace(answer);
}
