using System.Globalization;
using System.Text;

namespace Coordination.Domain.Platforms;

/// <summary>Counts as Threads does (developers.facebook.com/docs/threads, "Posts"): characters, and an emoji as its bytes of UTF-8.</summary>
internal static class ThreadsText
{
    public static int LengthOf(string text)
    {
        var length = 0;
        var elements = StringInfo.GetTextElementEnumerator(text);
        while (elements.MoveNext())
        {
            var element = elements.GetTextElement();
            length += Emoji.Is(element) ? Encoding.UTF8.GetByteCount(element) : element.Length;
        }

        return length;
    }
}
