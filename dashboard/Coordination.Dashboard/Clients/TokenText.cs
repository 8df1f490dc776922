using System.Buffers.Text;
using System.Security.Cryptography;

namespace Coordination.Dashboard.Clients;

/// <summary>The text of a token.</summary>
public static class TokenText
{
    /// <summary>What each begins with, so that those who scan for leaked secrets know one when they see it.</summary>
    public const string Prefix = "wmfs_";

    /// <summary>The longest text that is looked up at all.</summary>
    public const int Longest = 512;

    /// <summary>Makes one: the prefix and 256 random bits.</summary>
    public static string New() => Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
}
