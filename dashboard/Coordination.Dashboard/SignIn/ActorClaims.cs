using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Claims;
using System.Text.Json;
using Coordination.Domain.Holds;
using Coordination.Domain.People;
using Coordination.Storage.People;

namespace Coordination.Dashboard.SignIn;

/// <summary>An actor as claims and back: the one place where the claim names are written down.</summary>
public static class ActorClaims
{
    /// <summary>Staff id.</summary>
    public const string StaffId = "sub";

    /// <summary>Name on screen.</summary>
    public const string Name = "name";

    /// <summary>Role id.</summary>
    public const string RoleId = "role";

    private const string PublishesOn = "publishes-on";
    private const string StandsIn = "stands-in";
    private const string Only = "only";
    private const string Client = "client";
    private const string Token = "token";
    private const string Ends = "ends";
    private const string Session = "session";
    private const string Fresh = "fresh-until";

    /// <summary>Makes the principal of an actor.</summary>
    public static ClaimsPrincipal ToPrincipal(this Actor actor, string scheme)
    {
        var claims = new List<Claim>
        {
            new(StaffId, actor.Id),
            new(Name, actor.Name),
            new(RoleId, actor.Role.Id()),
        };
        if (actor.PublishesOn is { } scope)
        {
            claims.Add(new Claim(PublishesOn, JsonSerializer.Serialize(scope, JsonSerializerOptions.Web)));
        }

        if (actor.StandsIn is { Count: > 0 } others)
        {
            claims.Add(new Claim(StandsIn, JsonSerializer.Serialize(others, JsonSerializerOptions.Web)));
        }

        if (actor.Only is { } only)
        {
            claims.Add(new Claim(Only, string.Join(' ', only.Select(PermissionIds.Id))));
        }

        if (!actor.Stale)
        {
            claims.Add(new Claim(Fresh, Text(DateTimeOffset.MaxValue)));
        }

        return new ClaimsPrincipal(new ClaimsIdentity(claims, scheme, Name, RoleId));
    }

    /// <summary>Makes the principal of who comes with a token.</summary>
    public static ClaimsPrincipal ToPrincipal(this TokenHolder holder, string scheme)
    {
        var principal = holder.AsActor().ToPrincipal(scheme);
        ((ClaimsIdentity)principal.Identity!).AddClaims([new Claim(Client, holder.ClientId.ToString("D")), new Claim(Token, holder.TokenId.ToString("D"))]);
        return principal;
    }

    /// <summary>The token that a principal came with; null for a person who signed in.</summary>
    public static Guid? TokenId(this ClaimsPrincipal principal) => Guid.TryParse(principal.FindFirst(Token)?.Value, out var id) ? id : null;

    /// <summary>The API client that a principal is; null for a person who signed in.</summary>
    public static string? ClientId(this ClaimsPrincipal principal) => principal.FindFirst(Client)?.Value;

    /// <summary>The sign-in that a person is here by; null for a program with a token.</summary>
    public static Guid? SessionId(this ClaimsPrincipal principal) => Guid.TryParse(principal.FindFirst(Session)?.Value, out var id) ? id : null;

    /// <summary>Says by which sign-in a person is here.</summary>
    public static void IsOf(this ClaimsPrincipal principal, Guid session) => ((ClaimsIdentity)principal.Identity!).AddClaim(new Claim(Session, session.ToString("D")));

    /// <summary>Says until when a sign-in is fresh; for a principal of a stale actor.</summary>
    public static void IsFreshUntil(this ClaimsPrincipal principal, DateTimeOffset until) => ((ClaimsIdentity)principal.Identity!).AddClaim(new Claim(Fresh, Text(until)));

    /// <summary>Whether a sign-in is too old for what matters most; one that does not say until when it is fresh always is.</summary>
    public static bool IsStale(this ClaimsPrincipal principal, DateTimeOffset now) => !(principal.FindFirst(Fresh) is { } claim && TryTime(claim.Value, out var until) && now < until);

    /// <summary>Says when a sign-in ends in all: pages and connections that are open then end with it.</summary>
    public static void EndsAt(this ClaimsPrincipal principal, DateTimeOffset end) =>
        ((ClaimsIdentity)principal.Identity!).AddClaim(new Claim(Ends, Text(end)));

    /// <summary>Whether a sign-in has lasted its time.</summary>
    public static bool HasEnded(this ClaimsPrincipal principal, DateTimeOffset now) => principal.FindFirst(Ends) is { } claim
        && !(TryTime(claim.Value, out var end) && now < end);

    /// <summary>Reads the actor of a principal, as it was made: at the request that it came with. What stays open asks <see cref="IsStale"/>, too.</summary>
    /// <returns>False when nobody is signed in, or the claims are not ours.</returns>
    public static bool TryGetActor(this ClaimsPrincipal? principal, [NotNullWhen(true)] out Actor? actor)
    {
        actor = null;
        if (principal?.Identity is not { IsAuthenticated: true }
            || principal.FindFirst(StaffId) is not { } id
            || principal.FindFirst(Name) is not { } name
            || !Roles.TryParse(principal.FindFirst(RoleId)?.Value, out var role)
            || role == Role.System)
        {
            return false;
        }

        var scope = principal.FindFirst(PublishesOn) is { } claim ? JsonSerializer.Deserialize<Scope>(claim.Value, JsonSerializerOptions.Web) : null;
        var only = principal.FindFirst(Only) is { } narrowed ? PermissionIds.Known(narrowed.Value.Split(' ')) : null;
        var others = principal.FindFirst(StandsIn) is { } standing ? JsonSerializer.Deserialize<Scope[]>(standing.Value, JsonSerializerOptions.Web) : null;
        actor = new Actor(id.Value, name.Value, role, scope, only, others) { Stale = principal.FindFirst(Fresh) is null };
        return true;
    }

    /// <summary>Reads the actor of a principal that an endpoint's policy has let in.</summary>
    /// <exception cref="InvalidOperationException">Nobody is signed in: the endpoint has no policy.</exception>
    public static Actor Actor(this ClaimsPrincipal principal) => principal.TryGetActor(out var actor)
        ? actor
        : throw new InvalidOperationException("A command reached its handler without an actor.");

    private static string Text(DateTimeOffset time) => time.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture);

    private static bool TryTime(string text, out DateTimeOffset time) => DateTimeOffset.TryParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out time);
}
