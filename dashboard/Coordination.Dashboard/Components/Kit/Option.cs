namespace Coordination.Dashboard.Components.Kit;

/// <summary>One line of a choice.</summary>
/// <param name="Id">What is chosen; empty for no narrowing.</param>
/// <param name="Name">As on screen.</param>
public sealed record Option(string Id, string Name)
{
    /// <summary>All areas, each by name, and those without one.</summary>
    public static IReadOnlyList<Option> Areas(IEnumerable<string?> areas) =>
        [new("", "All areas"), .. Sorted(areas).Select(id => new Option(id, Names.Place(id))), new("none", "No area")];

    /// <summary>All platforms, each by name.</summary>
    public static IReadOnlyList<Option> Platforms(IEnumerable<string?> platforms) =>
        [new("", "All platforms"), .. Sorted(platforms).Select(id => new Option(id, Names.OfPlatform(id)))];

    /// <summary>Both kinds of account.</summary>
    public static IReadOnlyList<Option> Kinds { get; } = [new("", "All kinds"), new("local", "Local"), new("corporate", "Corporate")];

    /// <summary>Every state of an account.</summary>
    public static IReadOnlyList<Option> States { get; } =
        [new("", "All states"), new("open", "Open"), new("held", "Held"), new("attention", "Needs somebody"), new("requested", "Requested"), new("retired", "Retired")];

    private static IEnumerable<string> Sorted(IEnumerable<string?> labels) =>
        labels.OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
}
