using System.Threading.RateLimiting;
using Coordination.Dashboard.Api;
using Coordination.Dashboard.Clients;
using Coordination.Dashboard.SignIn;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace Coordination.Dashboard.Composition;

/// <summary>Limits what one caller may ask of the API: a client, whatever its tokens, or a person; who says nothing, by address.</summary>
/// <remarks>
/// Each caller has a bucket for each cost, so that nothing else they send keeps a hold out. Pages, health and the live hub are not limited here:
/// a page asks over its own connection, and a control room that reconnects after a restart must not be kept waiting.
/// </remarks>
internal static class RateLimiting
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    /// <summary>Adds the limits, and what is told to who goes beyond them.</summary>
    public static void AddRateLimits(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<CallerLimits>().BindConfiguration(CallerLimits.Section).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<CallerLimits>, CallerLimitsValidator>();
        builder.Services.AddRateLimiter(_ => { });
        builder.Services.AddOptions<RateLimiterOptions>().Configure<IOptions<CallerLimits>>(Limit);
    }

    private static void Limit(RateLimiterOptions limiter, IOptions<CallerLimits> options)
    {
        var limits = options.Value;
        limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        var ours = PartitionedRateLimiter.CreateChained(
            PartitionedRateLimiter.Create<HttpContext, string>(context => Bucket(context, limits)),
            PartitionedRateLimiter.Create<HttpContext, string>(context => AtOnce(context, limits)));
        limiter.GlobalLimiter = limiter.GlobalLimiter is { } other ? PartitionedRateLimiter.CreateChained(other, ours) : ours;
        var former = limiter.OnRejected;
        limiter.OnRejected = (rejected, cancellationToken) => IsLimited(rejected.HttpContext)
            ? new ValueTask(TellAsync(rejected))
            : former?.Invoke(rejected, cancellationToken) ?? ValueTask.CompletedTask;
    }

    private static RateLimitPartition<string> Bucket(HttpContext context, CallerLimits limits) => !IsLimited(context)
        ? RateLimitPartition.GetNoLimiter("")
        : RequestCosts.Of(context) switch
        {
            RequestCost.Expensive => Bucket("expensive/" + Caller(context), limits.ExpensivePerSecond, limits.ExpensiveBurst),
            RequestCost.Stopping => Bucket("stopping/" + Caller(context), limits.HoldsPerSecond, limits.HoldsBurst),
            _ => Bucket("ordinary/" + Caller(context), limits.PerSecond, limits.Burst),
        };

    private static RateLimitPartition<string> Bucket(string key, int perSecond, int burst) => RateLimitPartition.GetTokenBucketLimiter(key, _ => new TokenBucketRateLimiterOptions
    {
        TokenLimit = burst,
        TokensPerPeriod = perSecond,
        ReplenishmentPeriod = Second,
        QueueLimit = 0,
    });

    private static RateLimitPartition<string> AtOnce(HttpContext context, CallerLimits limits) => !IsLimited(context) || RequestCosts.Of(context) != RequestCost.Expensive
        ? RateLimitPartition.GetNoLimiter("")
        : RateLimitPartition.GetConcurrencyLimiter(Caller(context), _ => new ConcurrencyLimiterOptions
        {
            PermitLimit = limits.ExpensiveAtOnce,
            QueueLimit = limits.ExpensiveAtOnce * 5,
            QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        });

    private static bool IsLimited(HttpContext context) =>
        context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase) || context.Request.Path.StartsWithSegments("/openapi", StringComparison.OrdinalIgnoreCase);

    private static string Caller(HttpContext context) => context.User.ClientId() is { } client
        ? "client/" + client
        : context.User.TryGetActor(out var actor) ? "staff/" + actor.Id : "address/" + TokenGuesses.Place(context.Connection.RemoteIpAddress);

    private static Task TellAsync(OnRejectedContext rejected)
    {
        var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : Second;
        return TooManyRequests.WriteAsync(
            rejected.HttpContext,
            "too-many-requests",
            RequestCosts.Of(rejected.HttpContext) switch
            {
                RequestCost.Stopping => "So many holds, lifts or reports came from this sender at once that this one was not looked at. It did not take; nothing was changed.",
                RequestCost.Expensive => "So many searches, lists or files were asked for by this sender at once that this one was not begun. Nothing was changed.",
                _ => "So many requests came from this sender at once that this one was not looked at. Nothing was changed.",
            },
            wait);
    }
}
