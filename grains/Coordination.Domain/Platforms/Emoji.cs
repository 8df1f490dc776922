namespace Coordination.Domain.Platforms;

/// <summary>Tells whether one user-perceived character is an emoji (Unicode Technical Standard 51).</summary>
internal static class Emoji
{
    private const int TextStyle = 0xFE0E;
    private const int EmojiStyle = 0xFE0F;
    private const int Keycap = 0x20E3;

    /// <summary>The code points that emoji begin with and that stand below the pictograph blocks, each range inclusive.</summary>
    private static readonly (int From, int To)[] Early =
    [
        (0x203C, 0x203C), (0x2049, 0x2049), (0x2122, 0x2122), (0x2139, 0x2139), (0x2194, 0x2199), (0x21A9, 0x21AA),
        (0x231A, 0x231B), (0x2328, 0x2328), (0x23CF, 0x23CF), (0x23E9, 0x23FA), (0x24C2, 0x24C2), (0x25AA, 0x25AB),
        (0x25B6, 0x25B6), (0x25C0, 0x25C0), (0x25FB, 0x25FE), (0x2600, 0x27BF), (0x2934, 0x2935), (0x2B05, 0x2B07),
        (0x2B1B, 0x2B1C), (0x2B50, 0x2B50), (0x2B55, 0x2B55), (0x3030, 0x3030), (0x303D, 0x303D), (0x3297, 0x3297), (0x3299, 0x3299),
    ];

    public static bool Is(string element)
    {
        var runes = element.EnumerateRunes();
        if (!runes.MoveNext())
        {
            return false;
        }

        var first = runes.Current.Value;
        var second = runes.MoveNext() ? runes.Current.Value : 0;
        var third = runes.MoveNext() ? runes.Current.Value : 0;
        return first switch
        {
            '#' or '*' or (>= '0' and <= '9') => second == Keycap || (second == EmojiStyle && third == Keycap),
            0xA9 or 0xAE => second == EmojiStyle,
            >= 0x1F1E6 and <= 0x1F1FF => second is >= 0x1F1E6 and <= 0x1F1FF,
            >= 0x1F000 and <= 0x1FAFF => second != TextStyle,
            _ => second != TextStyle && Array.Exists(Early, r => first >= r.From && first <= r.To),
        };
    }
}
