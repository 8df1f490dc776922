using System.Globalization;
using System.Runtime.InteropServices;

namespace Coordination.Domain.Platforms;

/// <summary>What a platform counts.</summary>
public enum TextUnit
{
    /// <summary>UTF-16 code units, as most programs count.</summary>
    Characters,

    /// <summary>Characters that weigh 1 or 2, and links that weigh 23 (X).</summary>
    WeightedCharacters,

    /// <summary>User-perceived characters: an emoji of several parts is one.</summary>
    Graphemes,

    /// <summary>Bytes of UTF-8.</summary>
    Bytes,

    /// <summary>UTF-16 code units, but an emoji as its bytes of UTF-8 (Threads).</summary>
    CharactersAndEmojiBytes,
}

/// <summary>How long a text is, as its platform counts.</summary>
/// <param name="Count">Its length.</param>
/// <param name="Limit">The greatest length that the platform takes.</param>
/// <param name="Unit">In what.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct TextCount(int Count, int Limit, TextUnit Unit)
{
    /// <summary>How much more fits; negative when it is too long already.</summary>
    public int Left => Limit - Count;

    /// <summary>For a composer: <c>214 of 280</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Count} of {Limit}");
}
