using System.Security.Claims;
using System.Text.Json;
using Coordination.Domain.Holds;
using Coordination.Domain.People;

namespace Coordination.Dashboard.Components;

/// <summary>Who is at the screen.</summary>
public static class CurrentPerson
{
    /// <summary>Claim with the JSON of the <see cref="Scope"/> that an account holder publishes on.</summary>
    public const string PublishesOnClaim = "publishes-on";

    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    /// <summary>Makes the actor of a signed-in principal.</summary>
    /// <returns>Null for nobody, or for claims that are not ours.</returns>
    public static Actor? Of(ClaimsPrincipal? principal)
    {
        var id = principal?.FindFirstValue(ClaimTypes.NameIdentifier);
        var name = principal?.FindFirstValue(ClaimTypes.Name);
        if (id is null || name is null || !Roles.TryParse(principal!.FindFirstValue(ClaimTypes.Role), out var role))
        {
            return null;
        }

        return new Actor(id, name, role, PublishesOn(principal!.FindFirstValue(PublishesOnClaim)));
    }

    // A claim that cannot be read gives no right to publish, rather than a broken page.
    private static Scope? PublishesOn(string? json)
    {
        if (string.IsNullOrEmpty(json))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<Scope>(json, Web);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
