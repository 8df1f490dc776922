using System.Text.Json.Nodes;

namespace Coordination.Sandbox.X;

/// <summary>X's answers and problems (docs.x.com, "Response codes and errors").</summary>
internal static class XAnswers
{
    public static IResult Unauthorized { get; } = Problem(StatusCodes.Status401Unauthorized, "Unauthorized");

    public static IResult Ok(JsonObject data, int status = StatusCodes.Status200OK) => Results.Text(new JsonObject { ["data"] = data }.ToJsonString(), "application/json; charset=utf-8", statusCode: status);

    /// <summary>What is said of a request that does not fit its description.</summary>
    public static IResult Invalid(string what) => Json(StatusCodes.Status400BadRequest, new JsonObject
    {
        ["title"] = "Invalid Request",
        ["detail"] = "One or more parameters to your request was invalid.",
        ["type"] = "https://api.x.com/2/problems/invalid-request",
        ["errors"] = new JsonArray(new JsonObject { ["message"] = what }),
    });

    public static IResult NotFound(string id) => Json(StatusCodes.Status404NotFound, new JsonObject
    {
        ["title"] = "Not Found Error",
        ["detail"] = $"Could not find what has the id [{id}].",
        ["resource_type"] = "tweet",
        ["type"] = "https://api.x.com/2/problems/resource-not-found",
    });

    public static IResult Problem(int status, string what) => Json(status, new JsonObject { ["title"] = what, ["detail"] = what, ["type"] = "about:blank", ["status"] = status });

    private static IResult Json(int status, JsonObject body) => Results.Text(body.ToJsonString(), "application/problem+json", statusCode: status);
}
