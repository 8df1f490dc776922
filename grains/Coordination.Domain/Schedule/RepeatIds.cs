using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Coordination.Domain.Accounts;
using Coordination.Domain.Posts;

namespace Coordination.Domain.Schedule;

/// <summary>The ids that follow from a repeat, a time on the wall and an account: whoever makes a post, and however often, makes the same one.</summary>
public static class RepeatIds
{
    /// <summary>The post's id.</summary>
    public static PostId Post(Guid repeat, DateTime local, AccountKey account) => new(Of(repeat, "post", local, account.Value));

    /// <summary>The message that a date's posts on all accounts are.</summary>
    public static Guid Message(Guid repeat, DateTime local) => Of(repeat, "message", local, "");

    /// <summary>The operation that makes the post.</summary>
    public static Guid Making(Guid repeat, DateTime local, AccountKey account) => Of(repeat, "make", local, account.Value);

    /// <summary>The operation that takes it back.</summary>
    public static Guid TakingBack(Guid repeat, DateTime local, AccountKey account) => Of(repeat, "take-back", local, account.Value);

    // A version 8 UUID (RFC 9562, 5.8) that begins with the repeat's first 48 bits, where a version 7 UUID keeps its time.
    private static Guid Of(Guid repeat, string what, DateTime local, string account)
    {
        Span<byte> seed = stackalloc byte[24];
        repeat.TryWriteBytes(seed, bigEndian: true, out _);
        BinaryPrimitives.WriteInt64BigEndian(seed[16..], local.Ticks);
        var hash = SHA256.HashData([.. seed, .. Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{what}/{account}"))]);
        Span<byte> id = hash.AsSpan(0, 16);
        seed[..6].CopyTo(id);
        id[6] = (byte)((id[6] & 0x0F) | 0x80);
        id[8] = (byte)((id[8] & 0x3F) | 0x80);
        return new Guid(id, bigEndian: true);
    }
}
