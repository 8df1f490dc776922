namespace Coordination.Domain.Templates;

/// <summary>Agreed words with fields in them, from which a post is begun.</summary>
/// <param name="Id">The id, such as <c>road-closed</c>: small letters, digits and hyphens.</param>
/// <param name="Name">What people call it; no two have the same, whatever their letters' size.</param>
/// <param name="Text">The words, with fields in braces; <see cref="TemplateText"/> reads them.</param>
/// <param name="Hint">What it is for, in a few words; null for nothing.</param>
/// <param name="Version">Grows with each change; a change or a removal names the one that was read.</param>
/// <param name="SavedAt">When it was saved as it is (UTC).</param>
/// <param name="SavedBy">Staff id of who saved it.</param>
/// <param name="SavedByName">Their name at the time.</param>
public sealed record PostTemplate(
    string Id, string Name, string Text, string? Hint, long Version, DateTimeOffset SavedAt, string SavedBy, string SavedByName);
