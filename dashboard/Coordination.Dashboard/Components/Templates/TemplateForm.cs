using Coordination.Domain.Templates;

namespace Coordination.Dashboard.Components.Templates;

/// <summary>What is typed of a template, and what it is so far.</summary>
/// <param name="former">The template that is changed; null for a new one.</param>
public sealed class TemplateForm(PostTemplate? former)
{
    /// <summary>The template that is changed; null for a new one.</summary>
    public PostTemplate? Former => former;

    /// <summary>The name, as typed.</summary>
    public string Name { get; set; } = former?.Name ?? "";

    /// <summary>The text, as typed.</summary>
    public string Text { get; set; } = former?.Text ?? "";

    /// <summary>What it is for, as typed.</summary>
    public string Hint { get; set; } = former?.Hint ?? "";

    /// <summary>Words and fields of the text; empty while it cannot be read.</summary>
    public IReadOnlyList<TemplatePart> Parts => TemplateText.Read(Text, out var read) is null ? read!.Parts : [];

    /// <summary>What is wrong with the text so far; null for nothing, and while there is none.</summary>
    // Nobody has asked to save it yet.
    public string? Fault => Text.Length == 0 ? null : TemplateText.Read(Text, out _)?.Reason.Replace(" Nothing was saved.", "", StringComparison.Ordinal);

    /// <summary>What is missing before it can be saved; null when nothing is.</summary>
    public string? Missing => string.IsNullOrWhiteSpace(Name) ? "Give it the name that people look for."
        : string.IsNullOrWhiteSpace(Text) ? "Write the words that a post begins with."
        : null;
}
