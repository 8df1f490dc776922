using System.Globalization;
using System.Security.Claims;

namespace Coordination.Dashboard.SignIn.OpenId;

/// <summary>When the provider says that somebody proved who they are: the claim <c>auth_time</c> (OpenID Connect Core, 2). It may have been days ago: the provider has a sign-in of its own.</summary>
public static class AuthTime
{
    private const string Claim = "auth_time";

    /// <summary>Reads it (UTC); null when it is not said, or is no time.</summary>
    public static DateTimeOffset? Of(ClaimsPrincipal person) =>
        long.TryParse(person.FindFirst(Claim)?.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds < DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;
}
