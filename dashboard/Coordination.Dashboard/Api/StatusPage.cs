using Microsoft.AspNetCore.Diagnostics;

namespace Coordination.Dashboard.Api;

/// <summary>Problem details for answers that the framework gives without a body.</summary>
internal static class StatusPage
{
    public static Task WriteAsync(StatusCodeContext context)
    {
        var status = context.HttpContext.Response.StatusCode;
        var (code, detail) = status switch
        {
            StatusCodes.Status404NotFound => ("not-found", "There is nothing at this address. /openapi/v1.json lists what there is."),
            StatusCodes.Status405MethodNotAllowed => ("method-not-allowed", $"This address does not take {context.HttpContext.Request.Method}; the header 'Allow' says what it takes. Nothing was changed."),
            StatusCodes.Status413PayloadTooLarge => ("body-too-large", $"The body is larger than {ApiLimits.BodyInWords(context.HttpContext.GetEndpoint())}. Nothing was changed."),
            StatusCodes.Status415UnsupportedMediaType => ("unsupported-media-type", "The body has a content type that this address does not take. Nothing was changed. /openapi/v1.json says which one it takes."),
            StatusCodes.Status503ServiceUnavailable => ("service-unavailable", "The request took too long and was given up. Whether it took effect is not known: repeat it unchanged with the same Idempotency-Key."),
            _ => ("request-refused", "The request was refused."),
        };
        return Problems.Of(status, code, detail).ExecuteAsync(context.HttpContext);
    }
}
