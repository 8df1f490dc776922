using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Coordination.Domain.Incidents.Reports;

/// <summary>
/// The signature <c>v1</c> of Standard Webhooks 1.0.0 (https://www.standardwebhooks.com): HMAC-SHA256 over <c>{id}.{timestamp}.{body}</c>,
/// with the body as it was received, byte by byte.
/// </summary>
public static class WebhookSignature
{
    /// <summary>The header with the message's id, which stays the same when it is sent again.</summary>
    public const string IdHeader = "webhook-id";

    /// <summary>The header with the time of sending, in seconds since 1970.</summary>
    public const string TimestampHeader = "webhook-timestamp";

    /// <summary>The header with the signatures, a space between.</summary>
    public const string SignatureHeader = "webhook-signature";

    /// <summary>Characters of an id.</summary>
    public const int MaxIdLength = 128;

    /// <summary>Signatures of a message, those of other versions included.</summary>
    public const int MaxSignatures = 10;

    private const string Version = "v1,";

    // Up to the end of the year 9999, the last that a time can be.
    private const int MaxTimestampLength = 12;

    /// <summary>Checks a message.</summary>
    /// <param name="secrets">The sender's secrets; more than one while a secret is replaced.</param>
    /// <param name="id">Header <see cref="IdHeader"/>; null when there is none.</param>
    /// <param name="timestamp">Header <see cref="TimestampHeader"/>.</param>
    /// <param name="signatures">Header <see cref="SignatureHeader"/>.</param>
    /// <param name="body">The body as received.</param>
    /// <param name="now">The present time.</param>
    /// <param name="tolerance">How far the timestamp may be from it, either way, the bound included.</param>
    /// <remarks>The time it takes tells nothing of how much of a signature was right, nor of which secret it was.</remarks>
    public static WebhookVerdict Verify(
        IReadOnlyList<WebhookSecret> secrets, string? id, string? timestamp, string? signatures, ReadOnlyMemory<byte> body, DateTimeOffset now, TimeSpan tolerance)
    {
        if (string.IsNullOrEmpty(id) || string.IsNullOrEmpty(timestamp) || string.IsNullOrEmpty(signatures))
        {
            return WebhookVerdict.MissingHeaders;
        }

        if (!IsId(id))
        {
            return WebhookVerdict.BadId;
        }

        if (!TryTime(timestamp, out var sent))
        {
            return WebhookVerdict.BadTimestamp;
        }

        if (now - sent > tolerance)
        {
            return WebhookVerdict.TooOld;
        }

        if (sent - now > tolerance)
        {
            return WebhookVerdict.TooNew;
        }

        return IsAnyOf(secrets, id, timestamp, signatures, body.Span) ? WebhookVerdict.Valid : WebhookVerdict.NoMatch;
    }

    /// <summary>Signs a message.</summary>
    /// <param name="secret">What it is signed with.</param>
    /// <param name="id">Goes into <see cref="IdHeader"/>.</param>
    /// <param name="timestamp">When it is sent; goes into <see cref="TimestampHeader"/> as whole seconds since 1970.</param>
    /// <param name="body">The body exactly as it will be sent.</param>
    /// <returns>What goes into <see cref="SignatureHeader"/>: <c>v1,</c> and 44 characters.</returns>
    /// <exception cref="ArgumentException">The id is not 1 to <see cref="MaxIdLength"/> visible ASCII characters without a full stop.</exception>
    public static string Sign(WebhookSecret secret, string id, DateTimeOffset timestamp, ReadOnlyMemory<byte> body) => IsId(id)
        ? Make(secret, id, timestamp.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), body.Span)
        : throw new ArgumentException($"An id is 1 to {MaxIdLength} visible ASCII characters without a full stop.", nameof(id));

    // The standard rules out the full stop: with it, an id's end could pass for a timestamp and a timestamp for a body.
    private static bool IsId(string id) => id.Length is > 0 and <= MaxIdLength && id.All(c => c is > ' ' and < '\u007f' and not '.');

    private static bool TryTime(string timestamp, out DateTimeOffset time)
    {
        var read = long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            && timestamp.Length <= MaxTimestampLength
            && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds();
        time = read ? DateTimeOffset.FromUnixTimeSeconds(seconds) : default;
        return read;
    }

    private static bool IsAnyOf(IReadOnlyList<WebhookSecret> secrets, string id, string timestamp, string signatures, ReadOnlySpan<byte> body)
    {
        var given = signatures.Split(' ', MaxSignatures + 1, StringSplitOptions.RemoveEmptyEntries);
        if (given.Length > MaxSignatures)
        {
            return false;
        }

        // The texts are compared, not the bytes they stand for: base64 has several texts for some bytes, and one signature is enough.
        byte[][] offered = [.. given.Where(s => s.StartsWith(Version, StringComparison.Ordinal)).Select(Encoding.UTF8.GetBytes)];
        var match = false;
        foreach (var secret in secrets)
        {
            var made = Encoding.UTF8.GetBytes(Make(secret, id, timestamp, body));
            foreach (var one in offered)
            {
                match |= CryptographicOperations.FixedTimeEquals(made, one);
            }
        }

        return match;
    }

    private static string Make(WebhookSecret secret, string id, string timestamp, ReadOnlySpan<byte> body)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, secret.Key);
        hmac.AppendData(Encoding.ASCII.GetBytes($"{id}.{timestamp}."));
        hmac.AppendData(body);
        return Version + Convert.ToBase64String(hmac.GetHashAndReset());
    }
}
