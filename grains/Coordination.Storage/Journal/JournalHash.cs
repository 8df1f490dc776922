using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Coordination.Storage.Journal;

/// <summary>The chain's arithmetic, apart from the database that wrote it: an auditor's second opinion.</summary>
/// <remarks>
/// hash = SHA-256(former hash, header, payload hash); payload hash = SHA-256(salt, payload, reason). A field enters as
/// <c>octets:text</c>, a null as <c>-</c>; the time as microseconds since 1970.
/// </remarks>
internal static class JournalHash
{
    private const int SaltLength = 16;
    private const int LongestLength = 12; // Of a field's length in digits, and its colon.

    /// <summary>What is wrong with an entry, given the hash before it; null when nothing is.</summary>
    public static string? Fault(JournalRow row, byte[] former)
    {
        // A redacted entry has lost payload, reason and salt; its payload hash stays and the chain goes on.
        // The salt's length is fixed: else a longer salt could swallow the front of the content.
        if (row.Salt is { Length: not SaltLength })
        {
            return $"Entry {row.Number}: its salt was changed.";
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        if (row.Salt is not null)
        {
            PayloadHash(row, hash);
            if (!hash.SequenceEqual(row.PayloadHash))
            {
                return $"Entry {row.Number}: its content is not what was hashed.";
            }
        }

        if (row.Salt is null && (row.Payload is not null || row.Reason is not null))
        {
            return $"Entry {row.Number}: its salt is gone and its content is not.";
        }

        EntryHash(row, former, hash);
        return hash.SequenceEqual(row.Hash) ? null : $"Entry {row.Number}: it, or the entry before it, was changed.";
    }

    private static void PayloadHash(JournalRow row, Span<byte> hash)
    {
        var bytes = new ArrayBufferWriter<byte>(SaltLength + Room(row.Payload) + Room(row.Reason));
        bytes.Write(row.Salt);
        Field(bytes, row.Payload);
        Field(bytes, row.Reason);
        SHA256.HashData(bytes.WrittenSpan, hash);
    }

    private static void EntryHash(JournalRow row, byte[] former, Span<byte> hash)
    {
        var microseconds = (row.At.ToUniversalTime() - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        var bytes = new ArrayBufferWriter<byte>(512);
        bytes.Write(former);
        Field(bytes, row.Stream);
        Field(bytes, row.Number.ToString(CultureInfo.InvariantCulture));
        Field(bytes, microseconds.ToString(CultureInfo.InvariantCulture));
        Field(bytes, row.Event);
        Field(bytes, row.ActorId);
        Field(bytes, row.ActorName);
        Field(bytes, row.ActorRole);
        Field(bytes, row.OperationId?.ToString("D"));
        Field(bytes, row.FenceSequence?.ToString(CultureInfo.InvariantCulture));
        bytes.Write(row.PayloadHash);
        SHA256.HashData(bytes.WrittenSpan, hash);
    }

    private static void Field(ArrayBufferWriter<byte> bytes, string? text)
    {
        if (text is null)
        {
            bytes.Write("-"u8);
            return;
        }

        var length = Encoding.UTF8.GetByteCount(text);
        var room = bytes.GetSpan(LongestLength + length);
        length.TryFormat(room, out var written, provider: CultureInfo.InvariantCulture);
        room[written++] = (byte)':';
        bytes.Advance(written + Encoding.UTF8.GetBytes(text, room[written..]));
    }

    // A first guess at a text's octets; the buffer grows where it is too small.
    private static int Room(string? text) => LongestLength + (text?.Length ?? 0);
}
