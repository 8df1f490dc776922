using System.Text.Encodings.Web;
using Coordination.Dashboard.Clients;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Coordination.Dashboard.SignIn;

/// <summary>Authenticates API clients by <c>Authorization: Bearer</c>; for the hub also by the <c>access_token</c> query, because browsers cannot set headers on a WebSocket.</summary>
public sealed class BearerHandler(
    TokenDirectory tokens, TokenUses uses, IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
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

        var answer = await tokens.FindAsync(token, Context.Connection.RemoteIpAddress, Context.RequestAborted);
        if (answer is TokenAnswer.Known { Holder: var holder })
        {
            uses.Note(holder.TokenId);
            return AuthenticateResult.Success(new AuthenticationTicket(holder.ToPrincipal(SchemeName), SchemeName));
        }

        Context.Features.Set(answer);
        return AuthenticateResult.Fail("The token does not count.");
    }

    private static string? TokenInQuery(HttpRequest request) =>
        request.Path.StartsWithSegments("/hubs", StringComparison.OrdinalIgnoreCase) && request.Query.TryGetValue("access_token", out var token)
            ? token.ToString()
            : null;
}
