using System.Globalization;
using Coordination.Sandbox.Network;

namespace Coordination.Sandbox.Api;

/// <summary>Puts the rate limit's headers on every answer to an account, and 429 on what goes beyond it.</summary>
internal static class RateLimitGate
{
    public static void UseRateLimit(this WebApplication app) => app.Use(async (context, next) =>
    {
        if (Protocols.Of(context.Request) is not { } protocol || context.Account() is not { } account)
        {
            await next(context);
            return;
        }

        var limits = context.RequestServices.GetRequiredService<RateLimits>();
        var allowance = limits.Take(account.Id, delete: false);
        if (HttpMethods.IsDelete(context.Request.Method) && (allowance is null or { Allowed: true }))
        {
            allowance = limits.Take(account.Id, delete: true) ?? allowance;
        }

        if (allowance is { } counted)
        {
            var headers = context.Response.Headers;
            headers["X-RateLimit-Limit"] = counted.Limit.ToString(CultureInfo.InvariantCulture);
            headers["X-RateLimit-Remaining"] = counted.Remaining.ToString(CultureInfo.InvariantCulture);
            headers["X-RateLimit-Reset"] = counted.ResetsAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
            if (protocol == Protocol.X)
            {
                headers["x-rate-limit-limit"] = headers["X-RateLimit-Limit"];
                headers["x-rate-limit-remaining"] = headers["X-RateLimit-Remaining"];
                headers["x-rate-limit-reset"] = counted.ResetsAt.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
                headers.Remove("X-RateLimit-Limit");
                headers.Remove("X-RateLimit-Remaining");
                headers.Remove("X-RateLimit-Reset");
            }
        }

        await (allowance is null or { Allowed: true } ? next(context) : Protocols.Error(context.Request, StatusCodes.Status429TooManyRequests, "Too many requests").ExecuteAsync(context));
    });
}
