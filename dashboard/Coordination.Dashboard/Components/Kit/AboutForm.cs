using Coordination.Domain.Review;

namespace Coordination.Dashboard.Components.Kit;

/// <summary>What is said of a post besides its text, as fields hold it.</summary>
public static class AboutForm
{
    /// <summary>The topics to choose from.</summary>
    public static IReadOnlyList<Option> Topics { get; } = [.. Enum.GetValues<PostTopic>().Select(t => new Option(t.Id(), t.Name()))];

    /// <summary>Reads the fields. An incident's reference counts for that topic alone.</summary>
    public static PostAbout Read(string topic, string incident, IReadOnlyDictionary<string, string> answers)
    {
        var known = PostTopics.TryParse(topic, out var parsed) ? parsed : PostTopic.General;
        return new PostAbout
        {
            Topic = known,
            Incident = known == PostTopic.Incident && !string.IsNullOrWhiteSpace(incident) ? incident.Trim() : null,
            Answers = answers.Where(a => !string.IsNullOrWhiteSpace(a.Value)).ToDictionary(a => a.Key, a => a.Value.Trim(), StringComparer.Ordinal),
        };
    }

    /// <summary>What is missing; null when nothing is.</summary>
    public static string? Missing(string topic, string incident) =>
        string.Equals(topic, PostTopic.Incident.Id(), StringComparison.Ordinal) && string.IsNullOrWhiteSpace(incident)
            ? "Give the incident’s reference, or choose another topic."
            : null;
}
