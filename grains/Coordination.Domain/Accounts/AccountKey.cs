using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Coordination.Domain.Platforms;

namespace Coordination.Domain.Accounts;

/// <summary>The key of one brigade account: platform and handle, written <c>x/demo_wmfs_aston</c>.</summary>
/// <remarks>
/// Lower case; the handle is 1 to 100 characters of <c>a-z 0-9 _ . @ -</c> and starts with a letter or digit.
/// No <c>+</c> and no <c>/</c>: the key is part of grain keys and routes.
/// </remarks>
[JsonConverter(typeof(AccountKeyJsonConverter))]
public readonly partial record struct AccountKey : IComparable<AccountKey>
{
    private readonly string? _value;

    private AccountKey(string value) => _value = value;

    /// <summary>The platform's id, the part before the slash.</summary>
    public string PlatformId => Value[..Value.IndexOf('/', StringComparison.Ordinal)];

    /// <summary>The handle, the part after the slash, without a leading at sign.</summary>
    public string Handle => Value[(Value.IndexOf('/', StringComparison.Ordinal) + 1)..];

    /// <summary>The whole key.</summary>
    public string Value => _value ?? throw new InvalidOperationException("An account key was used that was never set.");

    /// <summary>The platform.</summary>
    public Platform Platform => Platform.TryFind(PlatformId, out var platform)
        ? platform
        : throw new InvalidOperationException($"'{Value}' names no platform.");

    /// <summary>Parses <c>platform/handle</c>.</summary>
    /// <exception cref="FormatException">It is no account key.</exception>
    public static AccountKey Parse(string text) => TryParse(text, out var key)
        ? key
        : throw new FormatException($"'{text}' is no account key. Write platform/handle, such as x/demo_wmfs_aston.");

    /// <summary>Parses <c>platform/handle</c>; upper case is lowered, a leading at sign of the handle is dropped.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out AccountKey key)
    {
        key = default;
        if (text is null || text.Length > 120)
        {
            return false;
        }

        var slash = text.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && TryCreate(text[..slash], text[(slash + 1)..], out key);
    }

    /// <summary>Makes a key of a platform's id and a handle.</summary>
    public static bool TryCreate(string? platform, string? handle, out AccountKey key)
    {
        key = default;
#pragma warning disable CA1308 // Platforms' handles are compared in lower case.
        var id = platform?.ToLowerInvariant();
        var name = handle?.TrimStart('@').ToLowerInvariant();
#pragma warning restore CA1308
        if (!Platform.TryFind(id, out _) || name is null || !HandlePattern().IsMatch(name))
        {
            return false;
        }

        key = new AccountKey($"{id}/{name}");
        return true;
    }

    /// <inheritdoc/>
    public int CompareTo(AccountKey other) => string.CompareOrdinal(_value, other._value);

    /// <summary>Ordinal order of the whole key.</summary>
    public static bool operator <(AccountKey left, AccountKey right) => left.CompareTo(right) < 0;

    /// <summary>Ordinal order of the whole key.</summary>
    public static bool operator >(AccountKey left, AccountKey right) => left.CompareTo(right) > 0;

    /// <summary>Ordinal order of the whole key.</summary>
    public static bool operator <=(AccountKey left, AccountKey right) => left.CompareTo(right) <= 0;

    /// <summary>Ordinal order of the whole key.</summary>
    public static bool operator >=(AccountKey left, AccountKey right) => left.CompareTo(right) >= 0;

    /// <inheritdoc/>
    public override string ToString() => Value;

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9_.@-]{0,99}\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex HandlePattern();
}
