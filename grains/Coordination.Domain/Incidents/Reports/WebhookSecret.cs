using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;

namespace Coordination.Domain.Incidents.Reports;

/// <summary>A secret that a sender and this service share: <c>whsec_</c> and the base64 of 24 to 64 bytes (https://www.standardwebhooks.com).</summary>
/// <remarks>Its bytes leave it only as a signature; its text never shows them, so that it cannot slip into a log.</remarks>
public sealed class WebhookSecret
{
    private const string Prefix = "whsec_";
    private const int FewestBytes = 24;
    private const int MostBytes = 64;

    private readonly byte[] _key;

    private WebhookSecret(byte[] key) => _key = key;

    /// <summary>What signs.</summary>
    internal ReadOnlySpan<byte> Key => _key;

    /// <summary>Reads a secret.</summary>
    /// <returns>False when it is not <c>whsec_</c> and the base64 of 24 to 64 bytes.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out WebhookSecret? secret)
    {
        secret = null;
        if (text is null || !text.StartsWith(Prefix, StringComparison.Ordinal) || text.AsSpan().ContainsAny(" \t\r\n"))
        {
            return false;
        }

        var base64 = text.AsSpan(Prefix.Length);
        if (!Base64.IsValid(base64, out var length) || length is < FewestBytes or > MostBytes)
        {
            return false;
        }

        secret = new WebhookSecret(Convert.FromBase64String(base64.ToString()));
        return true;
    }

    /// <summary>Says that it is one, never which.</summary>
    public override string ToString() => $"{Prefix}***";
}
