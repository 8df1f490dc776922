using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace Coordination.Connectors.X;

/// <summary>Signs requests by OAuth 1.0a with HMAC-SHA1 (RFC 5849). Bodies that are no form are not part of the signature (section 3.4.1.3.1).</summary>
internal static class OAuth1
{
    /// <summary>A number used once.</summary>
    public static string NewNonce() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>The header that makes a request an account's own.</summary>
    /// <param name="method">The request's.</param>
    /// <param name="address">Its whole address.</param>
    /// <param name="secrets">The app's and the account's.</param>
    /// <param name="nonce">A number used once.</param>
    /// <param name="now">The time.</param>
    public static AuthenticationHeaderValue Header(HttpMethod method, Uri address, Credential.SignedRequests secrets, string nonce, DateTimeOffset now)
    {
        List<(string Name, string Value)> oauth =
        [
            ("oauth_consumer_key", secrets.ConsumerKey),
            ("oauth_nonce", nonce),
            ("oauth_signature_method", "HMAC-SHA1"),
            ("oauth_timestamp", now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)),
            ("oauth_token", secrets.Token),
            ("oauth_version", "1.0"),
        ];
        oauth.Add(("oauth_signature", Signature(method, address, [.. oauth, .. Query(address)], secrets)));
        return new AuthenticationHeaderValue("OAuth", string.Join(", ", oauth.Select(p => $"{p.Name}=\"{Uri.EscapeDataString(p.Value)}\"")));
    }

    private static string Signature(HttpMethod method, Uri address, IEnumerable<(string Name, string Value)> parameters, Credential.SignedRequests secrets)
    {
        var sorted = parameters
            .Select(p => (Name: Uri.EscapeDataString(p.Name), Value: Uri.EscapeDataString(p.Value)))
            .OrderBy(p => p.Name, StringComparer.Ordinal).ThenBy(p => p.Value, StringComparer.Ordinal)
            .Select(p => $"{p.Name}={p.Value}");
        var signed = string.Join('&', method.Method, Uri.EscapeDataString(address.GetLeftPart(UriPartial.Path)), Uri.EscapeDataString(string.Join('&', sorted)));
        var key = $"{Uri.EscapeDataString(secrets.ConsumerSecret)}&{Uri.EscapeDataString(secrets.TokenSecret)}";
#pragma warning disable CA5350 // It is what X's signature is made of; a keyed hash, where SHA-1's collisions do not matter.
        return Convert.ToBase64String(HMACSHA1.HashData(Encoding.ASCII.GetBytes(key), Encoding.ASCII.GetBytes(signed)));
#pragma warning restore CA5350
    }

    private static IEnumerable<(string Name, string Value)> Query(Uri address) => address.Query.TrimStart('?')
        .Split('&', StringSplitOptions.RemoveEmptyEntries)
        .Select(pair => pair.Split('=', 2))
        .Select(pair => (Uri.UnescapeDataString(pair[0]), pair.Length == 2 ? Uri.UnescapeDataString(pair[1]) : ""));
}
