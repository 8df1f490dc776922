using Coordination.Domain;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;

namespace Coordination.Dashboard.Api;

/// <summary>Every error of the API: problem details (RFC 9457) with a stable <c>code</c> for programs and a <c>detail</c> for people.</summary>
public static class Problems
{
    private const string OperationIdItem = "operation-id";

    /// <summary>Makes one.</summary>
    public static IResult Of(int status, string code, string detail, IReadOnlyDictionary<string, object?>? more = null) => new Problem(status, code, detail, more);

    /// <summary>Makes one of a refusal.</summary>
    public static IResult Of(Refusal refusal) => Of(Status(refusal.Kind), refusal.Code, refusal.Reason);

    /// <summary>The status of a kind of refusal.</summary>
    public static int Status(RefusalKind kind) => kind switch
    {
        RefusalKind.Forbidden => StatusCodes.Status403Forbidden,
        RefusalKind.NotFound => StatusCodes.Status404NotFound,
        RefusalKind.Conflict => StatusCodes.Status409Conflict,
        _ => StatusCodes.Status422UnprocessableEntity,
    };

    /// <summary>Says that the database, or the account's host, does not answer.</summary>
    public static IResult Unavailable(string code, string detail) => Of(StatusCodes.Status503ServiceUnavailable, code, detail);

    /// <summary>Remembers the operation id of a request, so that whatever error it ends in can name it.</summary>
    public static void Remember(HttpContext context, Guid operationId) => context.Items[OperationIdItem] = operationId;

    /// <summary>The operation id of a request; null when it has none.</summary>
    public static Guid? OperationId(HttpContext context) => context.Items[OperationIdItem] as Guid?;

    private sealed class Problem(int status, string code, string detail, IReadOnlyDictionary<string, object?>? more) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            var details = new ProblemDetails { Status = status, Title = ReasonPhrases.GetReasonPhrase(status), Detail = detail };
            details.Extensions["code"] = code;
            if (OperationId(httpContext) is { } id)
            {
                details.Extensions["operationId"] = id;
            }

            foreach (var (name, value) in more ?? new Dictionary<string, object?>(StringComparer.Ordinal))
            {
                details.Extensions[name] = value;
            }

            if (status == StatusCodes.Status503ServiceUnavailable)
            {
                httpContext.Response.Headers.RetryAfter = "2";
            }

            return Results.Problem(details).ExecuteAsync(httpContext);
        }
    }
}
