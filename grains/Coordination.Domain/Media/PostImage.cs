namespace Coordination.Domain.Media;

/// <summary>One image of a post: which one, what it shows in words, and that it may be shown.</summary>
/// <param name="Hash">The kept image's name: SHA-256 of its bytes, 64 lower-case hexadecimal digits.</param>
/// <param name="Alt">What it shows, for people who cannot see it.</param>
/// <param name="Rights">Whose it is.</param>
/// <param name="Credit">Who permitted its use, or under which licence; null for one of the brigade's own.</param>
/// <param name="People">Whether somebody can be recognised on it.</param>
/// <param name="Consent">Where the consent is recorded of those who can be recognised; null when nobody can.</param>
public sealed record PostImage(string Hash, string Alt, ImageRights Rights, string? Credit, ImagePeople People, string? Consent);
