using Coordination.Storage.People.Sessions;

namespace Coordination.Dashboard.Components.Sessions;

/// <summary>Sign-ins in words.</summary>
public static class SessionWords
{
    /// <summary>How somebody signed in.</summary>
    public static string Of(SignInWay way) => way switch
    {
        SignInWay.Demo => "as a demo person",
        SignInWay.Provider => "by brigade account",
        _ => "by break-glass account",
    };

    /// <summary>What happened, as it stands in the record: <c>Signed in by break-glass account (passkey)</c>.</summary>
    public static string Of(SignInEntry entry) => entry.What switch
    {
        "signed-in" => $"Signed in {By(entry.By)}{(Proof(entry.Why) is { } proof ? $" ({proof})" : "")}",
        "signed-out" => entry.Why switch
        {
            null => "Signed out",
            "ended-by-person" => "Ended a sign-in of theirs from another place",
            "ended-by-comms" => "All sign-ins were ended by Comms",
            var why => $"Signed out ({why})",
        },
        _ => $"Was not let in{(Refusal(entry.Why) is { } why ? ": " + why : "")}",
    };

    private static string By(string? by) => by switch
    {
        "demo" => Of(SignInWay.Demo),
        "break-glass" => Of(SignInWay.BreakGlass),
        _ => Of(SignInWay.Provider),
    };

    private static string? Proof(string? why) => why switch
    {
        "passkey" => "passkey",
        "app" => "password and the app’s code",
        "code" => "password and a recovery code",
        _ => why,
    };

    private static string? Refusal(string? why) => why switch
    {
        "unknown" => "nobody here has that identity",
        "inactive" => "they have no access, or not yet, or no more",
        "no-group" => "no group gives them a role",
        "several-roles" => "their groups give several roles",
        "groups-unknown" => "their groups did not come along",
        "claims-missing" => "the provider did not say who they are",
        "somebody-else" => "somebody else was to confirm that it is them",
        _ => why,
    };
}
