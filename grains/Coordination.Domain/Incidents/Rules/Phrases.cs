namespace Coordination.Domain.Incidents.Rules;

/// <summary>Pieces of sentences.</summary>
internal static class Phrases
{
    /// <summary><c>'a', 'b' or 'c'</c>.</summary>
    public static string OneOf(IReadOnlyList<string> values) => Listed([.. values.Select(v => $"'{v}'")], "or");

    /// <summary><c>a, b and c</c>.</summary>
    public static string Listed(IReadOnlyList<string> values, string last) => values.Count < 2
        ? string.Concat(values)
        : $"{string.Join(", ", values.Take(values.Count - 1))} {last} {values[^1]}";

    /// <summary><c>1 pump</c>, <c>10 pumps</c>.</summary>
    public static string Count(int count, string one, string more) => FormattableString.Invariant($"{count} {(count == 1 ? one : more)}");

    /// <summary>A part of a longer condition; in brackets where it would read as another one.</summary>
    public static string Grouped(Condition part) => part is AllOf { Of.Count: > 1 } or AnyOf { Of.Count: > 1 } ? $"({part.Words()})" : part.Words();
}
