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

    /// <summary>What is wrong with an entry, given the hash before it; null when nothing is.</summary>
    public static string? Fault(JournalRow row, byte[] former)
    {
        // A redacted entry has lost payload, reason and salt; its payload hash stays and the chain goes on.
        // The salt's length is fixed: else a longer salt could swallow the front of the content.
        if (row.Salt is { Length: not SaltLength })
        {
            return $"Entry {row.Number}: its salt was changed.";
        }

        if (row.Salt is not null && !PayloadHash(row.Salt, row.Payload, row.Reason).AsSpan().SequenceEqual(row.PayloadHash))
        {
            return $"Entry {row.Number}: its content is not what was hashed.";
        }

        if (row.Salt is null && (row.Payload is not null || row.Reason is not null))
        {
            return $"Entry {row.Number}: its salt is gone and its content is not.";
        }

        return EntryHash(row, former).AsSpan().SequenceEqual(row.Hash)
            ? null
            : $"Entry {row.Number}: it, or the entry before it, was changed.";
    }

    private static byte[] PayloadHash(byte[] salt, string? payload, string? reason) =>
        SHA256.HashData([.. salt, .. Encoding.UTF8.GetBytes(Field(payload) + Field(reason))]);

    private static byte[] EntryHash(JournalRow row, byte[] former)
    {
        var header = string.Concat(
            Field(row.Stream),
            Field(row.Number.ToString(CultureInfo.InvariantCulture)),
            Field(((row.At.ToUniversalTime() - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond).ToString(CultureInfo.InvariantCulture)),
            Field(row.Event) + Field(row.ActorId) + Field(row.ActorName) + Field(row.ActorRole)
                + Field(row.OperationId?.ToString("D")) + Field(row.FenceSequence?.ToString(CultureInfo.InvariantCulture)));
        return SHA256.HashData([.. former, .. Encoding.UTF8.GetBytes(header), .. row.PayloadHash]);
    }

    private static string Field(string? text) => text is null
        ? "-"
        : string.Create(CultureInfo.InvariantCulture, $"{Encoding.UTF8.GetByteCount(text)}:{text}");
}
