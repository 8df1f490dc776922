using System.Text.Json.Serialization;
using Coordination.Dashboard.SignIn;
using Coordination.Domain.People;

namespace Coordination.Dashboard.Api;

/// <summary><c>/api/permissions</c>: the matrix by which the service decides, as data.</summary>
public static class PermissionsApi
{
    /// <summary>Maps the route.</summary>
    public static void MapPermissions(this IEndpointRouteBuilder api) =>
        api.MapGet("/permissions", () => TypedResults.Ok(new ListDto<PermissionDto>([.. Enum.GetValues<Permission>().Select(PermissionDto.Of)], null))).RequirePermission(Permission.ReadGuide)
            .WithSummary("Who may do what, and why: each permission with its roles and the paragraph of the order that it comes from.").Produces<ListDto<PermissionDto>>();
}

/// <summary>One permission.</summary>
/// <param name="Id">Its id, such as <c>placeHold</c>.</param>
/// <param name="Doing">What it lets one do, as in "may not ...".</param>
/// <param name="Paragraph">The paragraph of order 01/25 that it comes from; left out where the order says nothing.</param>
/// <param name="Because">Why these roles and no others.</param>
/// <param name="Roles">Ids of the roles of people that have it; none where it is the service's own.</param>
/// <param name="FreshSignIn">Whether a person who uses it must have signed in a short time ago; a client with a token need not.</param>
public sealed record PermissionDto(
    string Id,
    string Doing,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Paragraph,
    string Because,
    IReadOnlyList<string> Roles,
    bool FreshSignIn)
{
    /// <summary>Makes it.</summary>
    public static PermissionDto Of(Permission permission)
    {
        var ground = PermissionGrounds.Of(permission);
        return new PermissionDto(
            permission.Id(), ground.Doing, ground.Paragraph, ground.Because, [.. PermissionMatrix.WhoMay(permission).Select(r => r.Id())], Domain.People.FreshSignIn.IsNeededFor(permission));
    }
}
