using System.Buffers.Text;
using System.Security.Cryptography;
using Coordination.Storage.People.Sessions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.Options;

namespace Coordination.Dashboard.SignIn.Sessions;

/// <summary>Opens a sign-in when somebody has been let in: a new secret each time, and the one that the browser had before is over.</summary>
public sealed class SessionOpener(ISessionStore store, SignInSessions sessions, IOptions<SignInOptions> options)
{
    /// <summary>Under this name a cookie has the secret that names its sign-in.</summary>
    public const string Secret = "session";

    /// <summary>How many one person may have open at once: a desk, a phone, a tablet, a wall, and room. Of more, the one used least lately ends.</summary>
    public const int Most = 20;

    // Anybody is anybody there, and tests are many.
    private const int MostInDemo = 1000;

    /// <summary>Opens it.</summary>
    /// <param name="context">The request that signs in.</param>
    /// <param name="staffId">Who.</param>
    /// <param name="way">How.</param>
    /// <param name="authenticatedAt">When the provider says that they proved who they are (UTC); null when it does not say, and for the other ways.</param>
    /// <returns>What the cookie is to say.</returns>
    public async Task<AuthenticationProperties> OpenAsync(HttpContext context, string staffId, SignInWay way, DateTimeOffset? authenticatedAt)
    {
        var former = (await context.AuthenticateAsync(CookieAuthenticationDefaults.AuthenticationScheme)).Properties?.Items.TryGetValue(Secret, out var had) == true ? had : null;
        var secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var wish = new SessionWish(
            staffId,
            way,
            BrowserName.Of(context.Request.Headers.UserAgent.ToString()),
            way == SignInWay.BreakGlass ? options.Value.BreakGlass.Lifetime : options.Value.Lifetime,
            authenticatedAt,
            way == SignInWay.Demo ? MostInDemo : Most);
        var opened = await store.OpenAsync(wish, secret, former, context.RequestAborted);
        sessions.Forget(look => look.Id == opened.Id || string.Equals(look.StaffId, staffId, StringComparison.Ordinal));
        var properties = new AuthenticationProperties { ExpiresUtc = opened.EndsAt, AllowRefresh = false };
        properties.Items[Secret] = secret;
        return properties;
    }
}
