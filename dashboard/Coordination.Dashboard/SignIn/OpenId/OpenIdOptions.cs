using Coordination.Domain.Holds;
using Coordination.Domain.People;

namespace Coordination.Dashboard.SignIn.OpenId;

/// <summary>Who of those whom the provider signs in is let in.</summary>
public enum AdmitRule
{
    /// <summary>Nobody has decided: the service does not start.</summary>
    None,

    /// <summary>Whom the staff list has, linked to who they are at the provider. Roles come from the staff list; groups are not looked at.</summary>
    KnownStaff,

    /// <summary>Whom a listed group gives a role. At each sign-in the groups make and change the member of staff.</summary>
    MappedGroups,
}

/// <summary>Options of sign-in by OpenID Connect, section <c>SignIn:OpenIdConnect</c>.</summary>
public sealed class OpenIdOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = SignInOptions.Section + ":OpenIdConnect";

    /// <summary>The provider's address, under which <c>/.well-known/openid-configuration</c> is; https, but for this machine. Entra ID: <c>https://login.microsoftonline.com/TENANT/v2.0</c>. Required.</summary>
    public string? Authority { get; set; }

    /// <summary>What the provider calls this service. Required.</summary>
    public string? ClientId { get; set; }

    /// <summary>The secret that proves to the provider who asks. One of this, <see cref="ClientSecretFile"/> and <see cref="PublicClient"/> is required.</summary>
    public string? ClientSecret { get; set; }

    /// <summary>File with that secret, read at the start.</summary>
    public string? ClientSecretFile { get; set; }

    /// <summary>True when the provider knows this service as a public client, without a secret. Default: false.</summary>
    public bool PublicClient { get; set; }

    /// <summary>The address that people have of this service, without a path; https, but for this machine. The provider sends them back to it. Required.</summary>
    public string? PublicAddress { get; set; }

    /// <summary>Path that the provider sends people back to. Default: <c>/sign-in/callback</c>.</summary>
    public string CallbackPath { get; set; } = "/sign-in/callback";

    /// <summary>Path that the provider sends people back to after signing out. Default: <c>/sign-out/callback</c>.</summary>
    public string SignedOutPath { get; set; } = "/sign-out/callback";

    /// <summary>What is asked for. Default: <c>openid profile</c>.</summary>
    public string Scopes { get; set; } = "openid profile";

    /// <summary>The claim that says for good who somebody is. Default: <c>oid</c> at Entra ID, else <c>sub</c>.</summary>
    public string? PersonClaim { get; set; }

    /// <summary>The claim with the name on screen and in the journal. Default: <c>name</c>.</summary>
    public string NameClaim { get; set; } = "name";

    /// <summary>The claim with the groups. Default: <c>groups</c>.</summary>
    public string GroupsClaim { get; set; } = "groups";

    /// <summary>Who is let in. Has no default that works: <see cref="AdmitRule.None"/>.</summary>
    public AdmitRule Admit { get; set; }

    /// <summary>What each group means, the first counts most. Default: none.</summary>
    public IReadOnlyList<GroupSetting> Groups { get; set; } = [];

    /// <summary>What becomes of a person in several listed groups that say different things. Default: <see cref="SeveralGroups.Refuse"/>.</summary>
    public SeveralGroups SeveralGroups { get; set; } = SeveralGroups.Refuse;

    /// <summary>Whom a person without access asks, as the rest of a sentence that begins "Ask". Default: <c>Corporate Communications or the IT service desk</c>.</summary>
    public string AskWhom { get; set; } = "Corporate Communications or the IT service desk";

    /// <summary>The claim that says who somebody is.</summary>
    public string Person => PersonClaim ?? (IsEntra ? "oid" : "sub");

    /// <summary>What the groups mean. Only of options that have been checked.</summary>
    public IReadOnlyList<GroupRole> GroupRoles() => [.. Groups.Select(g => g.Read())];

    private bool IsEntra => Uri.TryCreate(Authority, UriKind.Absolute, out var uri)
        && uri.Host is "login.microsoftonline.com" or "login.microsoftonline.us" or "login.partner.microsoftonline.cn";
}

/// <summary>What one group means, as settings.</summary>
public sealed class GroupSetting
{
    /// <summary>The group's id as the provider says it.</summary>
    public string? Group { get; set; }

    /// <summary>The role's id, such as <c>comms-officer</c>.</summary>
    public string? Role { get; set; }

    /// <summary>For account holders: stations whose local accounts they publish on.</summary>
    public IReadOnlyList<string>? Stations { get; set; }

    /// <summary>For account holders: areas whose local accounts they publish on.</summary>
    public IReadOnlyList<string>? Areas { get; set; }

    /// <summary>For account holders: departments whose local accounts they publish on.</summary>
    public IReadOnlyList<string>? Departments { get; set; }

    /// <summary>For account holders: whether they publish on every local account. Default: false.</summary>
    public bool AllLocal { get; set; }

    /// <summary>Whether it says where account holders publish.</summary>
    public bool NamesAccounts => AllLocal || Stations is { Count: > 0 } || Areas is { Count: > 0 } || Departments is { Count: > 0 };

    /// <summary>The same, read. Only of a setting that has been checked.</summary>
    public GroupRole Read() => new(
        Group!,
        Roles.TryParse(Role, out var role) ? role : throw new InvalidOperationException("The setting of a group was not checked."),
        role == Domain.People.Role.AccountHolder ? new Scope { Kinds = ["local"], Stations = Stations, Areas = Areas, Departments = Departments } : null);
}
