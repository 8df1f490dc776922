using Coordination.Domain.Accounts;
using Coordination.Domain.Platforms;
using Coordination.Domain.Posts;

namespace Coordination.Domain.Media;

/// <summary>The rules about a post's images. Pure: whether an image is kept here at all is its store's to say.</summary>
public static class ImageRules
{
    /// <summary>Most images of one post, on any platform.</summary>
    public const int Most = 10;

    /// <summary>Longest description, in characters: what the strictest platform takes (X).</summary>
    public const int LongestAlt = 1000;

    /// <summary>Longest credit or consent reference, in characters.</summary>
    public const int LongestNote = 200;

    /// <summary>Whether a text is a kept image's name.</summary>
    public static bool IsHash(string? text) => text?.Length == 64 && text.All(char.IsAsciiHexDigitLower);

    /// <summary>Checks what is said of images that go out.</summary>
    /// <returns>Null when it may stand.</returns>
    public static Refusal? Check(IReadOnlyList<PostImage> images) => CheckUnfinished(images) ?? images.Select(Finished).FirstOrDefault(r => r is not null);

    /// <summary>Checks images that somebody still writes at: sizes alone.</summary>
    /// <returns>Null when they can be kept.</returns>
    public static Refusal? CheckUnfinished(IReadOnlyList<PostImage> images)
    {
        if (images.Count > Most)
        {
            return new Refusal("images-too-many", $"The post has {images.Count} images; {Most} fit. Nothing was scheduled. Take some out.");
        }

        if (images.Select(i => i.Hash).Distinct(StringComparer.Ordinal).Count() < images.Count)
        {
            return new Refusal("image-twice", "One image is there twice. Nothing was scheduled. Take one of the two out.");
        }

        return images.Select((image, index) => Sizes(image, index + 1)).FirstOrDefault(r => r is not null)
            ?? StorableText.Check("images' descriptions", [.. images.SelectMany(i => new[] { i.Alt, i.Credit, i.Consent })]);
    }

    /// <summary>Checks them against the account's platform.</summary>
    /// <returns>Null when it takes them.</returns>
    public static Refusal? CheckPlatform(AccountKey account, IReadOnlyList<PostImage> images) => ImageLimits.Of(account.Platform) is var limits && images.Count > limits.Most
        ? new Refusal("images-too-many", $"The post for {account} has {images.Count} images; {account.Platform.Name} takes {(limits.Most == 0 ? "none" : limits.Most)}. Nothing was scheduled. Take some out, or leave that account out.")
        : null;

    /// <summary>All the words that the public will read: the text and what is said of the images.</summary>
    public static string Words(string text, IReadOnlyList<PostImage> images) =>
        images.Count == 0 ? text : string.Join('\n', [text, .. images.Select(i => i.Alt)]);

    private static Refusal? Sizes(PostImage image, int number)
    {
        if (!IsHash(image.Hash))
        {
            return new Refusal("image-unknown", $"Image {number} names no image: a name is 64 hexadecimal digits, as the upload gave it. Nothing was scheduled.");
        }

        if (image.Alt.Length > LongestAlt)
        {
            return new Refusal("image-alt-too-long", $"The description of image {number} has {image.Alt.Length} characters; {LongestAlt} fit. Nothing was scheduled. Shorten it.");
        }

        return (image.Credit?.Length > LongestNote ? image.Credit : image.Consent?.Length > LongestNote ? image.Consent : null) is { } note
            ? new Refusal("image-note-too-long", $"The credit or consent of image {number} has {note.Length} characters; {LongestNote} fit. Nothing was scheduled. Shorten it.")
            : null;
    }

    private static Refusal? Finished(PostImage image, int index) => (index + 1, image) switch
    {
        var (number, i) when TextLimits.IsBlank(i.Alt) => new Refusal(
            "image-alt-missing", $"Image {number} has no description. Nothing was scheduled. Say in a sentence what it shows, for people who cannot see it."),
        var (number, i) when i.Rights == ImageRights.Unsaid => new Refusal(
            "image-rights-missing", $"Nobody has said whose image {number} is. Nothing was scheduled. Say whether it is ours, or used with permission or under a licence (order 01/25, 3.3: copyright)."),
        var (number, i) when i.Rights != ImageRights.Own && string.IsNullOrWhiteSpace(i.Credit) => new Refusal(
            "image-credit-missing", $"Image {number} is somebody else's. Nothing was scheduled. Say who permitted its use, or which licence does (order 01/25, 3.3: copyright)."),
        var (number, i) when i.People == ImagePeople.Unsaid => new Refusal(
            "image-people-missing", $"Nobody has said whether a person can be recognised on image {number}. Nothing was scheduled. Say so."),
        var (number, i) when i.People == ImagePeople.Consented && string.IsNullOrWhiteSpace(i.Consent) => new Refusal(
            "image-consent-missing", $"A person can be recognised on image {number}. Nothing was scheduled. Say where their consent is recorded (order 01/25, 3.3), or choose another image."),
        _ => null,
    };
}
