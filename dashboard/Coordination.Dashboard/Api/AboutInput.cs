using Coordination.Domain;
using Coordination.Domain.Posts;
using Coordination.Domain.Review;

namespace Coordination.Dashboard.Api;

/// <summary>Reads what a request says of a post besides its text.</summary>
internal static class AboutInput
{
    /// <summary>Reads it.</summary>
    /// <returns>Null when it could be read; <paramref name="about"/> is null when nothing is said.</returns>
    public static Refusal? Read(IAboutRequest request, out PostAbout? about)
    {
        about = null;
        if (request is { Topic: null, Incident: null, Reasons: null, Images: null, Corrects: null, InPlace: not true, Thread: null or [] })
        {
            return null;
        }

        var topic = PostTopic.General;
        if (request.Topic is not null && !PostTopics.TryParse(request.Topic, out topic))
        {
            return new Refusal("topic-unknown", "'topic' is none of general, incident, exercise and event. Nothing was changed.");
        }

        if (ImageInput.Read(request.Images, out var images) is { } unfit)
        {
            return unfit;
        }

        PostId corrected = default;
        if (request.Corrects is not null && !PostId.TryParse(request.Corrects, out corrected))
        {
            return new Refusal("correction-unknown", "'corrects' is no id of a post. Nothing was changed. Give the id of the post that is corrected.");
        }

        about = new PostAbout
        {
            Corrects = request.Corrects is null ? null : corrected,
            InPlace = request.InPlace ?? false,
            Topic = topic,
            Incident = string.IsNullOrWhiteSpace(request.Incident) ? null : request.Incident.Trim(),
            Answers = (request.Reasons ?? new Dictionary<string, string?>(StringComparer.Ordinal))
                .Where(r => !string.IsNullOrWhiteSpace(r.Value)).ToDictionary(r => r.Key, r => r.Value!.Trim(), StringComparer.Ordinal),
            Images = images,
            Thread = [.. (request.Thread ?? []).Select(part => part ?? "")],
        };
        return null;
    }
}
