using System.Security.Cryptography;
using System.Text;
using Coordination.Storage.People.BreakGlass;

namespace Coordination.Dashboard.SignIn.BreakGlass;

/// <summary>Hashes of recovery codes. A code has about 50 random bits, too few for one plain hash; all of one account share a salt, so that one slow hash looks one up.</summary>
/// <remarks>PBKDF2 with HMAC-SHA-512 and 210,000 rounds, as OWASP's cheat sheet on storing passwords has it.</remarks>
public sealed class RecoveryCodes(BreakGlassInstruments instruments)
{
    private const int Rounds = 210_000;
    private const int Bytes = 32;

    /// <summary>The longest text that is looked at.</summary>
    public const int Longest = 40;

    /// <summary>A new salt.</summary>
    public static byte[] NewSalt() => RandomNumberGenerator.GetBytes(16);

    /// <summary>The hash of a code, however it was typed.</summary>
    public byte[] Hash(string code, ReadOnlySpan<byte> salt)
    {
        instruments.OnHashed();
        var plain = string.Concat(code.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();
        return Rfc2898DeriveBytes.Pbkdf2(Encoding.ASCII.GetBytes(plain), salt, Rounds, HashAlgorithmName.SHA512, Bytes);
    }

    /// <summary>The place of a code among those that are left; -1 when it is none of them. As much work whether there are any or not.</summary>
    public int Find(BreakGlassAccount account, string code)
    {
        var hash = Hash(code, account.CodesSalt is { } salt ? [.. salt] : NewSalt());
        var found = -1;
        for (var i = 0; i < account.Codes.Count; i++)
        {
            if (CryptographicOperations.FixedTimeEquals(hash, account.Codes[i]))
            {
                found = i;
            }
        }

        return found;
    }
}
