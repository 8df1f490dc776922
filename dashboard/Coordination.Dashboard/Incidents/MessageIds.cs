using System.Security.Cryptography;
using System.Text;

namespace Coordination.Dashboard.Incidents;

/// <summary>Ids of incident messages as they came.</summary>
internal static class MessageIds
{
    /// <summary>The id of a message: it follows from its bytes, so that the same bytes are the same message.</summary>
    public static Guid Of(ReadOnlyMemory<byte> body) => new(SHA256.HashData(body.Span).AsSpan(0, 16), bigEndian: true);

    /// <summary>The id of a message that a feed brings: the feed's own, so that what is refused of it never stands for the same bytes from where they may come from.</summary>
    /// <remarks>By another digest than <see cref="Of(ReadOnlyMemory{byte})"/>: no bytes that are sent here can be made to have this id.</remarks>
    public static Guid OfFeed(string feed, ReadOnlyMemory<byte> body) =>
        new(SHA512.HashData([.. Encoding.UTF8.GetBytes(feed + "\n"), .. body.Span]).AsSpan(0, 16), bigEndian: true);
}
