using System.Data.Common;
using System.Text.Json;
using Coordination.Contracts;
using Microsoft.AspNetCore.Diagnostics;

namespace Coordination.Dashboard.Api;

/// <summary>Turns what went wrong into an answer that says what is known, what is safe and what to do next.</summary>
public sealed partial class ProblemExceptionHandler(ILogger<ProblemExceptionHandler> logger) : IExceptionHandler
{
    // Classes of SQLSTATE that say "not now" (connection, transaction, resources, shutdown), not "wrong statement".
    private static readonly string[] Away = ["08", "25", "40", "53", "55", "57", "58"];

    /// <inheritdoc/>
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        // Pages have their own error page; a form that cannot be read is told so wherever it was sent.
        if (!ApiPaths.Contain(httpContext.Request.Path) && exception is not BadHttpRequestException)
        {
            return false;
        }

        if (exception is OperationCanceledException && httpContext.RequestAborted.IsCancellationRequested)
        {
            httpContext.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            return true;
        }

        await Answer(httpContext, exception).ExecuteAsync(httpContext);
        return true;
    }

    private static string Repeat(HttpContext context) => Problems.OperationId(context) is { } id
        ? $"It is not known whether the request took effect. Repeat it unchanged with the header 'Idempotency-Key: {id}': it takes effect once, however often it is sent."
        : context.Request.Method switch
        {
            "GET" => "Try again in a moment.",
            "PUT" or "DELETE" => "It is not known whether the request took effect. Repeat it unchanged: that is safe.",
            _ => "Nothing was changed. Try again in a moment.",
        };

    private IResult Answer(HttpContext context, Exception exception)
    {
        switch (exception)
        {
            case BadHttpRequestException bad:
                return Bad(bad, context.Features.Get<IExceptionHandlerFeature>()?.Endpoint);
            case DbException { SqlState: ['2', '2', ..] }:
                return Problems.Of(StatusCodes.Status422UnprocessableEntity, "value-refused", "The request has a character or value that cannot be kept. Nothing was changed.");
            case UnauthorizedAccessException:
                LogFailed(exception, context.Request.Method, Route(context));
                return Problems.Of(StatusCodes.Status403Forbidden, "forbidden", "The account's host refused the command. Nothing was changed.");
            case StoreUnavailableException or TimeoutException or OrleansException:
            case DbException e when e.SqlState is null || Array.Exists(Away, state => e.SqlState.StartsWith(state, StringComparison.Ordinal)):
                LogUnavailable(context.Request.Method, Route(context), exception.GetType().Name);
                return Problems.Unavailable("service-unavailable", $"The database or the account's host does not answer. {Repeat(context)}");
            default:
                LogFailed(exception, context.Request.Method, Route(context));
                return Problems.Of(
                    StatusCodes.Status500InternalServerError, "internal-error", $"The service failed in a way it does not know. {Repeat(context)} The log has the details.");
        }
    }

    private static IResult Bad(BadHttpRequestException bad, Endpoint? endpoint) => bad.StatusCode switch
    {
        StatusCodes.Status413PayloadTooLarge => Problems.Of(
            bad.StatusCode, "body-too-large", $"The body is larger than {ApiLimits.BodyInWords(endpoint)}. Nothing was changed."),
        StatusCodes.Status415UnsupportedMediaType => Problems.Of(
            bad.StatusCode, "unsupported-media-type", "The body has to be JSON: send the header 'Content-Type: application/json'. Nothing was changed."),
        _ when bad.InnerException is JsonException json => Problems.Of(bad.StatusCode, "malformed-json", Malformed(json)),
        _ => Problems.Of(bad.StatusCode, "bad-request", "The request could not be read: its body, or a part of its address, is missing or malformed. Nothing was changed."),
    };

    private static string Malformed(JsonException json)
    {
        var where = string.IsNullOrEmpty(json.Path) || string.Equals(json.Path, "$", StringComparison.Ordinal) ? "" : $" at '{json.Path}'";
        var line = json.LineNumber is { } number ? $" (line {number + 1})" : "";
        return $"The body is no JSON of the wanted form{where}{line}. Nothing was changed.";
    }

    // The route's pattern, never the address: that could hold what must not be logged.
    private static string Route(HttpContext context) => (context.Features.Get<IExceptionHandlerFeature>()?.Endpoint as RouteEndpoint)?.RoutePattern.RawText ?? "?";

    [LoggerMessage(1, LogLevel.Warning, "{Method} {Route}: the database or a silo does not answer ({Exception}).")]
    private partial void LogUnavailable(string method, string route, string exception);

    [LoggerMessage(2, LogLevel.Error, "{Method} {Route} failed.")]
    private partial void LogFailed(Exception exception, string method, string route);
}
