namespace Coordination.Domain.Templates;

/// <summary>A piece of a template's text: words as they stand, or a field.</summary>
/// <param name="Text">The words, their doubled braces made single; or the field's name.</param>
/// <param name="IsField">Whether it is a field.</param>
public sealed record TemplatePart(string Text, bool IsField);
