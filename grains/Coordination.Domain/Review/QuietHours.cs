using Coordination.Domain.Schedule;

namespace Coordination.Domain.Review;

/// <summary>When the public is left in peace: nothing is planned for these hours without a word about it. The same hours every day; equal times mean never.</summary>
/// <param name="From">When they begin, on a wall in London.</param>
/// <param name="To">When they end; before <paramref name="From"/> it is the next morning.</param>
/// <param name="Act">What is done about a post that is planned for them.</param>
public sealed record QuietHours(TimeOnly From, TimeOnly To, ContentAct Act)
{
    /// <summary>The rule's name: what asks, what is answered, and why Comms reads a post.</summary>
    public const string Rule = "quiet-hours";

    /// <summary>Where it is asked for.</summary>
    public const string Paragraph = "quiet hours of Comms' rules";

    private static readonly TimeZoneInfo London = WallClock.TryFindZone(WallClock.London, out var zone) ? zone : TimeZoneInfo.Utc;

    /// <summary>Unless Comms has set them otherwise: 22:00 to 07:00, and a warning.</summary>
    public static QuietHours Default { get; } = new(new TimeOnly(22, 0), new TimeOnly(7, 0), ContentAct.Warn);

    /// <summary>Whether a moment lies in them.</summary>
    public bool Contain(DateTimeOffset at) => Contain(TimeOnly.FromDateTime(Wall(at)));

    /// <summary>Whether a time on a wall in London lies in them.</summary>
    public bool Contain(TimeOnly wall) => wall.IsBetween(From, To);

    /// <summary>When the quiet hours that a moment lies in end; the moment itself when it lies in none.</summary>
    public DateTimeOffset EndAfter(DateTimeOffset at)
    {
        if (!Contain(at))
        {
            return at;
        }

        var wall = Wall(at);
        var end = wall.Date.AddDays(TimeOnly.FromDateTime(wall) < To ? 0 : 1).Add(To.ToTimeSpan());
        var first = WallClock.At(end, London).At;

        // Where the wall shows their end twice, the first may have passed.
        return first > at ? first : new DateTimeOffset(end, London.GetUtcOffset(at)).ToUniversalTime();
    }

    /// <summary>The hours in words: <c>22:00 to 07:00</c>.</summary>
    public string Hours => FormattableString.Invariant($"{From:HH:mm} to {To:HH:mm}");

    /// <summary>What is asked of whoever plans a post for them.</summary>
    public string Asks => FormattableString.Invariant($"Why can it not wait until {To:HH:mm}?");

    /// <summary>That a post's time lies in them, as the other rules say what they found.</summary>
    /// <param name="deliberate">Whether it is published now.</param>
    public ContentFound Found(bool deliberate) => new(Rule, $"Planned for the quiet hours, {Hours}", Asks, Act) { Paragraph = Paragraph, Deliberate = deliberate };

    private static DateTime Wall(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, London).DateTime;
}
