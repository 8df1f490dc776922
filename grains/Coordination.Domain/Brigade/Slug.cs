using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Coordination.Domain.Brigade;

/// <summary>The form of the ids of areas, stations and departments: <c>sutton-coldfield</c>.</summary>
/// <remarks>Lower-case letters, digits and single inner hyphens, 1 to 60 characters: safe in labels, routes and file columns.</remarks>
public static partial class Slug
{
    /// <summary>Whether the text can be an id.</summary>
    public static bool IsValid([NotNullWhen(true)] string? text) => text is { Length: <= 60 } && Pattern().IsMatch(text);

    [GeneratedRegex(@"\A[a-z0-9]+(?:-[a-z0-9]+)*\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Pattern();
}
