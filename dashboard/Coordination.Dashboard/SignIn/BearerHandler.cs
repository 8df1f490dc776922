using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Coordination.Dashboard.SignIn;

/// <summary>Authenticates API clients by <c>Authorization: Bearer</c>; for the hub also by the <c>access_token</c> query, because browsers cannot set headers on a WebSocket.</summary>
public sealed class BearerHandler(
    StaffDirectory staff, IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    /// <summary>The scheme's name.</summary>
    public const string SchemeName = "Bearer";

    private const string Prefix = "Bearer ";

    /// <summary>Whether a request says who it is in this way.</summary>
    public static bool IsUsedBy(HttpRequest request) => request.Headers.Authorization.Count > 0 || TokenInQuery(request) is not null;

    /// <inheritdoc/>
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        var token = header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? header[Prefix.Length..].Trim() : TokenInQuery(Request);
        if (string.IsNullOrEmpty(token))
        {
            return AuthenticateResult.NoResult();
        }

        return token.Length <= 512 && await staff.FindByTokenAsync(token, Context.RequestAborted) is { } member
            ? AuthenticateResult.Success(new AuthenticationTicket(member.AsActor().ToPrincipal(SchemeName), SchemeName))
            : AuthenticateResult.Fail("The token is nobody's.");
    }

    private static string? TokenInQuery(HttpRequest request) =>
        request.Path.StartsWithSegments("/hubs", StringComparison.OrdinalIgnoreCase) && request.Query.TryGetValue("access_token", out var token)
            ? token.ToString()
            : null;
}
