using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Coordination.Domain.Review;

/// <summary>What a post is about, as its writer says. The names are a contract with clients.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PostTopic>))]
public enum PostTopic
{
    /// <summary>Anything else.</summary>
    [JsonStringEnumMemberName("general")]
    General,

    /// <summary>An incident; its reference is given.</summary>
    [JsonStringEnumMemberName("incident")]
    Incident,

    /// <summary>A training exercise.</summary>
    [JsonStringEnumMemberName("exercise")]
    Exercise,

    /// <summary>An event.</summary>
    [JsonStringEnumMemberName("event")]
    Event,
}

/// <summary>Ids and names of the topics.</summary>
public static class PostTopics
{
    /// <summary>The id, as in JSON.</summary>
    public static string Id(this PostTopic topic) => topic switch
    {
        PostTopic.General => "general",
        PostTopic.Incident => "incident",
        PostTopic.Exercise => "exercise",
        PostTopic.Event => "event",
        _ => throw new ArgumentOutOfRangeException(nameof(topic), topic, "No such topic."),
    };

    /// <summary>The name, as on screen.</summary>
    public static string Name(this PostTopic topic) => topic switch
    {
        PostTopic.General => "Something else",
        PostTopic.Incident => "An incident",
        PostTopic.Exercise => "A training exercise",
        PostTopic.Event => "An event",
        _ => throw new ArgumentOutOfRangeException(nameof(topic), topic, "No such topic."),
    };

    /// <summary>Finds a topic by its id.</summary>
    public static bool TryParse([NotNullWhen(true)] string? id, out PostTopic topic)
    {
        foreach (var candidate in Enum.GetValues<PostTopic>())
        {
            if (string.Equals(candidate.Id(), id, StringComparison.Ordinal))
            {
                topic = candidate;
                return true;
            }
        }

        topic = default;
        return false;
    }
}
