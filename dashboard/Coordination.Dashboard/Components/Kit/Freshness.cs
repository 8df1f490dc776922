namespace Coordination.Dashboard.Components.Kit;

/// <summary>How old the screen is, in a word and a colour. What is not known is never green.</summary>
/// <param name="Css">The colour's class.</param>
/// <param name="Words">What the strip says.</param>
public sealed record Freshness(string Css, string Words)
{
    /// <summary>Beyond this age the screen is behind: the replica agrees with its feed every three seconds, so one beat is missing.</summary>
    public static readonly TimeSpan Behind = TimeSpan.FromSeconds(6);

    /// <summary>Judges an age; null when the replica never agreed with the database.</summary>
    public static Freshness Of(TimeSpan? age) => age switch
    {
        null => new("none", "Not live yet"),
        { } a when a <= Behind => new("good", $"Live · {UkTime.Span(a)}"),
        { } a => new("late", $"{UkTime.Span(a)} old"),
    };
}
