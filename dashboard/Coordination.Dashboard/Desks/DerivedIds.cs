using System.Security.Cryptography;
using System.Text;

namespace Coordination.Dashboard.Desks;

/// <summary>Ids that follow from an operation id, so that a repeat of the operation names the same things.</summary>
public static class DerivedIds
{
    /// <summary>Derives an id.</summary>
    /// <param name="operationId">The operation.</param>
    /// <param name="part">What of it, such as an account's key; two parts give two ids.</param>
    /// <returns>A version 8 UUID (RFC 9562, 5.8) that begins with the operation id's first 48 bits, where a version 7 UUID keeps its time.</returns>
    public static Guid Of(Guid operationId, string part)
    {
        Span<byte> seed = stackalloc byte[16];
        operationId.TryWriteBytes(seed, bigEndian: true, out _);
        var hash = SHA256.HashData([.. seed, .. Encoding.UTF8.GetBytes(part)]);
        Span<byte> id = stackalloc byte[16];
        hash.AsSpan(0, 16).CopyTo(id);
        seed[..6].CopyTo(id);
        id[6] = (byte)((id[6] & 0x0F) | 0x80);
        id[8] = (byte)((id[8] & 0x3F) | 0x80);
        return new Guid(id, bigEndian: true);
    }
}
