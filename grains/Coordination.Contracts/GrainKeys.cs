using Coordination.Domain.Accounts;

namespace Coordination.Contracts;

/// <summary>The one place where grain keys are made and read. The prefix keeps a key from ever reading as a number.</summary>
public static class GrainKeys
{
    private const string AccountPrefix = "account/";
    private const string HoldPrefix = "hold/";

    /// <summary>The key of the live feed's directory: there is one.</summary>
    public const string FeedDirectory = "feed/directory";

    /// <summary>The grain key of an account.</summary>
    public static string Of(AccountKey key) => AccountPrefix + key.Value;

    /// <summary>The grain key of a hold.</summary>
    public static string OfHold(string holdId) => HoldPrefix + holdId;

    /// <summary>The account of a grain key.</summary>
    /// <exception cref="FormatException">It is no account's grain key.</exception>
    public static AccountKey Account(string grainKey) => grainKey.StartsWith(AccountPrefix, StringComparison.Ordinal)
        ? AccountKey.Parse(grainKey[AccountPrefix.Length..])
        : throw new FormatException($"'{grainKey}' is no account's grain key.");

    /// <summary>The hold of a grain key.</summary>
    /// <exception cref="FormatException">It is no hold's grain key.</exception>
    public static string Hold(string grainKey) => grainKey.StartsWith(HoldPrefix, StringComparison.Ordinal)
        ? grainKey[HoldPrefix.Length..]
        : throw new FormatException($"'{grainKey}' is no hold's grain key.");
}
