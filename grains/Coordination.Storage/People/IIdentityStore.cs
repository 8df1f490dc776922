using Coordination.Domain.People;

namespace Coordination.Storage.People;

/// <summary>Who somebody is at the provider that signs people in.</summary>
/// <param name="Issuer">The provider's name for itself; at most 500 characters.</param>
/// <param name="Subject">What it calls the person, for good; at most 255 characters.</param>
public sealed record ExternalIdentity(string Issuer, string Subject);

/// <summary>Whether somebody is let in.</summary>
public abstract record Admission
{
    private Admission()
    {
    }

    /// <summary>They are.</summary>
    /// <param name="StaffId">As whom.</param>
    public sealed record Admitted(string StaffId) : Admission;

    /// <summary>They are not.</summary>
    /// <param name="Why"><c>unknown</c> or <c>inactive</c>.</param>
    public sealed record Refused(string Why) : Admission;
}

/// <summary>Who of those whom a provider signs in is a member of staff; each answer is recorded, each change of a person journaled.</summary>
public interface IIdentityStore
{
    /// <summary>The database's word for: that identity is another's, or there is no such member of staff.</summary>
    public const string IsAnothers = "WM101";

    /// <summary>Says who at the provider a member of staff is.</summary>
    /// <returns>Whether that was new.</returns>
    /// <exception cref="Npgsql.PostgresException">There is no such member of staff, or the identity is another's (<c>WM101</c>).</exception>
    Task<bool> LinkAsync(Actor by, string staffId, ExternalIdentity identity, string reason, CancellationToken cancellationToken);

    /// <summary>Takes that back: they sign in as that member of staff no more. A sign-in that is open lasts on.</summary>
    /// <returns>Whether it was so.</returns>
    Task<bool> UnlinkAsync(Actor by, string staffId, ExternalIdentity identity, string reason, CancellationToken cancellationToken);

    /// <summary>Lets in whom the directory knows and has active.</summary>
    Task<Admission> AdmitKnownAsync(ExternalIdentity identity, CancellationToken cancellationToken);

    /// <summary>Lets in whom a group gives a role, and makes or changes the member of staff by it. Whom a person has made inactive stays out.</summary>
    /// <param name="identity">Who signs in.</param>
    /// <param name="person">As what; the id counts at the first sign-in alone.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    Task<Admission> AdmitMappedAsync(ExternalIdentity identity, StaffMember person, CancellationToken cancellationToken);

    /// <summary>The member of staff that somebody at a provider is; null when they are nobody here.</summary>
    Task<string?> FindAsync(ExternalIdentity identity, CancellationToken cancellationToken);

    /// <summary>Records that somebody was refused.</summary>
    /// <param name="identity">Who.</param>
    /// <param name="why">A word or two; no names.</param>
    /// <param name="lapse">Whether a member of staff who is refused is not active from now on, until a group gives them a role again.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    Task RefuseAsync(ExternalIdentity identity, string why, bool lapse, CancellationToken cancellationToken);
}
