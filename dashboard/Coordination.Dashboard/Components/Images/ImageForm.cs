using Coordination.Domain.Media;

namespace Coordination.Dashboard.Components.Images;

/// <summary>One image as fields hold it.</summary>
/// <param name="hash">The kept image's name.</param>
public sealed class ImageForm(string hash)
{
    /// <summary>Whose an image can be.</summary>
    public static IReadOnlyList<Kit.Option> RightsOptions { get; } = [.. Enum.GetValues<ImageRights>().Select(r => new Kit.Option(r.Id(), r == ImageRights.Unsaid ? "Whose is it?" : r.Name()))];

    /// <summary>Whether somebody can be recognised.</summary>
    public static IReadOnlyList<Kit.Option> PeopleOptions { get; } = [.. Enum.GetValues<ImagePeople>().Select(p => new Kit.Option(p.Id(), p == ImagePeople.Unsaid ? "Can anybody be recognised?" : p.Name()))];

    /// <summary>The kept image's name.</summary>
    public string Hash { get; } = hash;

    /// <summary>What it shows.</summary>
    public string Alt { get; set; } = "";

    /// <summary>Whose it is, by its id.</summary>
    public string Rights { get; set; } = ImageRights.Unsaid.Id();

    /// <summary>Who permitted its use, or which licence does.</summary>
    public string Credit { get; set; } = "";

    /// <summary>Whether somebody can be recognised, by its id.</summary>
    public string People { get; set; } = ImagePeople.Unsaid.Id();

    /// <summary>Where their consent is recorded.</summary>
    public string Consent { get; set; } = "";

    /// <summary>Fills the fields.</summary>
    public static ImageForm Of(PostImage image) => new(image.Hash)
    {
        Alt = image.Alt,
        Rights = image.Rights.Id(),
        Credit = image.Credit ?? "",
        People = image.People.Id(),
        Consent = image.Consent ?? "",
    };

    /// <summary>What the fields say. A credit counts for somebody else's image alone, a consent where somebody can be recognised.</summary>
    public PostImage ToImage()
    {
        _ = ImageWords.TryParse(Rights, out ImageRights rights);
        _ = ImageWords.TryParse(People, out ImagePeople people);
        return new PostImage(
            Hash,
            Alt.Trim(),
            rights,
            rights is ImageRights.Permission or ImageRights.Licence && !string.IsNullOrWhiteSpace(Credit) ? Credit.Trim() : null,
            people,
            people == ImagePeople.Consented && !string.IsNullOrWhiteSpace(Consent) ? Consent.Trim() : null);
    }
}
