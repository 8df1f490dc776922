using System.Globalization;
using Coordination.Sandbox.Network;

namespace Coordination.Sandbox.Api;

/// <summary>Puts the rate limit's headers on every answer to an account, and 429 on what goes beyond it.</summary>
internal static class RateLimitGate
{
    public static void UseRateLimit(this WebApplication app) => app.Use(async (context, next) =>
    {
        if (!context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal) || context.Account() is not { } account)
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
        }

        await (allowance is null or { Allowed: true } ? next(context) : Answers.TooMany.ExecuteAsync(context));
    });
}
