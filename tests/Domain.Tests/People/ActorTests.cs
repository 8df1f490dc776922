using System.Text.Json;
using Coordination.Domain.People;
using Xunit;

namespace Coordination.Domain.Tests.People;

public sealed class ActorTests
{
    [Fact]
    public void May_IsTheRolesMatrix_AndNoMoreThanWhatANarrowedActorWasGiven()
    {
        foreach (var role in Roles.People)
        {
            var whole = new Actor("a", "A", role);
            var narrowed = whole with { Only = [Permission.Read, Permission.LiftHold] };
            var nothing = whole with { Only = [] };
            foreach (var permission in Enum.GetValues<Permission>())
            {
                Assert.Equal(PermissionMatrix.Allows(role, permission), whole.May(permission));
                Assert.Equal(whole.May(permission) && (permission is Permission.Read or Permission.LiftHold), narrowed.May(permission));
                Assert.False(nothing.May(permission));
            }
        }
    }

    // What an older or newer host sends has to mean the same: names, not numbers; and an actor without the list is the whole role.
    [Fact]
    public void Json_HasPermissionsByName_AndLeavesTheListOut_WhereThereIsNone()
    {
        Assert.Equal("""{"id":"a","name":"A","role":"comms-manager","publishesOn":null}""", JsonSerializer.Serialize(new Actor("a", "A", Role.CommsManager), JsonSerializerOptions.Web));
        var json = JsonSerializer.Serialize(new Actor("a", "A", Role.CommsManager, null, [Permission.PlaceHold]), JsonSerializerOptions.Web);
        Assert.EndsWith("""
            "only":["PlaceHold"]}
            """, json, StringComparison.Ordinal);
        Assert.Equal([Permission.PlaceHold], JsonSerializer.Deserialize<Actor>(json, JsonSerializerOptions.Web)!.Only!);
        Assert.Null(JsonSerializer.Deserialize<Actor>("""{"id":"a","name":"A","role":"comms-manager"}""", JsonSerializerOptions.Web)!.Only);
        var standing = new Actor("a", "A", Role.AccountHolder, StandsIn: [new Domain.Holds.Scope { Stations = ["aston"] }]);
        Assert.Equal(["aston"], Assert.Single(JsonSerializer.Deserialize<Actor>(JsonSerializer.Serialize(standing, JsonSerializerOptions.Web), JsonSerializerOptions.Web)!.StandsIn!).Stations!);
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Actor>("""{"id":"a","name":"A","role":"comms-manager","only":["Everything"]}""", JsonSerializerOptions.Web));
    }

    [Fact]
    public void Ids_AreThoseOfTheApi_AndWhatIsUnknownGivesNothing()
    {
        Assert.Equal("placeHold", Permission.PlaceHold.Id());
        Assert.All(Enum.GetValues<Permission>(), p => Assert.True(PermissionIds.TryParse(p.Id(), out var parsed) && parsed == p));
        Assert.Equal([Permission.Read], PermissionIds.Known(["everything", "read", ""]));
    }
}
