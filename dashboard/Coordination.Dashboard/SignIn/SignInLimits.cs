using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;

namespace Coordination.Dashboard.SignIn;

/// <summary>How many attempts to sign in are looked at; what is more is answered before anything is read or hashed.</summary>
/// <remarks>
/// By the client's address; of IPv6 by its network of 64 bits, which one machine has whole. A brigade may come through one proxy: sign-in by
/// the provider is limited so that all of a shift can sign in within a minute or two, and passwords of break-glass accounts, of which there are few, narrowly.
/// </remarks>
public static class SignInLimits
{
    /// <summary>The usual sign-in: 300 at once from one address, then 300 a minute.</summary>
    public const string SignIn = "sign-in";

    /// <summary>Passwords of break-glass accounts: 10 at once from one address, then 10 a minute; and <see cref="SharedLimitFilter"/>.</summary>
    public const string Password = "break-glass-password";

    /// <summary>Passkeys, which cost no slow hash: 40 requests at once from one address, then 40 a minute; a sign-in is two.</summary>
    public const string Passkey = "break-glass-passkey";

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(6);

    /// <summary>Adds the policies beside those that others add.</summary>
    public static void AddSignInLimits(this IServiceCollection services)
    {
        services.AddSingleton<CallbackLimit>();
        services.AddSingleton<SharedLimit>();
        services.AddRateLimiter(options =>
        {
            options.AddPolicy(SignIn, new ByAddress(Usual));
            options.AddPolicy(Password, new ByAddress(() => Bucket(10, 1)));
            options.AddPolicy(Passkey, new ByAddress(() => Bucket(40, 4)));
        });
    }

    /// <summary>The usual sign-in's limit.</summary>
    public static TokenBucketRateLimiterOptions Usual() => Bucket(300, 30);

    /// <summary>The whole of one client, as far as it can be told.</summary>
    public static string Client(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress ?? IPAddress.None;
        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        return address.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)) : address.ToString();
    }

    /// <summary>Answers 429, with the time to wait, in words for a person.</summary>
    public static async Task RefuseAsync(HttpContext context, RateLimitLease lease, CancellationToken cancellationToken)
    {
        var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : Period;
        var seconds = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds));
        context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        context.Response.Headers.CacheControl = "no-store";
        context.Response.ContentType = "text/html; charset=utf-8";
        await context.Response.WriteAsync(Page.Replace("{0}", seconds == 1 ? "1 second" : seconds.ToString(CultureInfo.InvariantCulture) + " seconds", StringComparison.Ordinal), cancellationToken);
    }

    // As plain as can be: it is sent most when the service has most to do.
    private const string Page =
        """
        <!DOCTYPE html>
        <html lang="en-GB">
        <head><meta charset="utf-8" /><meta name="viewport" content="width=device-width, initial-scale=1" /><title>Too many sign-ins · WMFS Coordinator</title>
        <link rel="stylesheet" href="/css/tokens.css" /><link rel="stylesheet" href="/css/base.css" /><link rel="stylesheet" href="/css/pages.css" /></head>
        <body><main class="plain"><div class="box"><h1 class="title">Too many attempts to sign in</h1>
        <p>More came from your network than this service looks at, so yours was not looked at. Nothing was changed, nobody was locked out by it, and who is signed in stays signed in.</p>
        <p><b>Wait {0}, then try again.</b> If something has to be stopped now, ask a colleague who is signed in to place the hold.</p>
        <p><a class="btn primary" href="/sign-in">Back to the sign-in page</a></p></div></main></body>
        </html>
        """;

    private static TokenBucketRateLimiterOptions Bucket(int most, int perPeriod) =>
        new() { TokenLimit = most, TokensPerPeriod = perPeriod, ReplenishmentPeriod = Period, QueueLimit = 0, AutoReplenishment = true };

    private sealed class ByAddress(Func<TokenBucketRateLimiterOptions> limit) : IRateLimiterPolicy<string>
    {
        public Func<OnRejectedContext, CancellationToken, ValueTask>? OnRejected { get; } =
            (rejected, cancellationToken) => new ValueTask(RefuseAsync(rejected.HttpContext, rejected.Lease, cancellationToken));

        public RateLimitPartition<string> GetPartition(HttpContext httpContext) => RateLimitPartition.GetTokenBucketLimiter(Client(httpContext), _ => limit());
    }
}

/// <summary>The limit of the address that the provider sends people back to, which belongs to no endpoint.</summary>
public sealed class CallbackLimit : IDisposable
{
    private readonly PartitionedRateLimiter<HttpContext> _limiter = PartitionedRateLimiter.Create<HttpContext, string>(
        context => RateLimitPartition.GetTokenBucketLimiter(SignInLimits.Client(context), _ => SignInLimits.Usual()), StringComparer.Ordinal);

    /// <summary>Lets a request pass, or answers it.</summary>
    /// <returns>Whether it passes.</returns>
    public async Task<bool> AdmitAsync(HttpContext context)
    {
        using var lease = _limiter.AttemptAcquire(context);
        if (!lease.IsAcquired)
        {
            await SignInLimits.RefuseAsync(context, lease, context.RequestAborted);
        }

        return lease.IsAcquired;
    }

    /// <inheritdoc/>
    public void Dispose() => _limiter.Dispose();
}

/// <summary>How many passwords of break-glass accounts this host looks at in all, wherever they come from: 30 at once, then 30 a minute.</summary>
public sealed class SharedLimit : IDisposable
{
    private readonly TokenBucketRateLimiter _limiter = new(new TokenBucketRateLimiterOptions
    {
        TokenLimit = 30, TokensPerPeriod = 1, ReplenishmentPeriod = TimeSpan.FromSeconds(2), QueueLimit = 0, AutoReplenishment = true,
    });

    /// <summary>Takes one.</summary>
    public RateLimitLease Take() => _limiter.AttemptAcquire();

    /// <inheritdoc/>
    public void Dispose() => _limiter.Dispose();
}

/// <summary>Asks <see cref="SharedLimit"/> before a password is looked at.</summary>
public sealed class SharedLimitFilter(SharedLimit limit) : IEndpointFilter
{
    /// <inheritdoc/>
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        using var lease = limit.Take();
        if (lease.IsAcquired)
        {
            return await next(context);
        }

        await SignInLimits.RefuseAsync(context.HttpContext, lease, context.HttpContext.RequestAborted);
        return Results.Empty;
    }
}
