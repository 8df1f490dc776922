using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Coordination.Domain.People;
using Coordination.Domain.Posts;
using Coordination.Storage.People;
using Microsoft.Extensions.Options;

namespace Coordination.Dashboard.SignIn.OpenId;

/// <summary>From what the provider says of a person to a member of staff, or to a refusal.</summary>
public sealed class OpenIdAdmission(IIdentityStore identities, StaffDirectory staff, IOptions<SignInOptions> options)
{
    /// <summary>The person's groups are too many to be in the token: they are not known.</summary>
    public const string GroupsUnknown = "groups-unknown";

    /// <summary>No group of theirs gives a role.</summary>
    public const string NoGroup = "no-group";

    /// <summary>Their groups say different things.</summary>
    public const string SeveralRoles = "several-roles";

    /// <summary>The provider does not say who they are by the claims that the settings name.</summary>
    public const string ClaimsMissing = "claims-missing";

    /// <summary>Another was to confirm that it is them.</summary>
    public const string SomebodyElse = "somebody-else";

    private const int LongestName = 100;
    private readonly OpenIdOptions _options = options.Value.OpenIdConnect;

    /// <summary>Admits a person, or refuses; either is recorded.</summary>
    /// <returns>The member of staff, or why not.</returns>
    public async Task<(StaffMember? Member, string? Why)> DecideAsync(ClaimsPrincipal person, CancellationToken cancellationToken)
    {
        if (IdentityOf(person) is not { } identity)
        {
            return (null, ClaimsMissing);
        }

        var admission = _options.Admit == AdmitRule.KnownStaff
            ? await identities.AdmitKnownAsync(identity, cancellationToken)
            : await ByGroupAsync(person, identity, cancellationToken);
        if (admission is not Admission.Admitted(var id))
        {
            return (null, (admission as Admission.Refused)?.Why);
        }

        // What this host remembers of them may be what they were a moment ago.
        staff.Forget(id);
        return await staff.FindAsync(id, cancellationToken) is { } member ? (member, null) : (null, "inactive");
    }

    /// <summary>Whether a person is this member of staff; if not, it is recorded that somebody else was there.</summary>
    public async Task<bool> IsAsync(ClaimsPrincipal person, string staffId, CancellationToken cancellationToken)
    {
        if (IdentityOf(person) is not { } identity)
        {
            return false;
        }

        if (string.Equals(await identities.FindAsync(identity, cancellationToken), staffId, StringComparison.Ordinal))
        {
            return true;
        }

        await identities.RefuseAsync(identity, SomebodyElse, lapse: false, cancellationToken);
        return false;
    }

    /// <summary>The name that the provider says, as it can be kept; null when it says none.</summary>
    public string? NameOf(ClaimsPrincipal person)
    {
        var said = person.FindFirst(_options.NameClaim)?.Value ?? person.FindFirst("preferred_username")?.Value;
        var clean = said is null ? "" : string.Concat(StorableText.Clean(said, LongestName).Select(c => char.IsControl(c) ? ' ' : c)).Trim();
        return clean.Length == 0 ? null : clean;
    }

    /// <summary>A staff id for somebody new: their name, so that people can read it, and what follows from their identity.</summary>
    public static string NewId(ExternalIdentity identity, string name)
    {
        var words = string.Concat(name.ToLowerInvariant().Select(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) ? c : '-'))
            .Split('-', StringSplitOptions.RemoveEmptyEntries);
        var readable = string.Join('-', words);
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(identity.Issuer + "\n" + identity.Subject)))[..12];
        return readable.Length == 0 ? "staff-" + hash : readable[..Math.Min(readable.Length, 40)].TrimEnd('-') + "-" + hash;
    }

    private ExternalIdentity? IdentityOf(ClaimsPrincipal person)
    {
        var (issuer, subject) = (person.FindFirst("iss")?.Value, person.FindFirst(_options.Person)?.Value);
        return issuer is { Length: > 0 and <= 500 } && subject is { Length: > 0 and <= 255 } && StorableText.Fits(subject) ? new ExternalIdentity(issuer, subject) : null;
    }

    private async Task<Admission> ByGroupAsync(ClaimsPrincipal person, ExternalIdentity identity, CancellationToken cancellationToken)
    {
        // With too many groups Entra ID says where to ask for them instead: not knowing is no reason to guess.
        var groups = person.FindAll(_options.GroupsClaim).Select(c => c.Value).ToArray();
        if (groups.Length == 0 && (person.HasClaim(c => c.Type is "hasgroups") || person.FindFirst("_claim_names")?.Value.Contains(_options.GroupsClaim, StringComparison.Ordinal) == true))
        {
            return await RefuseAsync(identity, GroupsUnknown, lapse: false, cancellationToken);
        }

        switch (GroupRoles.Of(_options.GroupRoles(), groups, _options.SeveralGroups))
        {
            case GroupVerdict.Given(var given):
                return NameOf(person) is { } name
                    ? await identities.AdmitMappedAsync(identity, new StaffMember(NewId(identity, name), name, given.Role, given.PublishesOn), cancellationToken)
                    : await RefuseAsync(identity, ClaimsMissing, lapse: false, cancellationToken);
            case GroupVerdict.Different:
                return await RefuseAsync(identity, SeveralRoles, lapse: true, cancellationToken);
            default:
                return await RefuseAsync(identity, NoGroup, lapse: true, cancellationToken);
        }
    }

    private async Task<Admission> RefuseAsync(ExternalIdentity identity, string why, bool lapse, CancellationToken cancellationToken)
    {
        await identities.RefuseAsync(identity, why, lapse, cancellationToken);
        return new Admission.Refused(why);
    }
}
