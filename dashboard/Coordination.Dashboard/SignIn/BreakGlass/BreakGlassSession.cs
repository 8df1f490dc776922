using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Claims;
using Coordination.Domain.People;
using Coordination.Storage.People.BreakGlass;
using Microsoft.Extensions.Options;

namespace Coordination.Dashboard.SignIn.BreakGlass;

/// <summary>That somebody is signed in by a break-glass account.</summary>
/// <param name="Grant">The grant that it hangs on.</param>
/// <param name="Until">When it ends (UTC).</param>
public sealed record BreakGlassSession(Guid Grant, DateTimeOffset Until)
{
    /// <summary>Name of the claim, and of the cookie's property.</summary>
    public const string Claim = "break-glass";

    /// <summary>As a claim's value.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Grant:N} {Until.UtcDateTime:O}");

    /// <summary>The session of a principal; null when it signed in another way. One that cannot be read has ended.</summary>
    public static BreakGlassSession? Of(ClaimsPrincipal? principal) => principal?.FindFirst(Claim) is { } claim ? Read(claim.Value) : null;

    /// <summary>The person as they may act in such a session: by their role, but for what opens further ways in. Those are for the usual sign-in.</summary>
    public static Actor Narrow(Actor person) => person with
    {
        Only = [.. Enum.GetValues<Permission>().Where(p => PermissionMatrix.Allows(person.Role, p) && !OpensWays(p))],
    };

    private static bool OpensWays(Permission permission) => permission is Permission.ManageBreakGlass or Permission.ManageClients or Permission.ManageStaff;

    /// <summary>The principal with its session.</summary>
    public ClaimsPrincipal Mark(ClaimsPrincipal principal)
    {
        ((ClaimsIdentity)principal.Identity!).AddClaim(new Claim(Claim, ToString()));
        return principal;
    }

    /// <summary>Reads a claim's value.</summary>
    public static BreakGlassSession Read(string text) =>
        text.Split(' ') is [var grant, var until] && Guid.TryParseExact(grant, "N", out var id)
        && DateTimeOffset.TryParseExact(until, "O", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var end)
            ? new BreakGlassSession(id, end)
            : new BreakGlassSession(Guid.Empty, DateTimeOffset.MinValue);
}

/// <summary>Whether sign-ins by break-glass accounts go on: while they are enabled, last, and their grant stands.</summary>
/// <remarks>Known a second long. While the database does not answer, whoever was known minutes ago stays, as with everybody (<see cref="StaffDirectory"/>).</remarks>
public sealed class BreakGlassSessions(IOptions<SignInOptions> options, IBreakGlassStore store, TimeProvider time)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Usable = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, (Guid? Grant, DateTimeOffset At)> _known = new(StringComparer.Ordinal);

    /// <summary>Whether somebody may stay signed in; true for all who signed in another way.</summary>
    public async Task<bool> IsOpenAsync(ClaimsPrincipal user, CancellationToken cancellationToken) =>
        BreakGlassSession.Of(user) is not { } session
        || (options.Value.BreakGlass.Enabled && time.GetUtcNow() < session.Until && user.TryGetActor(out var actor)
            && await GrantOfAsync(actor.Id, cancellationToken) == session.Grant);

    private async Task<Guid?> GrantOfAsync(string staffId, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var remembered = _known.TryGetValue(staffId, out var known);
        if (remembered && now - known.At < Fresh)
        {
            return known.Grant;
        }

        try
        {
            // Only of people who are signed in: it does not grow beyond the staff.
            var grant = await store.GrantOfAsync(staffId, cancellationToken);
            _known[staffId] = (grant, now);
            return grant;
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested && remembered && now - known.At < Usable)
        {
            return known.Grant;
        }
    }
}
