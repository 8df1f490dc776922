using Coordination.Domain.People;

namespace Coordination.Dashboard.SignIn.OpenId;

/// <summary>What is wrong with the settings of OpenID Connect.</summary>
public static class OpenIdFaults
{
    private const string At = OpenIdOptions.Section + ":";
    private static readonly string[] SharedTenants = ["common", "organizations", "consumers"];

    /// <summary>All faults, each a sentence that says what to do.</summary>
    public static IEnumerable<string> Of(OpenIdOptions options) =>
        [.. OfProvider(options), .. OfClient(options), .. OfPaths(options), .. OfClaims(options), .. OfAdmission(options)];

    /// <summary>Whether an address may be used: https, or this machine.</summary>
    public static bool IsSafe(Uri address) =>
        address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback);

    private static IEnumerable<string> OfProvider(OpenIdOptions options)
    {
        if (!Uri.TryCreate(options.Authority, UriKind.Absolute, out var authority) || !IsSafe(authority) || authority.Query.Length > 0 || authority.UserInfo.Length > 0)
        {
            yield return $"{At}Authority must be the provider's https address, such as https://login.microsoftonline.com/TENANT/v2.0 (http only on this machine).";
        }
        else if (authority.Segments.Length > 1 && SharedTenants.Contains(authority.Segments[1].Trim('/'), StringComparer.OrdinalIgnoreCase))
        {
            yield return $"{At}Authority names '{authority.Segments[1].Trim('/')}', which lets in every organisation; name the brigade's own tenant.";
        }

        if (!Uri.TryCreate(options.PublicAddress, UriKind.Absolute, out var here) || !IsSafe(here) || here.PathAndQuery is not "/" || here.UserInfo.Length > 0)
        {
            yield return $"{At}PublicAddress must be the https address that people have of this service, without a path (http only on this machine).";
        }
    }

    private static IEnumerable<string> OfClient(OpenIdOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.ClientId))
        {
            yield return $"{At}ClientId is not set; the provider gives it when the service is registered there.";
        }

        var ways = new[] { !string.IsNullOrEmpty(options.ClientSecret), options.ClientSecretFile is not null, options.PublicClient }.Count(w => w);
        if (ways != 1)
        {
            yield return $"{At} needs one of ClientSecretFile, ClientSecret and PublicClient=true; it has {(ways == 0 ? "none" : "several")}.";
        }

        if (options.ClientSecretFile is { } file && (!File.Exists(file) || new FileInfo(file).Length == 0))
        {
            yield return $"{At}ClientSecretFile: there is no file {file}, or it is empty.";
        }
    }

    private static IEnumerable<string> OfPaths(OpenIdOptions options)
    {
        foreach (var (name, path) in ((string, string)[])[("CallbackPath", options.CallbackPath), ("SignedOutPath", options.SignedOutPath)])
        {
            if (!LocalAddress.IsPath(path) || path is "/" or "/sign-in" or "/sign-out")
            {
                yield return $"{At}{name} is '{path}'; it must be a path of its own that begins with '/', such as /sign-in/callback.";
            }
        }

        if (string.Equals(options.CallbackPath, options.SignedOutPath, StringComparison.OrdinalIgnoreCase))
        {
            yield return $"{At}CallbackPath and SignedOutPath are the same; each needs its own.";
        }

        if (!options.Scopes.Split(' ').Contains("openid", StringComparer.Ordinal))
        {
            yield return $"{At}Scopes must contain openid.";
        }
    }

    private static IEnumerable<string> OfClaims(OpenIdOptions options)
    {
        foreach (var (name, claim) in ((string, string)[])[("PersonClaim", options.Person), ("NameClaim", options.NameClaim), ("GroupsClaim", options.GroupsClaim)])
        {
            if (string.IsNullOrWhiteSpace(claim))
            {
                yield return $"{At}{name} is empty; name a claim, or leave it out.";
            }
        }

        if (string.IsNullOrWhiteSpace(options.AskWhom) || options.AskWhom.Length > 200)
        {
            yield return $"{At}AskWhom must be 1 to 200 characters: whom a person without access asks.";
        }
    }

    private static IEnumerable<string> OfAdmission(OpenIdOptions options)
    {
        if (options.Admit is not (AdmitRule.KnownStaff or AdmitRule.MappedGroups))
        {
            yield return $"{At}Admit is not set; it can be KnownStaff (whom the staff list has) or MappedGroups (whom a listed group gives a role).";
        }

        if (!Enum.IsDefined(options.SeveralGroups))
        {
            yield return $"{At}SeveralGroups is {options.SeveralGroups}; it can be Refuse or FirstListed.";
        }

        if (options.Admit == AdmitRule.KnownStaff && options.Groups.Count > 0)
        {
            yield return $"{At}Groups are set, but Admit=KnownStaff does not look at them; take one of the two out.";
        }
        else if (options.Admit == AdmitRule.MappedGroups && options.Groups.Count == 0)
        {
            yield return $"{At}Admit is MappedGroups, but no group is listed in Groups: nobody could sign in.";
        }

        foreach (var (setting, index) in options.Groups.Select((g, i) => (g, i)))
        {
            foreach (var fault in OfGroup(setting))
            {
                yield return FormattableString.Invariant($"{At}Groups:{index} {fault}");
            }
        }

        foreach (var twice in options.Groups.Select(g => g.Group).Where(g => g is not null).GroupBy(g => g, StringComparer.Ordinal).Where(g => g.Count() > 1))
        {
            yield return $"{At}Groups lists {twice.Key} more than once.";
        }
    }

    private static IEnumerable<string> OfGroup(GroupSetting setting)
    {
        if (string.IsNullOrWhiteSpace(setting.Group))
        {
            yield return "names no Group.";
        }

        if (!Roles.TryParse(setting.Role, out var role) || role == Role.System)
        {
            yield return $"has the Role '{setting.Role}'; it can be {string.Join(", ", Roles.People.Select(r => r.Id()))}.";
        }
        else if (role == Role.AccountHolder && !setting.NamesAccounts)
        {
            yield return "is for account holders and does not say where they publish: name Stations, Areas or Departments, or set AllLocal=true.";
        }
        else if (role != Role.AccountHolder && setting.NamesAccounts)
        {
            yield return $"names accounts, which only account-holder has; {setting.Role} publishes by its role.";
        }
    }
}
