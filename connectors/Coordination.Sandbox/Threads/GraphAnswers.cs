using System.Globalization;
using System.Text.Json.Nodes;

namespace Coordination.Sandbox.Threads;

/// <summary>The Graph API's answers: a refusal is told by a code (developers.facebook.com/docs/graph-api/guides/error-handling).</summary>
internal static class GraphAnswers
{
    public static IResult Unauthorized { get; } = Error(StatusCodes.Status401Unauthorized, "Error validating access token");

    /// <summary>What is said of a container that cannot be published, and of a post that is gone.</summary>
    public static IResult MediaNotFound(string id) => Refused(24, "The requested resource does not exist", 4279009, $"The media with id {id} cannot be found.");

    /// <summary>What is said of an id that is none.</summary>
    public static IResult NoObject(string id) => Refused(100, $"Unsupported get request. Object with ID '{id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation", 33);

    /// <summary>What is said of a request that makes no sense.</summary>
    public static IResult Invalid(string what) => Refused(100, what);

    public static IResult Ok(JsonObject entity) => Results.Text(entity.ToJsonString(), "application/json; charset=UTF-8");

    public static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);

    public static IResult Error(int status, string what) => Body(status, status switch
    {
        StatusCodes.Status401Unauthorized => 190,
        StatusCodes.Status403Forbidden => 10,
        StatusCodes.Status429TooManyRequests => 4,
        >= 500 => 2,
        _ => 100,
    }, what, null, null);

    private static IResult Refused(int code, string what, int? subcode = null, string? forPeople = null) => Body(StatusCodes.Status400BadRequest, code, what, subcode, forPeople);

    private static IResult Body(int status, int code, string what, int? subcode, string? forPeople) => Results.Text(
        new JsonObject
        {
            ["error"] = new JsonObject
            {
                ["message"] = what, ["type"] = "OAuthException", ["code"] = code, ["error_subcode"] = subcode, ["is_transient"] = code == 2, ["error_user_msg"] = forPeople, ["fbtrace_id"] = "sandbox",
            },
        }.ToJsonString(),
        "application/json; charset=UTF-8",
        statusCode: status);
}
