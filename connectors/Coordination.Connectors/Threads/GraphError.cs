using System.Net;
using Coordination.Connectors.Http;

namespace Coordination.Connectors.Threads;

/// <summary>Reads what the Graph API means by a refusal: it answers nearly everything with 400, and says in a code what it is.</summary>
internal static class GraphError
{
    /// <summary>"The requested resource does not exist", "Media Not Found": what is said of a container that cannot be published, and of a post that is gone.</summary>
    private const int NotThere = 24;

    /// <summary>What is said of an id that is none, or none that this token may see.</summary>
    private const int NoObject = 100;
    private const int NoObjectSubcode = 33;

    /// <summary>The refusal; null when the answer is none.</summary>
    public static GraphErrorBodyJson? Of(Exchange exchange) => exchange is Exchange.Answered { IsSuccess: false } answered
        ? JsonBody.Parse(answered.Body, GraphJson.Default.GraphErrorJson)?.Error
        : null;

    /// <summary>The platform's own words, those for people first.</summary>
    public static string? Words(Exchange exchange) => JsonBody.Words(Of(exchange) is { } error ? error.ErrorUserMsg ?? error.Message : null);

    /// <summary>Whether what was named is not there.</summary>
    public static bool IsNotThere(Exchange exchange) =>
        exchange is Exchange.Answered { Status: HttpStatusCode.NotFound or HttpStatusCode.Gone }
        || (exchange is Exchange.Answered { Status: HttpStatusCode.BadRequest } && Of(exchange)?.Code == NotThere);

    /// <summary>Whether a container is not known, or not to this token.</summary>
    public static bool IsNoObject(Exchange exchange) => IsNotThere(exchange) || Of(exchange) is { Code: NoObject, ErrorSubcode: NoObjectSubcode };

    /// <summary>The same answer under the status that says what its code says, so that one table judges all platforms.</summary>
    public static Exchange AsHttp(Exchange exchange) =>
        exchange is Exchange.Answered { Status: HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden } answered && Of(exchange) is { } error
            ? answered with { Status = StatusOf(error, answered.Status) }
            : exchange;

    // developers.facebook.com/docs/graph-api/guides/error-handling: 190 and 102 the token, 10 and 200-299 a permission, 368 a block for what was
    // done, 4, 17, 32, 613 and 80000-80014 limits; 1, 2 and what is called transient say nothing of what was done.
    private static HttpStatusCode StatusOf(GraphErrorBodyJson error, HttpStatusCode status) => error switch
    {
        { Code: 190 or 102 } => HttpStatusCode.Unauthorized,
        { Code: 10 or 368 or (>= 200 and <= 299) } => HttpStatusCode.Forbidden,
        { Code: 4 or 17 or 32 or 613 or (>= 80000 and <= 80014) } => HttpStatusCode.TooManyRequests,
        { Code: 1 or 2 } or { IsTransient: true } => HttpStatusCode.InternalServerError,
        _ => status,
    };
}
