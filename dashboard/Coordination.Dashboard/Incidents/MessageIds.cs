using System.Security.Cryptography;

namespace Coordination.Dashboard.Incidents;

/// <summary>Ids of incident messages as they came.</summary>
internal static class MessageIds
{
    /// <summary>The id of a message: it follows from its bytes, so that the same bytes are the same message.</summary>
    public static Guid Of(ReadOnlyMemory<byte> body) => new(SHA256.HashData(body.Span).AsSpan(0, 16), bigEndian: true);
}
