namespace Coordination.Domain.Media;

/// <summary>Whose an image is: what its writer states (order 01/25, 3.3: copyright).</summary>
public enum ImageRights
{
    /// <summary>Nobody has said yet.</summary>
    Unsaid,

    /// <summary>Taken or made by the brigade's own staff at work.</summary>
    Own,

    /// <summary>Somebody else's, used with their permission.</summary>
    Permission,

    /// <summary>Somebody else's, under a licence that allows it.</summary>
    Licence,
}

/// <summary>Whether somebody can be recognised on an image.</summary>
public enum ImagePeople
{
    /// <summary>Nobody has said yet.</summary>
    Unsaid,

    /// <summary>Nobody can.</summary>
    Nobody,

    /// <summary>Somebody can, and their consent is recorded.</summary>
    Consented,
}

/// <summary>The ids and names of what is said of an image. The ids are stored and part of the API.</summary>
public static class ImageWords
{
    /// <summary>The id.</summary>
    public static string Id(this ImageRights rights) => rights switch
    {
        ImageRights.Own => "own",
        ImageRights.Permission => "permission",
        ImageRights.Licence => "licence",
        _ => "unsaid",
    };

    /// <summary>The id.</summary>
    public static string Id(this ImagePeople people) => people switch
    {
        ImagePeople.Nobody => "nobody",
        ImagePeople.Consented => "consented",
        _ => "unsaid",
    };

    /// <summary>In words.</summary>
    public static string Name(this ImageRights rights) => rights switch
    {
        ImageRights.Own => "Ours: made by brigade staff",
        ImageRights.Permission => "Used with permission",
        ImageRights.Licence => "Used under a licence",
        _ => "Not said yet",
    };

    /// <summary>In words.</summary>
    public static string Name(this ImagePeople people) => people switch
    {
        ImagePeople.Nobody => "Nobody can be recognised",
        ImagePeople.Consented => "Recognisable, with recorded consent",
        _ => "Not said yet",
    };

    /// <summary>Reads an id.</summary>
    public static bool TryParse(string? id, out ImageRights rights)
    {
        var found = Enum.GetValues<ImageRights>().Where(r => string.Equals(r.Id(), id, StringComparison.Ordinal)).ToArray();
        rights = found.FirstOrDefault();
        return found.Length == 1;
    }

    /// <summary>Reads an id.</summary>
    public static bool TryParse(string? id, out ImagePeople people)
    {
        var found = Enum.GetValues<ImagePeople>().Where(p => string.Equals(p.Id(), id, StringComparison.Ordinal)).ToArray();
        people = found.FirstOrDefault();
        return found.Length == 1;
    }
}
