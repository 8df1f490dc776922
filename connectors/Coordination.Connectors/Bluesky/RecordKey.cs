using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Coordination.Connectors.Bluesky;

/// <summary>The record key of one outgoing text: always the same for the same post and part, so that a repeat writes the same record.</summary>
/// <remarks>
/// A TID (atproto.com/specs/tid): 13 characters of base32-sortable over 53 bits of microseconds and a 10 bit clock id. Milliseconds come
/// from the post's version 7 UUID; the rest, 1,024,000 values, from a hash of post and part. Two texts of one account that were
/// planned in the same millisecond could meet: the connector never overwrites a record, so that would be a refusal, not a loss.
/// </remarks>
internal static class RecordKey
{
    private const string Alphabet = "234567abcdefghijklmnopqrstuvwxyz";
    private const int Length = 13;

    public static string Of(IdempotencyKey key)
    {
        Span<byte> id = stackalloc byte[16 + sizeof(int)];
        key.Post.Value.TryWriteBytes(id, bigEndian: true, out _);
        BinaryPrimitives.WriteInt32BigEndian(id[16..], key.Part);
        var milliseconds = BinaryPrimitives.ReadInt64BigEndian(id) >>> 16;
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(id, hash);
        var micros = (milliseconds * 1000) + (BinaryPrimitives.ReadUInt32BigEndian(hash) % 1000);
        var clock = BinaryPrimitives.ReadUInt32BigEndian(hash[4..]) % 1024;
        return Encode((micros << 10) | clock);
    }

    /// <summary>The time in a key, UTC; null when it is no TID.</summary>
    public static DateTimeOffset? TimeOf(string key)
    {
        if (key.Length != Length)
        {
            return null;
        }

        long value = 0;
        foreach (var character in key)
        {
            var digit = Alphabet.IndexOf(character, StringComparison.Ordinal);
            if (digit < 0)
            {
                return null;
            }

            value = (value << 5) | (uint)digit;
        }

        return value < 0 ? null : DateTimeOffset.UnixEpoch.AddMicroseconds(value >> 10);
    }

    private static string Encode(long value) => string.Create(Length, value & long.MaxValue, static (text, rest) =>
    {
        for (var i = Length - 1; i >= 0; i--)
        {
            text[i] = Alphabet[(int)(rest & 31)];
            rest >>= 5;
        }
    });
}
