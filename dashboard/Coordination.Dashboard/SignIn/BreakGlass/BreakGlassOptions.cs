namespace Coordination.Dashboard.SignIn.BreakGlass;

/// <summary>Options of the accounts for when the identity provider is away, section <c>SignIn:BreakGlass</c>.</summary>
public sealed class BreakGlassOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = SignInOptions.Section + ":BreakGlass";

    /// <summary>Whether anybody can sign in this way. Default: false.</summary>
    public bool Enabled { get; set; }

    /// <summary>How long such a sign-in lasts in all: 5 minutes to 12 hours. Default: 4 hours.</summary>
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromHours(4);

    /// <summary>After how many attempts in vain, one after the other, an account is locked for passwords: 3 to 10. Default: 5.</summary>
    public int Attempts { get; set; } = 5;

    /// <summary>For how long: 1 minute to 24 hours. Default: 15 minutes.</summary>
    public TimeSpan LockedFor { get; set; } = TimeSpan.FromMinutes(15);
}

/// <summary>What is wrong with the settings of break-glass accounts.</summary>
public static class BreakGlassFaults
{
    private const string At = BreakGlassOptions.Section + ":";

    /// <summary>All faults, each a sentence that says what to do.</summary>
    /// <param name="options">The settings.</param>
    /// <param name="keysInDatabase">Whether keys lie in the database, under a certificate.</param>
    public static IEnumerable<string> Of(SignInOptions options, bool keysInDatabase = false)
    {
        var own = options.BreakGlass;
        if (!own.Enabled)
        {
            yield break;
        }

        if (options.Mode == SignInMode.Tokens)
        {
            yield return $"{At}Enabled is true, but with SignIn:Mode=Tokens nobody signs in to pages; take one of the two out.";
        }

        if (options.Mode == SignInMode.OpenIdConnect && !keysInDatabase && string.IsNullOrWhiteSpace(options.KeysFolder))
        {
            yield return $"{At}Enabled is true, but neither Secrets:Certificate nor SignIn:KeysFolder is set: what is encrypted for an authenticator app could not be read after a move, on the very day it is needed.";
        }

        if (options.Mode == SignInMode.OpenIdConnect && Uri.TryCreate(options.OpenIdConnect.PublicAddress, UriKind.Absolute, out var address) && address.HostNameType != UriHostNameType.Dns)
        {
            yield return $"{At}Enabled is true, but {OpenId.OpenIdOptions.Section}:PublicAddress has no name: a passkey belongs to a name, never to a number. On this machine write localhost.";
        }

        if (own.Lifetime < TimeSpan.FromMinutes(5) || own.Lifetime > TimeSpan.FromHours(12))
        {
            yield return $"{At}Lifetime is {own.Lifetime}; it can be 5 minutes to 12 hours.";
        }

        if (own.Attempts is < 3 or > 10)
        {
            yield return FormattableString.Invariant($"{At}Attempts is {own.Attempts}; it can be 3 to 10.");
        }

        if (own.LockedFor < TimeSpan.FromMinutes(1) || own.LockedFor > TimeSpan.FromHours(24))
        {
            yield return $"{At}LockedFor is {own.LockedFor}; it can be 1 minute to 24 hours.";
        }
    }
}
