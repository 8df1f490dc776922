using System.Text.Json.Nodes;

namespace Coordination.Sandbox.Api;

/// <summary>Mastodon's refusals, word for word where they are known.</summary>
internal static class Answers
{
    public static IResult Unauthorized { get; } = Error(StatusCodes.Status401Unauthorized, "The access token is invalid");

    public static IResult NotFound { get; } = Error(StatusCodes.Status404NotFound, "Record not found");

    public static IResult Unprocessable(string what) => Error(StatusCodes.Status422UnprocessableEntity, what);

    public static IResult Ok(JsonNode entity, int status = StatusCodes.Status200OK) =>
        Results.Text(entity.ToJsonString(), "application/json; charset=utf-8", statusCode: status);

    public static IResult Error(int status, string what) =>
        Results.Text(new JsonObject { ["error"] = what }.ToJsonString(), "application/json; charset=utf-8", statusCode: status);
}
