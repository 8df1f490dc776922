using System.Globalization;
using System.Text;
using Coordination.Sandbox.Api;
using Coordination.Sandbox.Exercise;

namespace Coordination.Sandbox.Control;

/// <summary>Carries the orders to misbehave out, on the API only.</summary>
internal static class FaultGate
{
    public static void UseFaults(this WebApplication app) => app.Use(async (context, next) =>
    {
        var isApi = Protocols.Of(context.Request) is not null || context.Request.Path.StartsWithSegments("/exercise/api", StringComparison.Ordinal);
        var board = context.RequestServices.GetRequiredService<FaultBoard>();
        var fault = isApi ? board.Take(context.Account()?.Username ?? context.StandIn()?.Username, HttpMethods.IsGet(context.Request.Method), context.Request.Path) : null;
        if (fault is null)
        {
            await next(context);
            return;
        }

        if (fault.Delay > TimeSpan.Zero)
        {
            // Goes on although the caller may have hung up, as a server does that is only slow; so the body is taken in first.
            context.Request.EnableBuffering();
            await context.Request.Body.CopyToAsync(Stream.Null);
            context.Request.Body.Position = 0;
            await Task.Delay(fault.Delay, context.RequestServices.GetRequiredService<TimeProvider>());
        }

        switch (fault.Mode)
        {
            case FaultMode.Slow:
                await next(context);
                break;
            case FaultMode.Fail:
                context.Response.Headers.RetryAfter = fault.RetryAfterSeconds?.ToString(CultureInfo.InvariantCulture);
                await Protocols.Error(context.Request, fault.Status, "The sandbox was told to fail").ExecuteAsync(context);
                break;
            case FaultMode.DropAnswer:
                await SwallowAsync(context, next);
                context.Abort();
                break;
            case FaultMode.Garbage:
                await SwallowAsync(context, next);
                context.Response.ContentLength = null;
                context.Response.StatusCode = StatusCodes.Status200OK;
                context.Response.ContentType = "text/html";
                await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes("<html><body>{\"id\": 12,,</body>"));
                break;
            case FaultMode.Reset:
                context.Abort();
                break;
        }
    });

    private static async Task SwallowAsync(HttpContext context, RequestDelegate next)
    {
        var wire = context.Response.Body;
        context.Response.Body = new MemoryStream();
        try
        {
            await next(context);
        }
        finally
        {
            context.Response.Body = wire;
        }
    }
}
