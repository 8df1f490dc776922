using Coordination.Dashboard.SignIn.BreakGlass;
using Coordination.Dashboard.SignIn.OpenId;
using Coordination.Storage.Secrets;
using Microsoft.Extensions.Options;

namespace Coordination.Dashboard.SignIn;

/// <summary>How people prove who they are.</summary>
public enum SignInMode
{
    /// <summary>Nobody has decided: the service does not start.</summary>
    None,

    /// <summary>Anybody may pick a demo person. For trying the service on one machine, never for real accounts.</summary>
    Demo,

    /// <summary>API tokens alone; no pages can be signed in to.</summary>
    Tokens,

    /// <summary>The brigade's own accounts, by a provider that speaks OpenID Connect, such as Entra ID. API tokens go on working.</summary>
    OpenIdConnect,
}

/// <summary>Options of sign-in, section <c>SignIn</c>.</summary>
public sealed class SignInOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "SignIn";

    /// <summary>How people prove who they are. Has no default that works: <see cref="SignInMode.None"/>.</summary>
    public SignInMode Mode { get; set; }

    /// <summary>Folder where the keys that protect cookies are kept, shared by all dashboard hosts. Default: the framework's own place. Not with <c>Secrets:Certificate</c>, which has them in the database.</summary>
    public string? KeysFolder { get; set; }

    /// <summary>How long a sign-in lasts in all: use does not lengthen it. Default: 12 hours, a shift.</summary>
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromHours(12);

    /// <summary>For how long after somebody has proved who they are their sign-in is fresh enough for what matters most (<see cref="Domain.People.FreshSignIn"/>); then they confirm that it is them. Default: 15 minutes.</summary>
    public TimeSpan FreshFor { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>The provider, and who is let in; read in <see cref="SignInMode.OpenIdConnect"/> alone.</summary>
    public OpenIdOptions OpenIdConnect { get; set; } = new();

    /// <summary>Accounts of our own for when the provider is away.</summary>
    public BreakGlassOptions BreakGlass { get; set; } = new();
}

/// <summary>Checks the options; all faults in one message.</summary>
public sealed class SignInOptionsValidator(SecretsOptions? secrets = null) : IValidateOptions<SignInOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, SignInOptions options)
    {
        var faults = new List<string>();
        if (options.Mode == SignInMode.None)
        {
            faults.Add("SignIn:Mode is not set, so nobody could be told apart and the service does not start. "
                + "Set it to OpenIdConnect (the brigade's own accounts), to Tokens (API clients with tokens alone), or to Demo to try the service with made-up people.");
        }
        else if (!Enum.IsDefined(options.Mode))
        {
            faults.Add($"SignIn:Mode is {options.Mode}; it can be OpenIdConnect, Tokens or Demo.");
        }

        if (options.Lifetime < TimeSpan.FromMinutes(1) || options.Lifetime > TimeSpan.FromDays(7))
        {
            faults.Add($"SignIn:Lifetime is {options.Lifetime}; it can be a minute to seven days.");
        }

        if (options.FreshFor < TimeSpan.FromMinutes(1) || options.FreshFor > TimeSpan.FromHours(12))
        {
            faults.Add($"SignIn:FreshFor is {options.FreshFor}; it can be a minute to twelve hours.");
        }

        if (options.KeysFolder is { } folder && string.IsNullOrWhiteSpace(folder))
        {
            faults.Add("SignIn:KeysFolder is empty; name a folder, or leave it out.");
        }

        if (options.Mode == SignInMode.OpenIdConnect)
        {
            faults.AddRange(OpenIdFaults.Of(options.OpenIdConnect));
        }

        faults.AddRange(BreakGlassFaults.Of(options, secrets?.IsSet == true));
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(string.Join(" ", faults));
    }
}
