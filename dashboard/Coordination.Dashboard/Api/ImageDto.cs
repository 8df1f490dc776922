using System.ComponentModel;
using System.Text.Json.Serialization;
using Coordination.Domain;
using Coordination.Domain.Media;

namespace Coordination.Dashboard.Api;

/// <summary>One image of a post.</summary>
/// <param name="Hash">Its name.</param>
/// <param name="Url">Where it is.</param>
/// <param name="Alt">What it shows, in words.</param>
/// <param name="Rights">Whose it is: <c>own</c>, <c>permission</c> or <c>licence</c>; <c>unsaid</c> in a draft.</param>
/// <param name="Credit">Who permitted its use, or which licence does; left out for one of ours.</param>
/// <param name="People">Whether somebody can be recognised: <c>nobody</c> or <c>consented</c>; <c>unsaid</c> in a draft.</param>
/// <param name="Consent">Where their consent is recorded; left out when nobody can.</param>
public sealed record ImageDto(
    string Hash,
    string Url,
    string Alt,
    string Rights,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Credit,
    string People,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Consent)
{
    /// <summary>Makes them; null when there are none.</summary>
    public static IReadOnlyList<ImageDto>? Of(IReadOnlyList<PostImage>? images) => images is { Count: > 0 }
        ? [.. images.Select(i => new ImageDto(i.Hash, MediaDto.AddressOf(i.Hash), i.Alt, i.Rights.Id(), i.Credit, i.People.Id(), i.Consent))]
        : null;
}

/// <summary>An image of a post to schedule.</summary>
public sealed record ImageRequest(
    [property: Description("The 'hash' that its upload gave.")] string? Hash,
    [property: Description("What it shows, in a sentence, for people who cannot see it; at most 1000 characters.")] string? Alt,
    [property: Description("Whose it is: own, permission or licence.")] string? Rights,
    [property: Description("Who permitted its use, or which licence does; at most 200 characters.")] string? Credit,
    [property: Description("Whether somebody can be recognised: nobody or consented.")] string? People,
    [property: Description("Where their consent is recorded; at most 200 characters.")] string? Consent);

/// <summary>Reads images.</summary>
internal static class ImageInput
{
    /// <summary>Reads them; the rules decide about them.</summary>
    /// <returns>Null when they could be read.</returns>
    public static Refusal? Read(IReadOnlyList<ImageRequest?>? requests, out IReadOnlyList<PostImage> images)
    {
        var read = new List<PostImage>();
        images = read;
        foreach (var (index, request) in (requests ?? []).Index())
        {
            var rights = ImageRights.Unsaid;
            var people = ImagePeople.Unsaid;
            if ((request?.Rights is { } r && !ImageWords.TryParse(r, out rights)) || (request?.People is { } p && !ImageWords.TryParse(p, out people)))
            {
                return new Refusal("image-words-unknown", $"'rights' of image {index + 1} can be own, permission or licence, and 'people' nobody or consented. Nothing was changed.");
            }

            read.Add(new PostImage(request?.Hash ?? "", request?.Alt?.Trim() ?? "", rights, Given(request?.Credit), people, Given(request?.Consent)));
        }

        return null;
    }

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
