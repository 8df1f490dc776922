using Coordination.Dashboard.Desks;
using Coordination.Dashboard.SignIn;
using Coordination.Dashboard.SignIn.OpenId;
using Coordination.Domain;
using Coordination.Domain.Holds;
using Coordination.Domain.People;
using Coordination.Domain.Posts;
using Coordination.Storage.People;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Coordination.Dashboard.Staffing;

/// <summary>Decides by the rules, and asks the database.</summary>
public sealed class StaffDesk(
    IStaffRegister register, IIdentityStore identities, StaffDirectory known, ScopeCheck scopes, IOptions<SignInOptions> signIn, TimeProvider time) : IStaffDesk
{
    /// <inheritdoc/>
    public bool GroupsOwn => signIn.Value is { Mode: SignInMode.OpenIdConnect, OpenIdConnect.Admit: AdmitRule.MappedGroups };

    /// <inheritdoc/>
    public string? Provider => signIn.Value is { Mode: SignInMode.OpenIdConnect, OpenIdConnect.Authority: { } authority } ? authority : null;

    /// <inheritdoc/>
    public Task<IReadOnlyList<StaffRecord>> ListAsync(CancellationToken cancellationToken) => register.ListAsync(cancellationToken);

    /// <inheritdoc/>
    public Task<StaffRecord?> FindAsync(string id, CancellationToken cancellationToken) => register.FindAsync(id, cancellationToken);

    /// <inheritdoc/>
    public async Task<StaffDeskAnswer> SaveAsync(string id, StaffEntry wish, long? version, string? reason, Actor actor, CancellationToken cancellationToken)
    {
        var former = await register.FindAsync(id, cancellationToken);
        if (former is null && version is not null)
        {
            return No(Unknown(id));
        }

        var tidy = StaffDecider.Tidy(wish);
        Refusal? Decide(KnownLabels labels) => StaffDecider.Check(id, former?.Entry, tidy, reason, actor, labels, GroupsOwn, time.GetUtcNow());
        var refusal = tidy.PublishesOn is { } scope
            ? await scopes.RunAsync(scope, StaffDecider.Accounts, Decide, cancellationToken)
            : Decide(KnownLabels.Of([]));
        if (refusal is not null)
        {
            return No(refusal);
        }

        return await register.SaveAsync(id, version ?? 0, tidy, reason!.Trim(), actor, cancellationToken) switch
        {
            StaffAnswer.Saved or StaffAnswer.Same => await AsTheyAreAsync(id, cancellationToken),
            StaffAnswer.Own => No(StaffDecider.Own()),
            StaffAnswer.ActorGone => No(new Refusal("forbidden", "Your own entry in the directory was changed, so this does not count. Nothing was changed. Sign in again.", RefusalKind.Forbidden)),
            StaffAnswer.LastManager => No(new Refusal(
                "last-manager", "No Comms manager would be left who stays, and nobody could change this again, or lift a hold. Nothing was changed. Make somebody else a Comms manager without a last day first.", RefusalKind.Conflict)),
            _ => No(former is null || version is null
                ? new Refusal("staff-id-taken", $"There is somebody with the id '{id}' already. Nothing was changed. Change them, or choose another id.", RefusalKind.Conflict)
                : new Refusal("staff-changed", "Somebody has changed this person since they were read. Nothing was changed. Read them again, and give their 'version'.", RefusalKind.Conflict)),
        };
    }

    /// <inheritdoc/>
    public async Task<StaffDeskAnswer> IdentifyAsync(string id, ExternalIdentity identity, bool linked, string? reason, Actor actor, CancellationToken cancellationToken)
    {
        if ((StaffDecider.MayChange(id, actor) ?? (GroupsOwn ? ByGroups() : null) ?? Check(identity) ?? StaffDecider.CheckReason(reason)) is { } refusal)
        {
            return No(refusal);
        }

        if (await register.FindAsync(id, cancellationToken) is null)
        {
            return No(Unknown(id));
        }

        try
        {
            _ = linked
                ? await identities.LinkAsync(actor, id, identity, reason!.Trim(), cancellationToken)
                : await identities.UnlinkAsync(actor, id, identity, reason!.Trim(), cancellationToken);
        }
        catch (PostgresException e) when (string.Equals(e.SqlState, IIdentityStore.IsAnothers, StringComparison.Ordinal))
        {
            return No(new Refusal("identity-taken", "At the provider that is another member of staff already. Nothing was changed. Take it from them first, if it is this person's.", RefusalKind.Conflict));
        }

        return await AsTheyAreAsync(id, cancellationToken);
    }

    // What this host remembers of them may be what they were a moment ago.
    private async Task<StaffDeskAnswer> AsTheyAreAsync(string id, CancellationToken cancellationToken)
    {
        known.Forget(id);
        return new StaffDeskAnswer(await register.FindAsync(id, cancellationToken), null);
    }

    private static Refusal? Check(ExternalIdentity identity) =>
        identity.Issuer.Length is 0 or > 500 || identity.Subject.Length is 0 or > 255
            ? new Refusal("identity-invalid", "An identity is the provider's name for itself ('issuer', at most 500 characters) and what it calls the person for good ('subject', at most 255). Nothing was changed.")
            : StorableText.Check("identity", identity.Issuer, identity.Subject);

    private static Refusal ByGroups() => new(
        "groups-own", "The first sign-in of somebody in a group says who they are at the provider here. Nothing was changed.", RefusalKind.Conflict);

    private static Refusal Unknown(string id) => new("staff-unknown", $"There is nobody with the id '{StorableText.Clean(id, 60)}' in the directory. Nothing was changed. GET /api/staff lists all.", RefusalKind.NotFound);

    private static StaffDeskAnswer No(Refusal why) => new(null, why);
}
