namespace Coordination.Dashboard.Api;

/// <summary>The operation id of a command: the client's <c>Idempotency-Key</c>, or a new one. It stands in every answer, so a repeat is always possible.</summary>
public sealed class IdempotencyKey : IEndpointFilter
{
    /// <summary>The header's name.</summary>
    public const string Header = "Idempotency-Key";

    /// <summary>The operation id that the filter found or made.</summary>
    public static Guid Of(HttpContext context) => Problems.OperationId(context)
        ?? throw new InvalidOperationException("The route does not read an idempotency key.");

    /// <inheritdoc/>
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var time = http.RequestServices.GetRequiredService<TimeProvider>();
        var given = http.Request.Headers[Header];
        var id = Guid.CreateVersion7(time.GetUtcNow());
        if (given.Count > 0 && (given.Count > 1 || !Guid.TryParseExact(given[0], "D", out id) || id == Guid.Empty))
        {
            return Problems.Of(
                StatusCodes.Status400BadRequest,
                "idempotency-key-malformed",
                $"The header '{Header}' is no UUID. Nothing was changed. Make a new UUID for each wish and send the same one when you repeat it.");
        }

        Problems.Remember(http, id);
        http.Response.Headers[Header] = id.ToString("D");
        return await next(context);
    }
}
